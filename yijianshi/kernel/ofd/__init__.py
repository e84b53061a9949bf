"""OFD, the national fixed-layout document (GB/T 33190-2016 [L]): a zip of XML, written by us, read with suspicion.

Words: *document* (pages, what it says about itself, its signatures), *page* (texts, lines and pictures in millimetres),
*package* (the zip), *signature* (a list of all files with their SM3, and a sealing over that list).
"""
