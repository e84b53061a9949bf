"""How a neighbour enters: by its signature."""
