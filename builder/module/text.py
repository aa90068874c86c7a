"""The records of a text as it was read: sections of safe HTML, and what they show and cite."""

from __future__ import annotations

from dataclasses import dataclass

from markupsafe import Markup


@dataclass(frozen=True, slots=True)
class Answer:
    """What answers the question of a section; it is shown behind it, never with it."""

    body: Markup
    """The answer as safe HTML."""
    short: Markup
    """Its first paragraph or item, for whoever asks the question."""
    identity: str
    """Unique in the text, and stable while the question's words stay."""
    notes: Markup = Markup()
    """The speaker notes as safe HTML."""
    line: int = 1


@dataclass(frozen=True, slots=True)
class Section:
    """A heading and what stands under it, up to the next heading or break."""

    level: int
    """1 to 6 as written; 0 where the text starts without a heading or goes on after a `---`."""
    title: Markup
    """The heading as safe HTML; of the section that goes on, where the level is 0."""
    body: Markup
    """What follows as safe HTML; each block carries its line as `data-line`."""
    identity: str
    """Unique in the text, and stable while the heading's words stay."""
    classes: tuple[str, ...] = ()
    """The classes that the author gave the heading."""
    layout: str = ""
    """The slide layout that the author asks for: what it is for, or its name in the master deck."""
    notes: Markup = Markup()
    """The speaker notes as safe HTML."""
    answer: Answer | None = None
    """The answer, where the section asks a question."""
    line: int = 1
    """The heading's line."""

    @property
    def keep(self) -> bool:
        """Whether its slide must not go on on a further one."""
        return "keep" in self.classes


@dataclass(frozen=True, slots=True)
class Picture:
    """A picture of a text; its bytes stay in the module's folder."""

    path: str
    width: int
    """Pixels, after the turn that its EXIF orientation asks for."""
    height: int
    digest: str


@dataclass(frozen=True, slots=True)
class Text:
    """The text for one artifact, as safe HTML in sections."""

    path: str
    """The file that it was read from, as named in messages."""
    sections: tuple[Section, ...]
    references: tuple[Markup, ...] = ()
    """The cited sources in order of first citation, each as safe HTML."""
    glossary: tuple[tuple[str, str], ...] = ()
    """The abbreviations and words of the glossary that it uses, with their meanings, by the
    alphabet."""
    pictures: tuple[Picture, ...] = ()
