"""The demonstration: a newborn played through the public HTTP API, by the mother and the departments' officers."""
