"""How a message leaves the house: one module for each kind of gateway, all with the same one operation."""
