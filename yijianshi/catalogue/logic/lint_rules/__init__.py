"""The rules of the content check, one subject per file; each yields findings and knows nothing of the others."""
