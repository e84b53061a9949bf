"""Pure words of the certificates room: faces, states, verification codes."""
