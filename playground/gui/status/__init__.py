"""What the window tells by itself."""
