"""One folder for each kind of neighbour system; a connector knows the port and nothing else of the house."""
