"""Front doors: pages for citizens and staff; they decide nothing, they ask the rooms below and show the answer."""
