"""The allow-list: which HTML a text may hold. What is not on it is taken out, and reported.

`sanitized` is the guarantee, by nh3; `remove_unsafe` comes before it and knows the lines.
"""

from __future__ import annotations

import re

import nh3
from lxml.html import HtmlElement
from markupsafe import Markup

from builder.module.prose.inline import CITED, LOST, NOTED
from builder.module.prose.source import Source
from builder.module.prose.tree import CELLS, HEADINGS, LINE, line_of

TAGS = frozenset({
    "a", "abbr", "aside", "bdi", "bdo", "blockquote", "br", "caption", "cite", "code", "col",
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
_NH3_ATTRIBUTES = {tag: set(names) for tag, names in {"*": EVERYWHERE, **ATTRIBUTES}.items()}
_PLAIN_NAME = re.compile(r"[\w:.-]+")
_HINT = "Write it in Markdown, or leave it out."


def remove_unsafe(body: HtmlElement, source: Source) -> None:
    """Take out elements and attributes that are not on the list, and report each."""
    for element in list(body.iterdescendants()):
        if not isinstance(element.tag, str) or not _is_in(element, body):
            continue
        element.tag = RENAMED.get(element.tag, element.tag)
        if element.tag in TAGS:
            _remove_attributes(element, source)
        else:
            _remove(element, source)


def _is_in(element: HtmlElement, body: HtmlElement) -> bool:
    return any(each is body for each in element.iterancestors())


def _remove(element: HtmlElement, source: Source) -> None:
    message = f"The element <{element.tag!s}> is not allowed; it was removed."
    source.report("html-removed", message, line_of(element), _HINT)
    if element.tag in DROPPED:
        element.drop_tree()
    else:
        element.drop_tag()


def _remove_attributes(element: HtmlElement, source: Source) -> None:
    tag = str(element.tag)
    allowed = EVERYWHERE | ATTRIBUTES.get(tag, frozenset()) | _USED_ON_THE_WAY.get(tag, frozenset())
    for name in list(element.attrib):
        if name in allowed:
            if name == LINE and not _is_line(element.get(name, ""), source):
                del element.attrib[name]
            continue
        if _PLAIN_NAME.fullmatch(name):
            message = f"The attribute “{name}” of <{tag}> is not allowed; it was removed."
            source.report("html-removed", message, line_of(element), _HINT)
        del element.attrib[name]


def _is_line(value: str, source: Source) -> bool:
    """Whether it is a line of the text; an author may have written the attribute."""
    return value.isascii() and value.isdigit() and 0 < int(value[:9]) <= source.count


def sanitized(markup: str) -> Markup:
    """HTML with nothing in it that is not on the list, whatever came before."""
    if not markup:
        return Markup()
    clean = nh3.clean(
        markup,
        tags=set(TAGS),
        attributes=_NH3_ATTRIBUTES,
        url_schemes={"http", "https", "mailto", "tel"},
        link_rel=None,
    )
    return Markup(clean)  # noqa: S704 - this is where it becomes safe
