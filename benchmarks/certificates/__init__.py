"""Sealed certificates and the transparency log: how many a second, against pymerkle where it does the same."""
