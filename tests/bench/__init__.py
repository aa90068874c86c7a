"""Measurements: `make bench` beside others; `pytest tests/bench -m bench -s` what grows how."""
