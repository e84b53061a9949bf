"""What this room decides, as plain functions."""
