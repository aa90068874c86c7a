"""What is known of each module, from before or read again, and whether that still holds."""
