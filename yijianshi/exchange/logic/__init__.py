"""What exchange decides, pure."""
