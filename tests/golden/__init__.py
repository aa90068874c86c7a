"""Dumps of whole decks, leaflets and pages that a person can review."""
