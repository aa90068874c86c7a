"""The English words that the deck writer adds to an author's own: all of them stand here."""

from __future__ import annotations

LANGUAGE = "en-GB"
"""The language of these words."""
SOURCE, SOURCES = "Source: ", "Sources: "
"""Before the numbers of what a slide cites."""
CONTINUED = " (continued)"
"""Behind the title of a box, and the first cell of a row, that goes on."""
SOME_COLUMNS = "Columns {first}–{last} of {count}"
"""The caption of a table that is parted between its columns."""
PART = "({number} of {count})"
"""Behind the title of a slide that goes on."""
