"""Puts the parts of a master deck into one file, the same bytes on every run and machine."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from tests.masters.parts import DECLARATION, OFFICE

RELATIONS = "http://schemas.openxmlformats.org/package/2006/relationships"
TYPES = "http://schemas.openxmlformats.org/package/2006/content-types"
METADATA = "http://schemas.openxmlformats.org/package/2006/relationships/metadata"
PREFIX = "application/vnd.openxmlformats-"
EPOCH = (1980, 1, 1, 0, 0, 0)  # the first moment a zip entry can name


@dataclass(frozen=True)
class Part:
    """One part: its name, content type, text, and its relations as (kind, target) in order."""

    name: str
    content_type: str
    text: str
    relations: Sequence[tuple[str, str]] = field(default=())

    def relations_name(self) -> str:
        """Return the name of the part that holds the relations."""
        folder, _, file = self.name.rpartition("/")
        return f"{folder}/_rels/{file}.rels".removeprefix("/")


def pack(parts: Sequence[Part]) -> bytes:
    """Return the package; the first part is the main one."""
    files = {"[Content_Types].xml": _content_types(parts), "_rels/.rels": _roots(parts[0].name)}
    for part in parts:
        files[part.name] = part.text
        if part.relations:
            files[part.relations_name()] = _relations(part.relations)
    return _zip(files)


def _content_types(parts: Sequence[Part]) -> str:
    overrides = "".join(
        f'<Override PartName="/{part.name}" ContentType="{PREFIX}{part.content_type}+xml"/>'
        for part in parts
    )
    return (
        f'{DECLARATION}<Types xmlns="{TYPES}"><Default Extension="rels" '
        f'ContentType="{PREFIX}package.relationships+xml"/>'
        f'<Default Extension="xml" ContentType="application/xml"/>{overrides}</Types>'
    )


def _roots(main: str) -> str:
    return _relations(
        (
            ("officeDocument", main),
            (f"{METADATA}/core-properties", "docProps/core.xml"),
            ("extended-properties", "docProps/app.xml"),
        )
    )


def _relations(relations: Sequence[tuple[str, str]]) -> str:
    entries = "".join(
        f'<Relationship Id="rId{number}" Type="{_kind(kind)}" Target="{target}"/>'
        for number, (kind, target) in enumerate(relations, 1)
    )
    return f'{DECLARATION}<Relationships xmlns="{RELATIONS}">{entries}</Relationships>'


def _kind(kind: str) -> str:
    return kind if "/" in kind else f"{OFFICE}/{kind}"


def _zip(files: Mapping[str, str]) -> bytes:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w") as archive:
        for name, text in files.items():
            entry = zipfile.ZipInfo(name, EPOCH)
            entry.create_system = 3
            # Stored, because two builds of zlib may compress the same text to different bytes.
            archive.writestr(entry, text.encode(), zipfile.ZIP_STORED)
    return buffer.getvalue()


def core_properties(title: str) -> Part:
    """Return the title and the dates of the file; the dates are fixed."""
    moment = 'xsi:type="dcterms:W3CDTF">2010-01-01T00:00:00Z'
    text = (
        f"{DECLARATION}<cp:coreProperties "
        'xmlns:cp="http://schemas.openxmlformats.org/package/2006/metadata/core-properties" '
        'xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:dcterms="http://purl.org/dc/terms/" '
        'xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance">'
        f"<dc:title>{title}</dc:title><dc:creator>Leafdeck</dc:creator>"
        f"<cp:lastModifiedBy>Leafdeck</cp:lastModifiedBy><dcterms:created {moment}"
        f"</dcterms:created><dcterms:modified {moment}</dcterms:modified></cp:coreProperties>"
    )
    return Part("docProps/core.xml", "package.core-properties", text)


def extended_properties() -> Part:
    """Return the name of the program, which PowerPoint expects."""
    text = (
        f"{DECLARATION}<Properties xmlns="
        '"http://schemas.openxmlformats.org/officeDocument/2006/extended-properties">'
        "<Application>Leafdeck</Application></Properties>"
    )
    return Part("docProps/app.xml", "officedocument.extended-properties", text)
