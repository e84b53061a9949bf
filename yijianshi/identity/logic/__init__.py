"""Pure words of the identity room: actors, mandates, throttling arithmetic."""
