"""Commands for operators at the terminal."""
