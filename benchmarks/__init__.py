"""Side-by-side measurements against peers: only ratios of one run, and only after equal results are proven. Imports nothing."""
