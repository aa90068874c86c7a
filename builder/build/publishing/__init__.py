"""What comes into the output folder, and what the next build is told of it."""
