"""The transparency log: every line of the history is a leaf of a Merkle tree whose past nobody can rewrite unseen.

Words: *queue* (lines not on the log yet), *sequencer* (puts them on, in order), *checkpoint* (a signed root), *witness* (another
organisation that co-signs after checking consistency), *receipt* (one line, its proof and a checkpoint: all a citizen needs).

- :mod:`sequencer` puts waiting lines on the log and signs checkpoints;
- :mod:`reading` gives checkpoints, proofs and receipts;
- :mod:`witnessing` takes co-signatures;
- :mod:`checking` compares the whole database with the log.
"""
