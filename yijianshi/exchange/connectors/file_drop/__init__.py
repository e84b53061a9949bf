"""Neighbours that exchange files in a shared folder (often an SFTP directory mounted on both sides)."""
