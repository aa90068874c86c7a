"""Independent judges on everything that is built."""
