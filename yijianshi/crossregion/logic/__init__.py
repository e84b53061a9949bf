"""What crossregion decides, pure."""
