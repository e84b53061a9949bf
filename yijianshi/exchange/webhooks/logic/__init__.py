"""What webhooks decide, pure."""
