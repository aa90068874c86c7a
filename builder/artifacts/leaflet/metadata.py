"""The stamp in a PDF's metadata: XMP and information dictionary; written, and read back."""

from __future__ import annotations

import io
import re
from collections.abc import Iterator
from typing import Any
from xml.sax.saxutils import escape

import pikepdf
import pydyf
from lxml import etree

from builder import __version__
from builder.artifacts import Found
from builder.artifacts.seal import BLANK, is_whole
from builder.module.model import Facts
from builder.module.stamp import Stamp

NAMESPACE = "urn:x-leafdeck:stamp#"
DC = "http://purl.org/dc/elements/1.1/"
SEAL = re.compile(rb"/LeafdeckSeal \(([0-9a-f]{64})\)")
LARGEST = 256 * 1024
"""Bytes of packed metadata that are read from a file that may not be ours."""


def describe(document: Any, stamp: Stamp, facts: Facts) -> None:
    """Set what WeasyPrint writes as metadata, and add the stamp to it."""
    metadata = document.metadata
    metadata.title = stamp.title
    metadata.authors = [person.name for person in facts.people]
    metadata.description = facts.summary
    metadata.keywords = [stamp.module, f"version {stamp.version}", stamp.interests]
    metadata.generator = f"Leafdeck {__version__}"
    metadata.created = stamp.published.isoformat()
    metadata.modified = (stamp.updated or stamp.published).isoformat()
    metadata.lang = stamp.language
    write = metadata.generate_rdf_metadata

    def with_stamp(*arguments: Any) -> bytes:
        body, end = re.fullmatch(rb"(.*)(</\w+:RDF>)\s*", write(*arguments), re.DOTALL).groups()  # type: ignore[union-attr]
        return bytes(body + _description(stamp).encode() + end)

    metadata.generate_rdf_metadata = with_stamp


def inform(pdf: Any, stamp: Stamp) -> None:
    """Put the stamp and the place of the seal where the file is not packed."""
    info = _Plain(pdf.info)
    for name, value in _properties(stamp):
        info[f"Leafdeck{name[0].upper()}{name[1:]}"] = pydyf.String(value)
    info["LeafdeckSeal"] = pydyf.String(BLANK)
    pdf.info = info
    for each in pdf.objects:
        if isinstance(each, pydyf.Stream) and each.extra.get("Type") == "/Metadata":
            each.compress = False


class _Plain(pydyf.Dictionary):  # type: ignore[misc] # pydyf carries no types
    """A dictionary that stands in the file by itself, to be read without unpacking anything."""

    compressible = False


def _properties(stamp: Stamp) -> Iterator[tuple[str, str]]:
    """What programs can read of the stamp without knowing its JSON."""
    yield "module", stamp.module
    yield "version", stamp.version
    yield "language", stamp.language
    for name in ("published", "updated", "reviewed", "expires"):
        if day := getattr(stamp, name):
            yield name, day.isoformat()
    yield "status", str(stamp.status)
    yield "publisher", stamp.publisher
    yield "declaration", " ".join(stamp.declaration)
    yield "digest", stamp.digest
    yield "stamp", stamp.to_json()


def _description(stamp: Stamp) -> str:
    own = "".join(
        f"<leafdeck:{name}>{escape(value)}</leafdeck:{name}>" for name, value in _properties(stamp)
    )
    return (
        '<rdf:Description xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#" '
        f'xmlns:dc="{DC}" xmlns:leafdeck="{NAMESPACE}" rdf:about="">'
        f"<dc:identifier>{escape(f'{stamp.module} {stamp.version}')}</dc:identifier>"
        f"<dc:publisher><rdf:Bag><rdf:li>{escape(stamp.publisher)}</rdf:li></rdf:Bag></dc:publisher>"
        f"<dc:language><rdf:Bag><rdf:li>{escape(stamp.language)}</rdf:li></rdf:Bag></dc:language>"
        f"{own}</rdf:Description>"
    )


def read_stamp(data: bytes) -> Found:
    """The stamp that a PDF carries, and whether the file is as it was written.

    Where the two places that hold the stamp differ, the file was not written like this: it is not
    untouched, and what the information dictionary says is given.
    """
    try:
        with pikepdf.open(io.BytesIO(data)) as pdf:
            stamps = _stamp_in(_from_info(pdf)), _stamp_in(_from_xmp(pdf))
    except Exception:  # noqa: BLE001 - the bytes may be anybody's, and broken in any way
        return Found(None, untouched=False)
    whole = stamps[0] == stamps[1] is not None and is_whole(data, SEAL)
    return Found(stamps[0] or stamps[1], untouched=whole)


def _stamp_in(line: str) -> Stamp | None:
    try:
        return Stamp.from_json(line)
    except ValueError:
        return None


def _from_info(pdf: pikepdf.Pdf) -> str:
    info = pdf.trailer.get("/Info")
    value = info.get("/LeafdeckStamp") if isinstance(info, pikepdf.Dictionary) else None
    return str(value) if isinstance(value, pikepdf.String) else ""


def _from_xmp(pdf: pikepdf.Pdf) -> str:
    stream = pdf.Root.get("/Metadata")
    if not isinstance(stream, pikepdf.Stream) or len(stream.read_raw_bytes()) > LARGEST:
        return ""
    parser = etree.XMLParser(resolve_entities=False, no_network=True, huge_tree=False)
    try:
        root = etree.fromstring(stream.read_bytes(), parser)
    except etree.XMLSyntaxError:
        return ""
    return root.findtext(f".//{{{NAMESPACE}}}stamp") or ""
