"""The workplace of content authors: read, propose, check, preview, review, publish. It shows and asks; the catalogue decides."""
