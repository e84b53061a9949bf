"""Keys and certificates in the national cryptography: SM2 signatures with SM3, X.509 certificates, revocation lists, chains.

Words: *signer* (holds a private key, or knows where one is held), *authority* (issues certificates), *chain* (from a certificate
up to a root that is trusted), *revocation list* (what an authority took back, since when, why).
"""
