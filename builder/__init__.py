"""Leafdeck: one module of health education, written once, as a stamped deck, leaflet and page."""

__version__ = "0.1.0"
