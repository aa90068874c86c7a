"""The stamp in a PDF's metadata: XMP and information dictionary; written, and read back."""

from __future__ import annotations

import io
import re
from collections.abc import Iterator, Mapping
from typing import Any
from xml.sax.saxutils import escape

import pikepdf
import pydyf
from lxml import etree

from builder import __version__
from builder.artifacts import Found, Order
from builder.artifacts.seal import BLANK, is_whole
from builder.module.stamp import Stamp

NAMESPACE = "urn:x-leafdeck:stamp#"
UA = "http://www.aiim.org/pdfua/ns/id/"
RDF = "http://www.w3.org/1999/02/22-rdf-syntax-ns#"
DC = "http://purl.org/dc/elements/1.1/"
SEAL = re.compile(rb"/LeafdeckSeal \(([0-9a-f]{64})\)")
LARGEST = 256 * 1024
"""Bytes of packed metadata that are read from a file that may not be ours."""


def describe(document: Any, order: Order) -> None:
    """Set what WeasyPrint writes as metadata, and add the stamp and the edition to it."""
    metadata, stamp, facts = document.metadata, order.stamp, order.module.facts
    metadata.title = stamp.title
    metadata.authors = [person.name for person in facts.people]
    metadata.description = facts.summary
    metadata.keywords = [stamp.module, stamp.in_version, stamp.interests]
    metadata.generator = f"Leafdeck {__version__}"
    metadata.created = stamp.published.isoformat()
    metadata.modified = (stamp.updated or stamp.published).isoformat()
    metadata.lang = stamp.language
    metadata.attachments = []  # PDF/A-2 holds no files but other PDF/A files
    write = metadata.generate_rdf_metadata

    def with_stamp(*arguments: Any) -> bytes:
        body, end = re.fullmatch(rb"(.*)(</\w+:RDF>)\s*", write(*arguments), re.DOTALL).groups()  # type: ignore[union-attr]
        return bytes(body + f"{_description(order)}{_EXTENSIONS}".encode() + end)

    metadata.generate_rdf_metadata = with_stamp


def inform(pdf: Any, order: Order) -> None:
    """Put stamp, edition and the place of the seal where the file is not packed."""
    info = _Plain(pdf.info)
    for name, value in _properties(order):
        info[f"Leafdeck{name[0].upper()}{name[1:]}"] = pydyf.String(value)
    info["LeafdeckSeal"] = pydyf.String(BLANK)
    pdf.info = info
    for each in pdf.objects:
        if isinstance(each, pydyf.Stream) and each.extra.get("Type") == "/Metadata":
            each.compress = False


class _Plain(pydyf.Dictionary):  # type: ignore[misc] # pydyf carries no types
    """A dictionary that stands in the file by itself, to be read without unpacking anything."""

    compressible = False


def _properties(order: Order) -> Iterator[tuple[str, str]]:
    """What programs can read of stamp and edition without knowing the stamp's JSON."""
    stamp, clinic = order.stamp, order.edition.clinic
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
    yield "paper", order.edition.paper
    if clinic:
        yield "clinic", clinic.name
        yield "clinicId", clinic.id
        yield "clinicDigest", clinic.digest
    yield "stamp", stamp.to_json()


def _description(order: Order) -> str:
    stamp, clinic = order.stamp, order.edition.clinic
    own = "".join(
        f"<leafdeck:{name}>{escape(value)}</leafdeck:{name}>" for name, value in _properties(order)
    )
    if clinic:
        named = f"<rdf:Bag><rdf:li>{escape(clinic.name)}</rdf:li></rdf:Bag>"
        own += f"<dc:contributor>{named}</dc:contributor>"
    return (
        f'<rdf:Description xmlns:rdf="{RDF}" xmlns:pdfuaid="{UA}" '
        f'xmlns:dc="{DC}" xmlns:leafdeck="{NAMESPACE}" rdf:about="">'
        "<pdfuaid:part>1</pdfuaid:part>"
        f"<dc:identifier>{escape(f'{stamp.module} {stamp.version}')}</dc:identifier>"
        f"<dc:publisher><rdf:Bag><rdf:li>{escape(stamp.publisher)}</rdf:li></rdf:Bag></dc:publisher>"
        f"<dc:language><rdf:Bag><rdf:li>{escape(stamp.language)}</rdf:li></rdf:Bag></dc:language>"
        f"{own}</rdf:Description>"
    )


MEANINGS = {
    "module": "Identifier of the module that the document was made from.",
    "version": "Version of the module.",
    "language": "Language of the document, as a BCP 47 tag.",
    "published": "Day of publication.",
    "updated": "Day on which the content last changed.",
    "reviewed": "Day of the last full review.",
    "expires": "First day on which the document no longer holds.",
    "status": "Status on the day of making: draft, current, review-due, expired or withdrawn.",
    "publisher": "Name of the publisher.",
    "declaration": "Declaration of interest, as printed.",
    "digest": "SHA-256 of what the module says.",
    "paper": "What the document is printed on, and how it is folded.",
    "clinic": "Name of the clinic whose own edition it is.",
    "clinicId": "What the clinic is called among the sources.",
    "clinicDigest": "SHA-256 of what is printed of the clinic, its first 12 digits.",
    "stamp": "All of the stamp, as JSON.",
}
"""What a document says under our own names, and what each of them means."""


def _extension(
    uri: str, prefix: str, schema: str, properties: Mapping[str, tuple[str, str]]
) -> str:
    """What PDF/A wants to be told of names that it does not know (ISO 19005-2, 6.6.2.3)."""
    rows = "".join(
        '<rdf:li rdf:parseType="Resource">'
        f"<pdfaProperty:name>{name}</pdfaProperty:name>"
        f"<pdfaProperty:valueType>{kind}</pdfaProperty:valueType>"
        "<pdfaProperty:category>internal</pdfaProperty:category>"
        f"<pdfaProperty:description>{escape(meaning)}</pdfaProperty:description></rdf:li>"
        for name, (kind, meaning) in properties.items()
    )
    return (
        f'<rdf:li rdf:parseType="Resource"><pdfaSchema:schema>{schema}</pdfaSchema:schema>'
        f"<pdfaSchema:namespaceURI>{uri}</pdfaSchema:namespaceURI>"
        f"<pdfaSchema:prefix>{prefix}</pdfaSchema:prefix>"
        f"<pdfaSchema:property><rdf:Seq>{rows}</rdf:Seq></pdfaSchema:property></rdf:li>"
    )


_EXTENSIONS = (
    f'<rdf:Description xmlns:rdf="{RDF}" '
    'xmlns:pdfaExtension="http://www.aiim.org/pdfa/ns/extension/" '
    'xmlns:pdfaSchema="http://www.aiim.org/pdfa/ns/schema#" '
    'xmlns:pdfaProperty="http://www.aiim.org/pdfa/ns/property#" rdf:about="">'
    "<pdfaExtension:schemas><rdf:Bag>"
    + _extension(UA, "pdfuaid", "PDF/UA identification", {"part": ("Integer", "Part of PDF/UA.")})
    + _extension(
        *(NAMESPACE, "leafdeck", "Stamp of a health education module"),
        {name: ("Text", meaning) for name, meaning in MEANINGS.items()},
    )
    + "</rdf:Bag></pdfaExtension:schemas></rdf:Description>"
)


def read_stamp(data: bytes) -> Found:
    """The stamp that a PDF carries, and whether the file is as it was written.

    Where the two places that hold the stamp differ, the file was not written like this: it is not
    untouched, and what the information dictionary says is given.
    """
    try:
        with pikepdf.open(io.BytesIO(data)) as pdf:
            stamps = _stamp_in(_from_info(pdf)), _stamp_in(_from_xmp(pdf))
            clinic, *details = (_from_info(pdf, f"Clinic{name}") for name in ("", "Id", "Digest"))
    except Exception:  # noqa: BLE001 - the bytes may be anybody's, and broken in any way
        return Found(None, untouched=False)
    whole = stamps[0] == stamps[1] is not None and is_whole(data, SEAL)
    return Found(stamps[0] or stamps[1], whole, clinic=clinic, details=(details[0], details[1]))


def _stamp_in(line: str) -> Stamp | None:
    try:
        return Stamp.from_json(line)
    except ValueError:
        return None


def _from_info(pdf: pikepdf.Pdf, name: str = "Stamp") -> str:
    info = pdf.trailer.get("/Info")
    value = info.get(f"/Leafdeck{name}") if isinstance(info, pikepdf.Dictionary) else None
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
