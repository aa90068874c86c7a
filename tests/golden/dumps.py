"""Finished files as text: everything that people and programs find in them, one thing a line.

What changes with each edit and says nothing to a reader, such as digests and the versions of the
libraries, is written as `<digest>` and `<version>`.
"""

from __future__ import annotations

import io
import re
import tempfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pikepdf
from lxml import etree, html

from tests.gates import judges
from tests.golden.slides import slides

CORE = "docProps/core.xml"


def deck(data: bytes) -> str:
    """A deck: its slides, then what its properties say."""
    from pptx import Presentation

    from builder.artifacts.deck.readback import custom_of, entries_of

    entries = entries_of(data)
    assert entries
    core = etree.fromstring(entries[CORE])
    lines = [
        *slides(Presentation(io.BytesIO(data))),
        "# Core properties",
        *(f"{etree.QName(each).localname}: {each.text}" for each in core),
        "",
        "# Custom properties",
        *(f"{name}: {value}" for name, value in custom_of(entries).items()),
    ]
    return _plain(lines)


def leaflet(data: bytes) -> str:
    """A leaflet: the text and the links of each page, then what programs read."""
    with pikepdf.open(io.BytesIO(data)) as pdf:
        lines = [
            *_pages(data, pdf),
            "# Bookmarks",
            *_bookmarks(pdf),
            "",
            "# Tags",
            *_tags(pdf.Root.StructTreeRoot.K, 0),
            "",
            "# Document",
            f"language: {pdf.Root.Lang}",
            *(f"{name[1:]}: {value}" for name, value in sorted(pdf.docinfo.items())),
            "",
            "# XMP",
            *_xmp(pdf.Root.Metadata.read_bytes()),
        ]
    return _plain(lines)


def page(data: bytes) -> str:
    """A page: what a reader sees, where its links lead, what programs read."""
    root = html.document_fromstring(data.decode())
    lines = [
        f"# {root.findtext('.//title')}",
        f"language: {root.get('lang')}",
        f"class: {root.body.get('class')}",
        "",
        *_text(root.body),
        "",
        "# Links",
        *(f"[{_words(each)}]({each.get('href')})" for each in root.iter("a")),
        "",
        "# Metadata",
        *(": ".join(each.values()) for each in root.iter("meta")),
        *(f"{each.get('type')}: {each.text}" for each in root.iter("script")),
    ]
    return _plain(lines)


def _plain(lines: list[str]) -> str:
    text = "\n".join(line.rstrip() for line in lines) + "\n"
    text = re.sub(r"\b[0-9a-f]{64}\b", "<digest>", text)
    return re.sub(r"\b(Leafdeck|WeasyPrint) \d[\w.]*", r"\1 <version>", text)


def _pages(data: bytes, pdf: pikepdf.Pdf) -> Iterator[str]:
    with tempfile.NamedTemporaryFile(suffix=".pdf") as file:
        Path(file.name).write_bytes(data)
        drawn = judges.run(judges.program("pdftotext"), "-layout", file.name, "-").stdout
    texts = drawn.removesuffix("\f").split("\f")
    assert len(texts) == len(pdf.pages)
    for number, (text, leaf) in enumerate(zip(texts, pdf.pages, strict=True), 1):
        width, height = (float(edge) / 72 * 25.4 for edge in list(leaf.mediabox)[2:])
        yield f"# Page {number} of {len(texts)}, {width:.0f} × {height:.0f} mm"
        yield from _squeezed(text)
        yield from (f"link: {_target(each)}" for each in leaf.get("/Annots", []))
        yield ""


def _squeezed(text: str) -> Iterator[str]:
    """Lines without what depends on how poppler spreads them: blank ones and wide spaces."""
    for line in text.splitlines():
        if line.strip():
            yield re.sub(r" {2,}", "  ", line.strip())


def _target(note: pikepdf.Object) -> str:
    return str(note.A.URI) if "/A" in note else f"#{note.Dest}"


def _bookmarks(pdf: pikepdf.Pdf) -> Iterator[str]:
    numbers = {leaf.objgen: number for number, leaf in enumerate(pdf.pages, 1)}

    def walk(items: list[Any], depth: int) -> Iterator[str]:
        for item in items:
            yield f"{'  ' * depth}{item.title} … {numbers[item.destination[0].objgen]}"
            yield from walk(item.children, depth + 1)

    with pdf.open_outline() as outline:
        yield from walk(outline.root, 0)


def _tags(node: Any, depth: int) -> Iterator[str]:
    """The tag tree, with `× 3` for three equal branches that follow each other."""
    nodes = list(node) if isinstance(node, pikepdf.Array) else [node]
    branches = [_branch(each, depth) for each in nodes]
    while branches:
        branch = branches.pop(0)
        times = 1
        while branch and branches and branches[0] == branch:
            branches.pop(0)
            times += 1
        if branch:
            yield branch[0] + (f" × {times}" if times > 1 else "")
            yield from branch[1:]


def _branch(node: Any, depth: int) -> list[str]:
    if not isinstance(node, pikepdf.Dictionary) or "/S" not in node:
        return []
    said = "".join(
        f" {name.lower()}={str(node[f'/{name}'])!r}"
        for name in ("Alt", "Lang", "E")
        if f"/{name}" in node
    )
    inside = _tags(node.K, depth + 1) if "/K" in node else ()
    return [f"{'  ' * depth}{str(node.S)[1:]}{said}", *inside]


def _xmp(data: bytes) -> Iterator[str]:
    root = etree.fromstring(data)
    about = "{http://www.w3.org/1999/02/22-rdf-syntax-ns#}about"
    for described in root.iter("{*}Description"):
        for name, value in described.attrib.items():
            if name != about:
                yield f"{etree.QName(name).localname}: {value}"
        for each in described:
            words = filter(None, (text.strip() for text in each.itertext()))
            yield f"{etree.QName(each).localname}: {'; '.join(words)}"


def _text(node: Any) -> Iterator[str]:
    """The words of a page, one element a line: headings, paragraphs, items, cells."""
    for each in node.iter("h1", "h2", "h3", "p", "li", "dt", "dd", "th", "td"):
        if _words(each):
            yield f"{each.tag}: {_words(each)}"


def _words(node: Any) -> str:
    return " ".join(node.text_content().split())
