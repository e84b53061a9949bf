"""The national item standard over our items: what follows by itself, what a region says for itself, all 53 elements."""
