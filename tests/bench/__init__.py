"""Measurements; only `make bench` runs them."""
