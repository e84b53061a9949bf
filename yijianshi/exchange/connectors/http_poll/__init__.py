"""Neighbours that take messages over HTTP and are asked for theirs."""
