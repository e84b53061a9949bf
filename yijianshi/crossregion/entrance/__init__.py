"""How the other deployment enters with questions, and what the courier carries to it."""
