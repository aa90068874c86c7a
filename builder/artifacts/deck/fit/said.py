"""The words that the deck writer adds to an author's own: all of them stand here."""

from __future__ import annotations

from dataclasses import dataclass

from builder.artifacts.deck.records import Run
from builder.module.language import Language

BRITISH = "en-GB"
"""The language of these words in a deck whose own has none."""


@dataclass(frozen=True)
class Said:
    """Those words, in the language of a deck."""

    words: Language

    @property
    def language(self) -> str:
        """Their language, by its tag."""
        return self.words.tag if self.words.has_words else BRITISH

    @property
    def comma(self) -> Run:
        """Between the numbers of what a slide cites."""
        return Run(self.words.pgettext("between names", ", "))

    def sources(self, number: int) -> Run:
        """Before the numbers of what a slide cites, so many."""
        return self._run(self.words.ngettext("Source:", "Sources:", number) + self.words.gap)

    def goes_on(self, runs: tuple[Run, ...]) -> tuple[Run, ...]:
        """The title of a box, or the first cell of a row, with words that it goes on, once."""
        words = self.words.gettext("(continued)")
        if runs and runs[-1].text.endswith(words):
            return runs
        return (*runs, self._run(f"{self.words.gap}{words}"))

    def columns(self, first: int, last: int, count: int) -> Run:
        """The caption of a table that is parted between its columns."""
        values = {"first": first, "last": last, "count": count}
        return self._run(self.words.gettext("Columns %(first)s–%(last)s of %(count)s", **values))

    def part(self, number: int, count: int) -> str:
        """Behind the title of a slide that goes on."""
        values = {"number": number, "count": count}
        return self.words.gap + self.words.gettext("(%(number)s of %(count)s)", **values)

    def more(self, words: object) -> str:
        """Behind a title that stands in the deck already: what tells the two apart."""
        return self.words.gap + self.words.gettext("(%(more)s)", more=words)

    def _run(self, words: str) -> Run:
        return Run(words, language=self.language)


ENGLISH = Said(Language(BRITISH))
