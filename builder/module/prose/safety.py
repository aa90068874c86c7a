"""The allow-list: which HTML a text may hold. What is not on it is taken out, and reported.

`sanitized` is the guarantee, by nh3; `remove_unsafe` comes before it and knows the lines.
"""

from __future__ import annotations

import re

import nh3
from lxml.html import HtmlElement
from markupsafe import Markup

from builder.fields import nearest
from builder.module.language import WELL_FORMED
from builder.module.prose.containers import KINDS
from builder.module.prose.inline import CITED, LOST, NOTED
from builder.module.prose.source import Source
from builder.module.prose.tree import CELLS, HEADINGS, LINE, line_of

TAGS = frozenset({
    "a", "abbr", "aside", "bdi", "blockquote", "br", "caption", "cite", "code", "col",
    "colgroup", "dd", "del", "dfn", "div", "dl", "dt", "em", "figcaption", "figure", "h1", "h2",
    "h3", "h4", "h5", "h6", "hr", "img", "ins", "kbd", "li", "mark", "ol", "p", "pre", "q", "rp",
    "rt", "ruby", "s", "samp", "small", "span", "strong", "sub", "sup", "table", "tbody", "td",
    "tfoot", "th", "thead", "time", "tr", "u", "ul", "var", "wbr",
})  # fmt: skip
RENAMED = {"b": "strong", "i": "em", "strike": "s", "tt": "code"}
DROPPED = frozenset({
    "applet", "audio", "button", "canvas", "datalist", "embed", "form", "frame", "frameset",
    "head", "iframe", "input", "link", "math", "meta", "noembed", "noframes", "noscript",
    "object", "script", "select", "style", "svg", "template", "textarea", "title", "video", "xmp",
})  # fmt: skip
"""Elements whose content goes with them."""
EVERYWHERE = frozenset(("class", "dir", "id", "lang", LINE))
ATTRIBUTES = {
    "a": frozenset(("href",)),
    "abbr": frozenset(("title",)),
    "dfn": frozenset(("title",)),
    "div": frozenset(("role",)),
    "figure": frozenset(
        f"data-{name}" for name in ("alt", "category-axis", "format", "kind", "title", "value-axis")
    ),
    "img": frozenset(("alt", "src", "data-fit", "data-height", "data-width")),
    "li": frozenset(("value",)),
    "ol": frozenset(("start",)),
    "table": frozenset(("data-widths",)),
    "th": frozenset(("scope",)),
    "time": frozenset(("datetime",)),
}
_USED_ON_THE_WAY = {
    "a": frozenset(("title",)),
    "img": frozenset(("title", "width", "height", "fit", "role")),
    "p": frozenset(("widths",)),
    "sup": frozenset((CITED, NOTED)),
    "span": frozenset((LOST,)),
    "td": frozenset(("align", "colspan", "rowspan")),
    "th": frozenset(("align", "colspan", "rowspan")),
    "tr": frozenset((CELLS,)),
    **dict.fromkeys(HEADINGS, frozenset(("layout",))),
}
_SAID = {
    "img": ("a picture", ("width", "height", "fit")),
    "p": ("a paragraph", ("widths",)),
    **dict.fromkeys(HEADINGS, ("a heading", ("layout",))),
}
"""What an author may say of an element in braces: its name, and the keys."""
_CLEANER = nh3.Cleaner(
    tags=set(TAGS),
    attributes={tag: set(names) for tag, names in {"*": EVERYWHERE, **ATTRIBUTES}.items()},
    url_schemes={"http", "https", "mailto", "tel"},
    link_rel=None,
)
_PLAIN_NAME = re.compile(r"[\w:.-]+")
_VALUES = {
    "lang": WELL_FORMED,
    "id": re.compile(r"[^\s\"'<>\\]+"),
    "dir": re.compile(r"ltr|rtl|auto"),
    "start": re.compile(r"[1-9][0-9]{0,3}"),
    "value": re.compile(r"[1-9][0-9]{0,3}"),
}
"""What these attributes may say. PowerPoint's lists start at 1 to 32767 (ECMA-376 part 1,
20.1.10.69)."""
_HINT = "Write it in Markdown, or leave it out."


def remove_unsafe(body: HtmlElement, source: Source) -> None:
    """Take out elements and attributes that are not on the list, and report each."""
    gone: set[HtmlElement] = set()
    for element in list(body.iterdescendants()):
        if not isinstance(element.tag, str) or element in gone:
            continue
        if element.tag in RENAMED:  # no other is set again: lxml refuses what it has read itself
            element.tag = RENAMED[element.tag]
        if element.tag in TAGS:
            _remove_attributes(element, source)
            _check_box(element, source)
        else:
            gone |= _remove(element, source)


def _check_box(element: HtmlElement, source: Source) -> None:
    """Report a box of the author's own, which looks like nothing: no container, no language."""
    own = not {*KINDS} & {*element.get("class", "").split()}
    if element.tag == "div" and own and not ("lang" in element.attrib or "dir" in element.attrib):
        message = "The element <div> has no look; only what is in it is shown."
        hint = "Write a container, as in ::: note, or leave it out."
        source.report("html-removed", message, line_of(element), hint)


def _remove(element: HtmlElement, source: Source) -> set[HtmlElement]:
    """Take an element out; returned is what goes with it."""
    message = f"The element <{element.tag!s}> is not allowed; it was removed."
    source.report("html-removed", message, line_of(element), _HINT)
    if element.tag in DROPPED:
        inside = set(element.iterdescendants())
        element.drop_tree()
        return inside
    element.drop_tag()
    return set()


def _remove_attributes(element: HtmlElement, source: Source) -> None:
    tag = str(element.tag)
    allowed = EVERYWHERE | ATTRIBUTES.get(tag, frozenset()) | _USED_ON_THE_WAY.get(tag, frozenset())
    for name in list(element.attrib):
        if name in allowed:
            if name == LINE and not _is_line(element.get(name, ""), source):
                del element.attrib[name]
            elif name in _VALUES and not _VALUES[name].fullmatch(element.get(name, "")):
                message = f"The attribute {name}=“{element.get(name, '')[:40]}” cannot be read."
                source.report("html-removed", f"{message} It was removed.", line_of(element))
                del element.attrib[name]
            continue
        if _PLAIN_NAME.fullmatch(name):
            message, hint = _unknown(tag, name)
            source.report("html-removed", message, line_of(element), hint)
        del element.attrib[name]


def _unknown(tag: str, name: str) -> tuple[str, str]:
    """What is said of an attribute that is not on the list, and the hint."""
    if tag not in _SAID:
        return f"The attribute “{name}” of <{tag}> is not allowed; it was removed.", _HINT
    what, known = _SAID[tag]
    hint = nearest(name, known) or f"Known here: {', '.join(known)}."
    return f"“{name}” says nothing of {what}; it was removed.", hint


def _is_line(value: str, source: Source) -> bool:
    """Whether it is a line of the text; an author may have written the attribute."""
    return value.isascii() and value.isdigit() and 0 < int(value[:9]) <= source.count


def sanitized(markup: str) -> Markup:
    """HTML with nothing in it that is not on the list, whatever came before."""
    if not markup:
        return Markup()
    return Markup(_CLEANER.clean(markup))  # noqa: S704 - this is where it becomes safe
