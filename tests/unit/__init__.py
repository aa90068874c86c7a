"""One file for each file of the package."""
