"""The deck: slide HTML -> an editable PowerPoint file, in the institution's own master."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from builder.artifacts import Found, Made, Order
from builder.artifacts.deck.draft import Draft
from builder.artifacts.deck.fit import Ruler, paginate
from builder.artifacts.deck.fit.metrics import fonts_of
from builder.artifacts.deck.fit.said import Said
from builder.artifacts.deck.marks import marks_of, small_stamps
from builder.artifacts.deck.master import read_master
from builder.artifacts.deck.master.legible import told
from builder.artifacts.deck.master.model import CONTENT, TEXTS
from builder.artifacts.deck.master.opening import open_master, place_of_master
from builder.artifacts.deck.outline import read_outline
from builder.artifacts.deck.pictures import read_photos
from builder.artifacts.deck.readback import (
    SEAL,
    STAMP,
    custom_of,
    entries_of,
    footer_of,
    seal_of,
    slides_of,
    words_of,
)
from builder.artifacts.deck.tokens import read_tokens
from builder.module.language import Language
from builder.module.stamp import Stamp
from builder.module.words import bare
from builder.problems import Place, Problem, Problems, Rejected

__all__ = ["attempted", "make", "numbered", "read_stamp", "rehearse"]


def make(order: Order) -> Made:
    """Write a deck, and read it back.

    Raises:
        Rejected: it cannot be made as it must be: something does not fit, a picture is missing,
            the master deck lacks a layout; or what was read back is not accessible, or bears
            another stamp.
    """
    problems = Problems()
    draft = _measured(order, problems)
    if problems.errors:
        raise Rejected(*problems.ordered())
    data = _drawn(order, draft)
    entries = entries_of(data) or {}
    problems.extend(_inspected(entries, draft, order))
    if problems.errors:
        raise Rejected(*problems.ordered())
    _check(entries, order.stamp, _path(order))
    return Made(data, problems.ordered())


def attempted(order: Order) -> Made:
    """A deck to look at, never to be published: what is wrong with it is told and not raised.

    Raises:
        Rejected: it cannot be drawn at all.
    """
    problems = Problems()
    draft = _measured(order, problems)
    data = _drawn(order, draft)
    problems.extend(_inspected(entries_of(data) or {}, draft, order))
    return Made(data, problems.ordered())


def _inspected(entries: Mapping[str, bytes], draft: Draft, order: Order) -> Iterator[Problem]:
    """What keeps people from using a finished deck, of which these are the entries."""
    from builder.artifacts.deck.gate import inspect  # as in `_drawn`

    return inspect(entries, draft.pages, draft.tokens, _path(order), rtl=draft.deck.rtl)


def _drawn(order: Order, draft: Draft) -> bytes:
    """The bytes of the file; what draws is imported here, so that `leafdeck check` is quick."""
    from builder.artifacts.deck.master.adding import add_missing
    from builder.artifacts.deck.write import write
    from builder.artifacts.deck.write.package import finished

    presentation = open_master(order.theme)
    add_missing(presentation, (page.layout for page in draft.pages))
    write(presentation, draft)
    return finished(presentation, order.stamp, order.module.facts)


def rehearse(order: Order) -> tuple[Problem, ...]:
    """What making a deck would find, its notes included; nothing is drawn.

    Raises:
        Rejected: it cannot be measured at all.
    """
    problems = Problems()
    _measured(order, problems)
    return problems.ordered()


def numbered(order: Order) -> dict[str, str]:
    """The numbers that each slide of the template bears in the deck, as in `5` or `6–8`.

    They are found by the slide's identity; there are none for a deck that cannot be made.
    """
    try:
        pages = _measured(order, Problems()).pages
    except Rejected:
        return {}
    found: dict[str, list[int]] = {}
    for number, page in enumerate(pages, 1):
        found.setdefault(page.identity.split("#")[0], []).append(number)
    return {
        name: f"{numbers[0]}–{numbers[-1]}" if len(numbers) > 1 else str(numbers[0])
        for name, numbers in found.items()
    }


def _measured(order: Order, problems: Problems) -> Draft:
    """The deck with everything in its place, not yet drawn."""
    path = _path(order)
    fonts, master = fonts_of(order.theme), read_master(order.theme, order.theme.once(read_tokens))
    tokens = master.tokens
    deck = read_outline(order.html)
    photos = read_photos(deck, order.module.folder, path, problems)
    plain = master.layout(CONTENT).all(*TEXTS)[0].style
    ruler = Ruler(fonts, tokens, photos, plain, Said(Language(deck.language)))
    pages = paginate(deck, master, ruler, path, problems)
    problems.extend(told((page.layout for page in pages), place_of_master(order.theme)))
    layouts = {page.layout.position: page.layout for page in pages}.values()
    marks = marks_of(order.stamp, fonts, master, layouts, path)
    problems.extend(small_stamps(marks, layouts, place_of_master(order.theme)))
    return Draft(deck, pages, master, tokens, photos, marks)


def _path(order: Order) -> str:
    """The name of the text, for problems."""
    text = order.module.texts.get("deck")
    return text.path if text else order.theme.label


def read_stamp(data: bytes) -> Found:
    """The stamp in a deck's bytes, and whether anything was changed since it was written."""
    entries = entries_of(data)
    return Found(None, untouched=False) if entries is None else _found(entries)


def _found(entries: Mapping[str, bytes]) -> Found:
    custom = custom_of(entries)
    try:
        stamp = Stamp.from_json(custom.get(STAMP, ""))
    except ValueError:
        return Found(None, untouched=False)
    untouched = custom.get(SEAL) == seal_of(entries)
    return Found(stamp, untouched, shown=untouched or not _missing(entries, stamp))


def _check(entries: Mapping[str, bytes], stamp: Stamp, path: str) -> None:
    """Whether the deck says what it was given, to programs and to people.

    Raises:
        Rejected: it does not.
    """
    found, wrong = _found(entries), _missing(entries, stamp)
    if found.stamp != stamp or not found.untouched:
        wrong.append("its metadata")
    if wrong:
        message = f"The finished deck bears another stamp: {', '.join(wrong)}."
        hint = "The theme's template must print stamp.declaration on the second slide."
        raise Rejected(Problem("stamp-differs", message, Place(path), hint))


def _missing(entries: Mapping[str, bytes], stamp: Stamp) -> list[str]:
    """Where people would look for the stamp in vain."""
    slides = slides_of(entries)
    missing = []
    if not slides or any(footer_of(slide) != stamp.short for slide in slides):
        missing.append("the footer of a slide")
    declared = bare(" ".join(map(words_of, slides[1:])))
    first = bare(words_of(slides[1])) if len(slides) > 1 else ""
    if not all(bare(each) in declared for each in stamp.declaration):
        missing.append("the declaration of interest")
    elif stamp.declaration and bare(stamp.declaration[0])[:40] not in first:
        missing.append("its second slide, which must begin with the declaration of interest")
    return missing
