"""A Merkle tree whose past cannot be rewritten: RFC 6962 structure, SM3 digests, kept in tiles of 256 hashes.

Words: *leaf* (the digest of one entry), *tile* (256 neighbouring hashes of one level), *root* (the digest of all leaves),
*inclusion* (this leaf is under that root), *consistency* (this root grew out of that one), *checkpoint* (a signed root),
*witness* (another organisation that signs a checkpoint only after checking consistency).
"""
