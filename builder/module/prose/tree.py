"""Small steps on a tree of HTML that more than one file needs."""

from __future__ import annotations

import re
from collections.abc import Iterable
from html import escape
from typing import Any

from lxml import etree, html
from lxml.html import HtmlComment, HtmlElement

LINE = "data-line"
CELLS = "data-cells"
"""The attribute that holds the cells of a row that has not as many as the header."""
HEADINGS = ("h1", "h2", "h3", "h4", "h5", "h6")


def _parser(**options: Any) -> html.HTMLParser:
    """A parser that makes every element a plain one: lxml's own asks Python what each shall be."""
    parser = html.HTMLParser(remove_pis=True, **options)
    lookup = etree.ElementDefaultClassLookup(element=HtmlElement, comment=HtmlComment)
    parser.set_element_class_lookup(lookup)
    return parser


_OF_TEXT = _parser(remove_comments=True, encoding="utf-8")
_OF_MARKUP = _parser()


def parsed(markup: str) -> HtmlElement:
    """The body of a document, as a browser reads it; it may hold anything."""
    document = f"<html><head></head><body>{markup}</body></html>"
    body = html.document_fromstring(document.encode(), parser=_OF_TEXT).find("body")
    return body if body is not None else make("body")


def tree_of(markup: str) -> HtmlElement:
    """Safe HTML as a tree, in a `div` that is not part of it."""
    if "<" not in markup and "&" not in markup:
        return make("div", text=markup)
    return html.fragment_fromstring(f"<div>{markup}</div>", parser=_OF_MARKUP)


def make(tag: str, attributes: dict[str, str] | None = None, text: str = "") -> HtmlElement:
    """A new element."""
    element: HtmlElement = html.Element(tag, attributes or {})
    element.text = text or None
    return element


def line_of(element: HtmlElement) -> int:
    """The line that an element stands on: its block's line, and the line breaks before it."""
    block: HtmlElement | None = element
    while block is not None and not block.get(LINE, "").isdigit():
        block = block.getparent()
    if block is None:
        return _line_before(element)
    if block is element or block.tag == "tr":  # a row stands on one line, whatever its HTML
        return int(block.get(LINE, "1"))
    return int(block.get(LINE, "1")) + _breaks(block, element)


def _line_before(element: HtmlElement) -> int:
    for block in element.iterancestors():
        for before in block.itersiblings(preceding=True):
            if before.get(LINE, "").isdigit():
                return int(before.get(LINE, "1"))
    return 1


def _breaks(block: HtmlElement, element: HtmlElement) -> int:
    """The line breaks inside a block that stand before one of its elements."""
    around = set(element.iterancestors())
    count = 0
    for each in block.iter():
        if each is element:
            break
        count += (each.text or "").count("\n")
        if each not in around:
            count += (each.tail or "").count("\n")
    return count


def words_of(element: HtmlElement) -> str:
    """The words inside an element, with single spaces."""
    return " ".join(element.text_content().split())


def classes_of(element: HtmlElement) -> list[str]:
    """The classes of an element, each once."""
    return list(dict.fromkeys(element.get("class", "").split()))


def add_class(element: HtmlElement, name: str) -> None:
    """Give an element one more class."""
    element.set("class", " ".join(dict.fromkeys([*classes_of(element), name])))


def take_out(element: HtmlElement) -> HtmlElement:
    """Remove an element with all that is in it; the text behind it stays."""
    element.drop_tree()
    element.tail = None
    return element


def replace(old: HtmlElement, new: HtmlElement) -> None:
    """Put an element in place of another; the text behind it stays."""
    new.tail, old.tail = old.tail, None
    parent = old.getparent()
    if parent is not None:
        parent.replace(old, new)


def move(children: Iterable[HtmlElement], parent: HtmlElement) -> None:
    """Append elements to another parent, with the text behind each."""
    for child in list(children):
        parent.append(child)


def inner(element: HtmlElement) -> str:
    """The HTML inside an element."""
    start = escape(element.text or "", quote=False)
    return start + "".join(html.tostring(child, encoding="unicode") for child in element)


def slug(words: str) -> str:
    """Words as a name for a place: small letters and digits of any script, joined by hyphens."""
    return re.sub(r"[\W_]+", "-", words.casefold()).strip("-")[:60].strip("-")


class Names:
    """The ids of a text, each given once."""

    def __init__(self) -> None:
        self._taken: set[str] = set()
        self._next: dict[str, int] = {}

    def __contains__(self, name: str) -> bool:
        return name in self._taken

    def take(self, name: str) -> str:
        """The name, or the name with the first number from 2 that is free."""
        free = name
        while free in self._taken:
            self._next[name] = self._next.get(name, 1) + 1
            free = f"{name}-{self._next[name]}"
        self._taken.add(free)
        return free
