"""How the house is deployed: settings, addresses, the command line, the database server that comes with it."""
