"""Neighbours that take messages over HTTP and call us back."""
