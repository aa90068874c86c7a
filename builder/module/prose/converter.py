"""Markdown -> a tree of HTML in which every block knows its line. Nothing in it is safe yet."""

from __future__ import annotations

import re
from functools import cache

from lxml import etree
from lxml.html import HtmlElement
from markdown import Markdown
from markdown.extensions.abbr import AbbrExtension
from markdown.extensions.attr_list import AttrListExtension
from markdown.extensions.def_list import DefListExtension
from markdown.extensions.footnotes import FootnoteExtension
from markdown.extensions.sane_lists import SaneListExtension

from builder.module.language import Language
from builder.module.prose import letters
from builder.module.prose.breaks import flattened, with_breaks
from builder.module.prose.containers import Containers, entitle, fold
from builder.module.prose.inline import Inline
from builder.module.prose.lines import VOID, Lines, mark, strip
from builder.module.prose.source import Source, lines_of
from builder.module.prose.tables import Tables
from builder.module.prose.tree import parsed
from builder.problems import Place, Problem, Problems, Rejected

DEEPEST = 100
"""Elements in each other."""
NOWHERE = "\ue0ff"
"""A mark for the place of footnotes that no text can hold."""

_TAG = re.compile(r"<(/?)([a-zA-Z][a-zA-Z0-9]*)(?=[\s/>])")
_EXPLAINED = re.compile(r"[ ]{0,3}(\[\^[^\]]*\]|\*\[[^\\\]]*\])[ ]?:")
"""A footnote, or what an abbreviation stands for."""
_REMNANTS = re.compile(
    "\x02[^\x03]{0,40}\x03|[\x00-\x08\x0b-\x1f\x7f-\x9f\u202a-\u202e\ufdd0-\ufdef\ufffe\uffff]"
)


class _Footnotes(FootnoteExtension):
    def unique_ref(self, reference: str, found: bool = False) -> str:
        """As it is: the ids of marks are not kept, and making them unique takes quadratic time."""
        return reference


class _Converter:
    """One Markdown instance, used for text after text."""

    def __init__(self) -> None:
        self.containers = Containers()
        self.markdown = Markdown(
            extensions=[
                AbbrExtension(),
                AttrListExtension(),
                DefListExtension(),
                _Footnotes(PLACE_MARKER=NOWHERE, BACKLINK_TEXT=""),
                SaneListExtension(),
                Tables(use_align_attribute=True),
                self.containers,
                Lines(),
                Inline(),
            ],
            output_format="html",
        )

    def convert(self, lines: list[str], code: list[str]) -> str:
        self.markdown.reset()
        self.containers.code = code
        return self.markdown.convert("\n".join(lines))


_converter = cache(_Converter)


def convert(
    text: str, path: str, problems: Problems, language: str = "en"
) -> tuple[Source, HtmlElement]:
    """The text's body element, and where its problems go.

    Args:
        text: Markdown.
        path: the file as named in messages.
        problems: what is wrong with it is added here.
        language: that boxes without a title get one in.

    Raises:
        Rejected: the text is too long, or nested too deep, to be read.
    """
    source, lines = lines_of(text, path, problems)
    markup = to_html(source, lines)
    _refuse_depth(markup, path)
    body = _tree(markup)
    entitle(body, Language(language))
    return source, body


def _report_twice(lines: list[tuple[int, str]], source: Source) -> None:
    """Report footnotes and abbreviations of one name: Python-Markdown keeps the last of them."""
    found: dict[str, int] = {}
    for number, line in lines:
        match = _EXPLAINED.match(line)
        if match and match[1] in found:
            code = "footnote-unused" if match[1][0] == "[" else "glossary-unused"
            message = f"“{match[1]}” is written again on line {number}: this one is left out."
            source.report(code, message, found[match[1]], "Keep one, or give them two names.")
        if match:
            found[match[1]] = number


def to_html(source: Source, lines: list[str], marked: bool = True) -> str:
    """HTML as Python-Markdown writes it, raw HTML included.

    Args:
        source: where problems with containers go.
        lines: the text.
        marked: whether blocks get their lines; the HTML is the same otherwise.

    Raises:
        Rejected: the text is nested too deep.
    """
    folded, code = fold(lines, source)
    _report_twice(folded, source)
    numbered = letters.numbered(folded)
    converter = _converter()
    blocks = frozenset(converter.markdown.block_level_elements)
    for line in flattened(numbered) if marked else ():
        message = "The item stands on the level of the one above."
        source.report("list-flat", message, line, "Indent it by four spaces to nest it.")
    numbered = list(with_breaks(numbered, blocks))
    plain = list(mark(numbered, blocks)) if marked else [line for _, line in numbered]
    try:
        return converter.convert(plain, code)
    except RecursionError:
        _converter.cache_clear()
        message = "Lists, quotations or emphasis nested deeper than can be read."
        raise Rejected(Problem("text-too-deep", message, Place(source.path))) from None


def _refuse_depth(markup: str, path: str) -> None:
    """Raw HTML may nest as deep as it likes; a tree may not."""
    depth = 0
    for end, name in _TAG.findall(markup):
        if name.lower() not in VOID:
            depth += -1 if end else 1
        if depth > DEEPEST:
            message = f"More than {DEEPEST} elements of HTML in each other, or never closed."
            raise Rejected(Problem("text-too-deep", message, Place(path)))


def _tree(markup: str) -> HtmlElement:
    markup = _clean(letters.as_elements(markup))
    body = parsed(markup)
    if "&#" in markup:
        _clean_references(body)
    letters.finish_letters(body)
    return body


def _clean_references(body: HtmlElement) -> None:
    """Characters that came in as numbers, as in `&#xE000;`."""
    for element in body.iter(etree.Element):
        element.text = _clean(element.text or "")
        element.tail = _clean(element.tail or "")
        for name, value in element.attrib.items():
            element.set(name, _clean(value))


def _clean(text: str) -> str:
    """A text without tokens, and without what Python-Markdown left behind."""
    return _REMNANTS.sub("", strip(text))
