"""Hand-off: one application becomes six department cases and six decisions, everything durable. Imports nothing."""
