"""Electronic seals (GB/T 38540-2020 [L]): the seal object a maker signs, the sealing of one document, and its verification.

Words: *seal* (电子印章: whose, its picture, who may use it, from when to when; signed by the maker),
*sealing* (电子签章: a seal, the digest of a document and a moment, signed by somebody on its list), *verdict* (three separate
answers: is it intact, was it entitled then, is it still valid now).
"""
