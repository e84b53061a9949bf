"""A text-message gateway and a mail server that deliver to nobody: what they take can be read on one page.

``python -m neighbours.post --folder DIR --file FILE`` runs both on loopback and writes their addresses to FILE.
"""
