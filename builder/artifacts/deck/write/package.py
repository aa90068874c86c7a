"""The finished file: its metadata and its seal."""

from __future__ import annotations

import datetime
from collections.abc import Iterable, Iterator
from functools import lru_cache
from typing import Any

from pptx.opc.constants import CONTENT_TYPE
from pptx.opc.package import Part
from pptx.opc.packuri import PackURI
from pptx.opc.spec import default_content_types
from pptx.presentation import Presentation

from builder.artifacts.deck.archive import RELATIONS, TYPES, packed
from builder.artifacts.deck.readback import CUSTOM, SEAL, STAMP, seal_of
from builder.artifacts.deck.write.drawing import quoted
from builder.artifacts.deck.write.members import parts_of
from builder.artifacts.seal import BLANK
from builder.module.model import Facts
from builder.module.stamp import Stamp

APPLICATION = "docProps/app.xml"
HEAD = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
CONTENT_TYPES = "http://schemas.openxmlformats.org/package/2006/content-types"
OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006"
PACKAGE = "http://schemas.openxmlformats.org/package/2006/relationships"
FORMAT = "{D5CDD505-2E9C-101B-9397-08002B2CF9AE}"
"""The identity that custom properties bear (ECMA-376 part 1, 22.3.2.2)."""
KINDS = {
    APPLICATION: "application/vnd.openxmlformats-officedocument.extended-properties+xml",
    CUSTOM: "application/vnd.openxmlformats-officedocument.custom-properties+xml",
}
EXTERNAL = ' TargetMode="External"'


def finished(presentation: Presentation, stamp: Stamp, facts: Facts) -> bytes:
    """The bytes of the deck, with its metadata and its seal."""
    parts = [*parts_of(presentation.part), _core(presentation, stamp, facts)]
    entries = dict(_entries(parts))
    entries[APPLICATION] = _application(len(presentation.element.sldIdLst)).encode()
    entries[RELATIONS] = _relations().encode()
    entries[TYPES] = _types(parts).encode()
    entries[CUSTOM] = _custom(stamp, BLANK).encode()
    entries[CUSTOM] = _custom(stamp, seal_of(entries)).encode()
    return packed(entries)


CORE = "docProps/core.xml"


def _entries(parts: Iterable[Part]) -> Iterator[tuple[str, bytes]]:
    """What a zip holds of parts: each, and what it is related to."""
    for part in parts:
        yield part.partname.membername, part.blob
        if len(part.rels):
            yield part.partname.rels_uri.membername, _links(part).encode()


def _links(part: Part) -> str:
    """What a part is related to; python-pptx builds a tree of it, which takes far longer."""
    listed = "".join(
        f'<Relationship Id="{quoted(each.rId)}" Type="{quoted(each.reltype)}" '
        f'Target="{quoted(_target(part, each))}"{EXTERNAL if each.is_external else ""}/>'
        for each in part.rels.values()
    )
    return f'{HEAD}<Relationships xmlns="{PACKAGE}">{listed}</Relationships>'


def _target(part: Part, relation: Any) -> str:
    """Where a relation leads, as seen from its part."""
    if relation.is_external:
        return str(relation.target_ref)
    return _relative(relation.target_partname, part.partname.baseURI)


@lru_cache(maxsize=8192)
def _relative(name: PackURI, folder: str) -> str:
    """Parts bear the same names in all decks."""
    return name.relative_ref(folder)


def _core(presentation: Presentation, stamp: Stamp, facts: Facts) -> Part:
    properties: Any = presentation.core_properties
    properties.partname = PackURI(f"/{CORE}")
    authors = [who.name for who in facts.people if "author" in who.roles]
    properties.title = _short(stamp.title)
    properties.author = _short("; ".join(authors or [stamp.publisher]))
    properties.last_modified_by = _short(stamp.publisher)
    properties.subject = _short(facts.summary)
    properties.keywords = _short(
        f"{stamp.module}; version {stamp.version}; expires {stamp.expires.isoformat()}"
    )
    properties.comments = _short(" ".join(_comments(stamp)))
    properties.category = str(facts.kind)
    properties.content_status = stamp.state
    properties.language = stamp.language
    properties.version = stamp.version
    properties.identifier = f"{stamp.module}/{stamp.version}"
    properties.revision = 1
    properties.created = _midnight(stamp.published)
    properties.modified = _midnight(stamp.updated or stamp.published)
    part: Part = properties
    return part


def _comments(stamp: Stamp) -> Iterator[str]:
    yield stamp.notice
    if stamp.sample:
        yield stamp.words.gettext("Sample text for demonstration, not medical advice.")


def _short(text: str) -> str:
    """Core properties hold 255 characters in python-pptx and in Explorer."""
    return text if len(text) <= 255 else f"{text[:254]}…"


def _midnight(day: datetime.date) -> datetime.datetime:
    return datetime.datetime(day.year, day.month, day.day, tzinfo=datetime.UTC).replace(tzinfo=None)


def _application(slides: int) -> str:
    return (
        f'{HEAD}<Properties xmlns="{OFFICE}/extended-properties"><TotalTime>0</TotalTime>'
        f"<Application>Leafdeck</Application><Slides>{slides}</Slides></Properties>"
    )


def _relations() -> str:
    targets = (
        (f"{OFFICE}/relationships/officeDocument", "ppt/presentation.xml"),
        (f"{PACKAGE}/metadata/core-properties", CORE),
        (f"{OFFICE}/relationships/extended-properties", APPLICATION),
        (f"{OFFICE}/relationships/custom-properties", CUSTOM),
    )
    listed = "".join(
        f'<Relationship Id="rId{number}" Type="{kind}" Target="{target}"/>'
        for number, (kind, target) in enumerate(targets, 1)
    )
    return f'{HEAD}<Relationships xmlns="{PACKAGE}">{listed}</Relationships>'


def _types(parts: Iterable[Part]) -> str:
    """The table of contents: what is there, in a fixed order, and nothing that is not."""
    kinds = {f"/{part}": kind for part, kind in KINDS.items()}
    defaults = {"rels": CONTENT_TYPE.OPC_RELATIONSHIPS, "xml": CONTENT_TYPE.XML}
    for part in parts:
        suffix, kind = part.partname.ext.lower(), part.content_type
        if (suffix, kind) not in default_content_types or defaults.setdefault(suffix, kind) != kind:
            kinds[part.partname] = kind
    listed = [
        f'<Default Extension="{key}" ContentType="{kind}"/>'
        for key, kind in sorted(defaults.items())
    ]
    listed += [
        f'<Override PartName="{part}" ContentType="{kind}"/>'
        for part, kind in sorted(kinds.items())
    ]
    return f'{HEAD}<Types xmlns="{CONTENT_TYPES}">{"".join(listed)}</Types>'


def _custom(stamp: Stamp, seal: str) -> str:
    properties = "".join(
        f'<property fmtid="{FORMAT}" pid="{number}" name="{quoted(name)}">'
        f"<vt:lpwstr>{quoted(value)}</vt:lpwstr></property>"
        for number, (name, value) in enumerate(_readable(stamp, seal), 2)
    )
    return (
        f'{HEAD}<Properties xmlns="{OFFICE}/custom-properties" '
        f'xmlns:vt="{OFFICE}/docPropsVTypes">{properties}</Properties>'
    )


def _readable(stamp: Stamp, seal: str) -> Iterator[tuple[str, str]]:
    yield "Module", stamp.module
    yield "Version", stamp.version
    yield "Published", stamp.published.isoformat()
    yield "Expires", stamp.expires.isoformat()
    yield "Status at build", stamp.state
    yield "Declaration of interest", " ".join(stamp.declaration)
    yield "Publisher", stamp.publisher
    yield "Digest", stamp.digest
    yield STAMP, stamp.to_json()
    yield SEAL, seal
