"""Pages of the portal: translate the request, make one call, show the answer."""
