"""Links and pictures: where they lead, what they say, and how they nest.

A link in a tagged PDF must hold plain text (PDF/UA-1, 7.18.5; WeasyPrint fails otherwise), so
emphasis goes around a link, never into it.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from pathlib import PurePosixPath
from urllib.parse import unquote

from lxml.html import HtmlElement

from builder.module.alternative import emptiness, opening
from builder.module.prose.inline import CITATION, CITED, NOTED
from builder.module.prose.source import Source
from builder.module.prose.tree import (
    LINE,
    add_class,
    classes_of,
    line_of,
    make,
    replace,
    take_out,
    words_of,
)

_ADDRESS = re.compile(
    r"https?://[^\s/?#@\\<>\"]+([/?#][^\s<>\"]*)?|mailto:[^\s@<>\"]+@[^\s@<>\"]+|tel:[+\d() .-]+"
    r"|\#[^\s<>\"]+",
    re.IGNORECASE,
)
_SAY_NOTHING = frozenset({
    "click", "click here", "click this", "details", "go", "here", "info", "learn more", "link",
    "more", "more info", "page", "read", "read more", "read this", "see here", "see more", "site",
    "tap here", "this", "this link", "this page", "this site", "this website", "url", "web",
    "website",
})  # fmt: skip
LONGEST_ADDRESS = 2000
"""Characters; browsers and PowerPoint take a little more."""
_LEADS = "Links lead to https:, http:, mailto:, tel: or #place."
_SHARE = r"([1-9]\d?(\.\d+)?|100)%"
_LENGTH = r"(?!0+(\.0\d*)?[a-z])\d{1,4}(\.\d+)?(cm|mm|in|pt|px)"
_SIZES = {
    "width": (
        f"{_SHARE}|{_LENGTH}",
        "Write a percentage or a length, as in {width=60%} or {width=8cm}.",
    ),
    "height": (_LENGTH, "Write a length in cm, mm, in, pt or px, as in {height=5cm}."),
    "fit": (
        "contain|cover",
        "Write {fit=contain} to show it whole, {fit=cover} to fill its place.",
    ),
}
"""What an author may say of a picture's size, and how it is written."""
DECORATIVE = "decorative"


def check_links(body: HtmlElement, source: Source) -> None:
    """Report links that lead nowhere safe or say nothing; give the rest the form that PDF needs."""
    for link in list(body.iter("a")):
        link.attrib.pop("title", None)
        address = (link.get("href") or "").strip()
        if not address:
            link.drop_tag()
        elif len(address) > LONGEST_ADDRESS:
            message = f"“{address[:60]}…” is longer than {LONGEST_ADDRESS:,} characters."
            hint = "Link to a shorter address of the same page."
            source.report("link-unsafe", message, line_of(link), hint)
            link.drop_tag()
        elif not _ADDRESS.fullmatch(address):
            message = f"“{address[:80]}” is not an address that a link may have."
            source.report("link-unsafe", message, line_of(link), _LEADS)
            link.drop_tag()
        else:
            link.set("href", address)
            _check_words(link, source)


def check_places(piece: HtmlElement, is_known: Callable[[str], bool], source: Source) -> None:
    """Report links to places that the text does not have."""
    for link in piece.iter("a"):
        name = unquote(link.get("href", "").partition("#")[2])
        if link.get("href", "").startswith("#") and not is_known(name):
            message = f"There is no place “#{name[:40]}” in this text: the link leads nowhere."
            hint = "Name the place on its heading, as in ## Doses {#doses}."
            source.report("link-place", message, line_of(link), hint)


def _check_words(link: HtmlElement, source: Source) -> None:
    words = words_of(link).strip(" .:!»>…").casefold()
    hint = "Write what the reader finds there."
    if link.find(".//img") is not None:
        return
    if not words:
        source.report("link-text", "A link without words was removed.", line_of(link), hint)
        link.drop_tag()
    elif words in _SAY_NOTHING:
        message = f"“{words_of(link)}” does not say where the link leads."
        source.report("link-text", message, line_of(link), hint)


def turn_links(body: HtmlElement) -> None:
    """Plain text inside of links: one element around all of it goes outside, others go away."""
    for link in list(body.iter("a")):
        for mark in list(link.iter("sup")):
            if CITED in mark.attrib or NOTED in mark.attrib:
                take_out(mark)
                link.addnext(mark)
        while len(link) == 1 and not (link.text or "").strip() and not (link[0].tail or "").strip():
            if link[0].tag in ("br", "img"):
                break
            _turn(link)
        for child in list(link.iterdescendants()):
            child.tail = " " + (child.tail or "") if child.tag == "br" else child.tail
            child.drop_tag()


def _turn(link: HtmlElement) -> None:
    """`<a><em>x</em></a>` becomes `<em><a>x</a></em>`."""
    child = link[0]
    child.tail = None
    replace(link, child)
    link.text, child.text = child.text, None
    for each in list(child):
        link.append(each)
    child.append(link)


def check_pictures(body: HtmlElement, source: Source) -> list[tuple[str, int]]:
    """Report pictures that cannot be shown or seen; make figures of those that stand alone.

    Returns:
        The path in the module's folder and the line of each picture, in order.
    """
    found = []
    _part_rows(body)
    for picture in list(body.iter("img")):
        line = line_of(picture)
        path = _path(picture, source, line)
        if not path:
            _without(picture)
            continue
        picture.set("src", path)
        found.append((path, line))
        _check_text(picture, path, source, line)
        _set_size(picture, source, line)
        _place(picture, source, line)
    return found


def _part_rows(body: HtmlElement) -> None:
    """Give each picture a paragraph of its own where a paragraph holds nothing but pictures."""
    for block in list(body.iter("p")):
        pieces = [each for each in block if each.tag != "br"]
        words = (block.text or "") + "".join(each.tail or "" for each in block)
        if len(pieces) < 2 or words.strip() or not all(map(_is_picture, pieces)):
            continue
        lines = [str(line_of(each)) for each in pieces]
        for piece, line in zip(pieces, lines, strict=True):
            paragraph = make("p", {LINE: line})
            block.addprevious(paragraph)
            paragraph.append(piece)
            piece.tail = None
        block.drop_tree()


def _is_picture(piece: HtmlElement) -> bool:
    """Whether it is a picture, or one in a link or in emphasis, without words."""
    return sum(1 for _ in piece.iter("img")) == 1 and not words_of(piece)


def _path(picture: HtmlElement, source: Source, line: int) -> str:
    """Where the picture lies in the module's folder; empty, and reported, where it does not."""
    address = unquote(picture.get("src", "")).strip()
    path = PurePosixPath(address)
    if (
        not address
        or re.match(r"[a-zA-Z][a-zA-Z0-9+.-]*:", address)
        or "\\" in address
        or path.is_absolute()
        or ".." in path.parts
    ):
        message = f"“{address[:80]}” is not the path of a picture in the module's folder."
        hint = "Copy the picture into the module's folder, as in images/pump.png."
        source.report("link-unsafe", message, line, hint)
        return ""
    return str(path)


def _without(picture: HtmlElement) -> None:
    """Leave the words of a picture that cannot be shown."""
    words = make("span", text=picture.get("alt", ""))
    replace(picture, words)
    words.drop_tag()


def _check_text(picture: HtmlElement, path: str, source: Source, line: int) -> None:
    words = " ".join(picture.get("alt", "").split())
    decorative = DECORATIVE in classes_of(picture) or picture.get("role") == "presentation"
    picture.attrib.pop("role", None)
    if decorative:
        picture.set("alt", "")
        add_class(picture, DECORATIVE)
        return
    picture.set("alt", words)
    hint = "Say in the square brackets what it shows, or mark it {.decorative}."
    if not words:
        source.report("picture-text", f"{path} has no alternative text.", line, hint)
    elif _is_file_name(words, path):
        message = f"“{words}” is the picture's name, not what it shows."
        source.report("picture-text", message, line, hint)
    elif found := emptiness(words):
        message = f"“{words}” is {found}, not what it shows."
        source.report("picture-text", message, line, hint)
    elif found := opening(words):
        message = f"The words for a picture begin with “{found}”, which fits any."
        source.report("picture-words", message, line, "Begin with what it shows.")


def _is_file_name(words: str, path: str) -> bool:
    name = PurePosixPath(path)
    return words.casefold() in {path.casefold(), name.name.casefold(), name.stem.casefold()}


def _set_size(picture: HtmlElement, source: Source, line: int) -> None:
    for name, (pattern, hint) in _SIZES.items():
        value = picture.attrib.pop(name, None)
        picture.attrib.pop(f"data-{name}", None)
        if value and re.fullmatch(pattern, value, re.ASCII):
            picture.set(f"data-{name}", value)
        elif value is not None:
            message = f"The {name} “{value[:20]}” cannot be read; it was left out."
            source.report("picture-size", message, line, hint)


def _place(picture: HtmlElement, source: Source, line: int) -> None:
    """Make a figure of a picture alone in its paragraph; no link stays around a picture."""
    caption = " ".join(picture.attrib.pop("title", "").split())
    link = next(picture.iterancestors("a"), None)
    target = link.get("href") if link is not None else None
    if link is not None:
        link.drop_tag()
    block = _alone_in(picture)
    if block is None:
        _drop_link(target, source, line)
        return
    figure = make("figure", {LINE: block.get(LINE) or str(line)})
    if DECORATIVE in classes_of(picture):
        figure.set("class", DECORATIVE)
    replace(block, figure)
    picture.tail = None
    figure.append(picture)
    if caption:
        _caption(figure, caption, target)
    else:
        _drop_link(target, source, line)


def _caption(figure: HtmlElement, caption: str, target: str | None) -> None:
    words = make("figcaption")
    figure.append(words)
    if target:
        words.append(make("a", {"href": target}, caption))
        return
    text, *rest = re.split(CITATION, caption)
    words.text = text
    for keys, behind in zip(rest[::2], rest[1::2], strict=True):
        words.append(make("sup", {"class": "citation", CITED: keys}))
        words[-1].tail = behind


def _alone_in(picture: HtmlElement) -> HtmlElement | None:
    """The paragraph that holds the picture and nothing else."""
    inner: HtmlElement = picture
    for block in picture.iterancestors():
        around = (block.text or "") + (inner.tail or "")
        if len(block) > 1 or around.strip() or block.tag not in ("p", "em", "strong", "span"):
            return None
        if block.tag == "p":
            return block
        inner = block
    return None


def _drop_link(target: str | None, source: Source, line: int) -> None:
    if target:
        hint = "Give the picture a caption, or write the link as words."
        source.report("link-text", "The link around a picture was removed.", line, hint)
