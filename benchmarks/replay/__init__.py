"""Replay: recordings run on two versions, against planning each of them in full."""
