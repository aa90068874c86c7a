"""Scripts that draw the master decks of the themes."""
