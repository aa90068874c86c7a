"""What is to be made, and why; what is to be taken away."""
