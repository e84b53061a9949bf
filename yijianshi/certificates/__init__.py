"""Electronic certificates: issued once, held by people and enterprises, used with their leave, verified by anybody.

Five words: **Certificate** (what is issued), **Face** (what stands on it, frozen at issue), **Use** (who used it, for which item,
on which authorisation), **Verification code** (what the QR code carries), **Signer** (the port for electronic seals).
Doors: ``commands``, ``queries``, ``rendering``.
"""
