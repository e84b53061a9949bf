"""Exchange: hand-overs through outbox, neighbour, callback and state change; one neighbour down; a flood. Imports nothing."""
