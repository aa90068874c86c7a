"""What a text refers to: footnotes, moved to the section that uses them, and numbered citations."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator
from copy import copy

from lxml.html import HtmlElement

from builder.fields import nearest
from builder.module.prose.inline import CITED, KEY, LOST, NOTED, PAGE
from builder.module.prose.source import Source
from builder.module.prose.tree import Names, line_of, make, slug, take_out

LETTERS = "abcdefghijklmnopqrstuvwxyz"


def take_footnotes(body: HtmlElement, source: Source) -> dict[str, HtmlElement]:
    """Take the footnotes off the end of a text, by name, and leave plain marks where they are used.

    A mark without its footnote is reported.
    """
    for lost in list(body.iter("span")):
        if LOST in lost.attrib:
            message = f"There is no footnote [^{lost.get(LOST)}]."
            hint = f"Write a line that starts with [^{lost.get(LOST)}]: and the note."
            source.report("footnote-unknown", message, line_of(lost), hint)
            lost.drop_tree()
    for link in list(body.iter("a")):
        mark = link.getparent()
        if "footnote-backref" in link.get("class", ""):
            _drop_backlink(link)
        elif "footnote-ref" in link.get("class", "") and mark is not None and mark.tag == "sup":
            name = link.get("href", "").removeprefix("#fn:")
            _plain_mark(mark, name)
    return _definitions(body)


def check_used(body: HtmlElement, footnotes: dict[str, HtmlElement], source: Source) -> None:
    """Report footnotes without a mark in the text, for nobody gets to see them."""
    used = {mark.get(NOTED) for part in (body, *footnotes.values()) for mark in _marks(part)}
    for name, note in footnotes.items():
        if name not in used:
            message = f"No text uses the footnote [^{name}]."
            hint = f"Write [^{name}] where it belongs, or delete it."
            source.report("footnote-unused", message, line_of(note), hint)


def _drop_backlink(link: HtmlElement) -> None:
    """Nobody goes back on paper; Python-Markdown puts a hard space before the link."""
    before, parent = link.getprevious(), link.getparent()
    if before is not None:
        before.tail = (before.tail or "").rstrip("\xa0")
    elif parent is not None:
        parent.text = (parent.text or "").rstrip("\xa0")
    link.drop_tree()


def _plain_mark(mark: HtmlElement, name: str) -> None:
    for child in list(mark):
        mark.remove(child)
    mark.attrib.clear()
    mark.set("class", "footnote")
    mark.set(NOTED, name)


def _definitions(body: HtmlElement) -> dict[str, HtmlElement]:
    last = body[-1] if len(body) else None
    if last is None or last.tag != "div" or last.get("class") != "footnote":
        return {}
    found = {}
    for item in last.iter("li"):
        name = item.get("id", "")
        if name.startswith("fn:"):
            found[name.removeprefix("fn:")] = item
            del item.attrib["id"]
    last.drop_tree()
    return found


class Footnotes:
    """The footnotes of a text, given out section by section."""

    def __init__(self, items: dict[str, HtmlElement], names: Names) -> None:
        self._items = items
        self._names = names

    def move_to(self, section: HtmlElement, title: HtmlElement | None) -> None:
        """Letter the marks of a section from `a`, and put its footnotes at its end."""
        targets: dict[str, tuple[str, str]] = {}
        marks = [mark for part in (title, section) if part is not None for mark in _marks(part)]
        if not marks:
            return
        aside = make("aside", {"class": "footnotes"})
        notes = make("ol")
        aside.append(notes)
        for mark in marks:
            name = mark.attrib.pop(NOTED)
            if name in self._items and name not in targets:
                item = _copied(self._items[name])
                target = self._names.take(f"fn-{slug(name) or 'note'}")
                targets[name] = (target, _letter(len(targets)))
                item.set("id", target)
                notes.append(item)
                marks.extend(_marks(item))
            _point(mark, *targets.get(name, ("", "")))
        section.append(aside)


def _marks(part: HtmlElement) -> Iterator[HtmlElement]:
    return (mark for mark in part.iter("sup") if NOTED in mark.attrib)


def _copied(item: HtmlElement) -> HtmlElement:
    twin = make("li")
    twin.text = item.text
    for name, value in item.attrib.items():
        twin.set(name, value)
    for child in item:
        twin.append(copy(child))
    return twin


def _point(mark: HtmlElement, target: str, letter: str) -> None:
    if target:
        mark.append(make("a", {"href": f"#{target}"}, letter))
    else:
        take_out(mark)


def _letter(number: int) -> str:
    """The letters a to z, then aa, ab and so on."""
    before = _letter(number // 26 - 1) if number >= 26 else ""
    return before + LETTERS[number % 26]


class Citations:
    """The citations of a text, numbered in the order in which they come.

    Attributes:
        cited: the keys in that order.
    """

    def __init__(self, keys: Collection[str], source: Source) -> None:
        self._keys = keys
        self._source = source
        self.cited: list[str] = []

    def number(self, part: HtmlElement) -> None:
        """Turn the citations of a part of the text into numbers; report unknown keys."""
        for mark in [each for each in part.iter("sup") if CITED in each.attrib]:
            mark.text = None
            cited = mark.attrib.pop(CITED)
            self._report_pages(cited, mark)
            keys = re.findall(f"@({KEY})", cited)
            known = [key for key in keys if self._is_known(key, mark)]
            for key in dict.fromkeys(known):
                self._add(mark, key)
            if not len(mark):
                take_out(mark)

    def _report_pages(self, cited: str, mark: HtmlElement) -> None:
        for key, page in re.findall(f"@({KEY}){PAGE}", cited):
            message = f"A citation is printed as a number alone: “{page.strip()}” is left out."
            hint = f"Write [@{key}], and say in the text where it stands."
            self._source.report("citation-page", message, line_of(mark), hint)

    def _add(self, mark: HtmlElement, key: str) -> None:
        if key not in self.cited:
            self.cited.append(key)
        if len(mark):
            mark[-1].tail = ","
        number = self.cited.index(key) + 1
        mark.append(make("a", {"href": f"#ref-{number}"}, str(number)))

    def _is_known(self, key: str, mark: HtmlElement) -> bool:
        if key in self._keys:
            return True
        message = f"There is no reference “{key}”."
        self._source.report("citation-unknown", message, line_of(mark), lambda: self._hint(key))
        return False

    def _hint(self, key: str) -> str:
        return nearest(key, self._keys) or "Add an entry with this key to references.bib."
