"""Pages: the 95th percentile of the busiest pages beside a bare view with one query on the same server. Imports nothing."""
