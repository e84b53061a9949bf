"""How long authors wait: the whole content from nothing, and one save."""
