"""The object identifiers of the national cryptography (GM/T 0006-2012 [L]), made known to the DER library."""

from asn1crypto import keys

SM2_CURVE = "1.2.156.10197.1.301"
SM2_WITH_SM3 = "1.2.156.10197.1.501"
SM3 = "1.2.156.10197.1.401"

keys.NamedCurve.register("sm2p256v1", SM2_CURVE, 32)
