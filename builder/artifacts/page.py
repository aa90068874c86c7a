"""The page: the module's own web page, and its tombstone once the module is withdrawn.

The template writes what people see; what programs read is added here, so that no theme can forget it.
"""

from __future__ import annotations

import json
import re
from html import escape
from html.parser import HTMLParser

from builder import __version__
from builder.artifacts import Found, Made, Order
from builder.artifacts.seal import BLANK, is_whole, seal
from builder.module.model import Facts
from builder.module.stamp import Stamp
from builder.module.values import Kind, Role
from builder.problems import Place, Problem, Rejected

START = "<!doctype html>"
END_OF_HEAD = "</head>"
SEAL = re.compile(rb'<meta name="leafdeck-seal" content="([0-9a-f]{64})">')
UNSEEN = ("head", "script", "style", "template")
"""Elements whose text nobody sees."""


def make(order: Order) -> Made:
    """The page as an HTML file.

    Raises:
        Rejected: the template's HTML has no head, or lacks part of the stamp.
    """
    place = Place(order.theme.label)
    html = order.html.lstrip()
    if not html.startswith(START) or END_OF_HEAD not in html:
        message = f"The page must start with {START} and hold {END_OF_HEAD}."
        raise Rejected(Problem("template-error", message, place))
    whole = html.replace(END_OF_HEAD, _metadata(order) + END_OF_HEAD, 1)
    data = seal(whole.encode(), SEAL)
    missing = [line for line in _visible(order.stamp) if not _shows(_read(data).text, line)]
    if missing:
        message = f"The page does not show “{missing[0]}”."
        raise Rejected(Problem("stamp-differs", message, place))
    if read_stamp(data) != Found(order.stamp, untouched=True):
        message = "The page, read back, does not carry the stamp that it was given."
        raise Rejected(Problem("stamp-differs", message, place))
    return Made(data)


def read_stamp(data: bytes) -> Found:
    """The stamp that a page carries, and whether the page is as it was written."""
    try:
        stamp = Stamp.from_json(_read(data).metadata["leafdeck-stamp"])
    except (KeyError, ValueError, AssertionError):
        return Found(None, untouched=False)
    return Found(stamp, is_whole(data, SEAL))


def _visible(stamp: Stamp) -> tuple[str, ...]:
    """What of the stamp a reader of the page must see."""
    return (
        stamp.title,
        f"{stamp.module}, version {stamp.version}",
        stamp.date(stamp.published),
        stamp.date(stamp.expires),
        *stamp.declaration,
    )


def _shows(text: str, line: str) -> bool:
    return "".join(line.split()) in text


def _metadata(order: Order) -> str:
    stamp, facts = order.stamp, order.module.facts
    named = {
        "generator": f"Leafdeck {__version__}",
        "description": facts.summary,
        "dcterms.identifier": stamp.module,
        "dcterms.hasVersion": stamp.version,
        "dcterms.publisher": stamp.publisher,
        "dcterms.language": stamp.language,
        "dcterms.issued": stamp.published.isoformat(),
        "dcterms.modified": (stamp.updated or stamp.published).isoformat(),
        "dcterms.valid": f"end={stamp.expires.isoformat()}",
        "leafdeck-status": str(stamp.status),
        "leafdeck-stamp": stamp.to_json(),
        "leafdeck-seal": BLANK,
    }
    lines = [f'<meta name="{name}" content="{escape(value)}">' for name, value in named.items()]
    linked = json.dumps(_linked_data(stamp, facts), ensure_ascii=False, sort_keys=True)
    lines.append(f'<script type="application/ld+json">{_inert(linked)}</script>')
    return "\n".join((*lines, ""))


def _inert(script: str) -> str:
    """JSON that cannot end the element that it stands in."""
    return script.replace("<", "\\u003c").replace(">", "\\u003e").replace("&", "\\u0026")


def _linked_data(stamp: Stamp, facts: Facts) -> dict[str, object]:
    """The page in the words of schema.org."""
    kind = "LearningResource" if facts.kind is Kind.E_LEARNING else "MedicalWebPage"
    values: dict[str, object] = {
        "@context": "https://schema.org",
        "@type": kind,
        "name": stamp.title,
        "description": facts.summary,
        "identifier": stamp.module,
        "version": stamp.version,
        "inLanguage": stamp.language,
        "datePublished": stamp.published.isoformat(),
        "dateModified": (stamp.updated or stamp.published).isoformat(),
        "expires": stamp.expires.isoformat(),
        "audience": {"@type": "Audience", "audienceType": facts.audience},
        "author": _people(facts, Role.AUTHOR),
        "publisher": {"@type": "Organization", "name": stamp.publisher},
    }
    if stamp.reviewed and kind == "MedicalWebPage":
        values["lastReviewed"] = stamp.reviewed.isoformat()
    return values


def _people(facts: Facts, role: Role) -> list[dict[str, str]]:
    return [
        {"@type": "Person", "name": person.name} for person in facts.people if role in person.roles
    ]


class _Reader(HTMLParser):
    """The metadata and the visible text of a page; of two metadata of one name, the first."""

    def __init__(self) -> None:
        super().__init__()
        self.metadata: dict[str, str] = {}
        self.text = ""
        self._unseen: list[str] = []
        self._parts: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        values = dict(attrs)
        if tag in UNSEEN:
            self._unseen.append(tag)
        elif tag == "meta" and values.get("name"):
            self.metadata.setdefault(str(values["name"]), values.get("content") or "")

    def handle_endtag(self, tag: str) -> None:
        if tag in self._unseen:
            self._unseen.remove(tag)

    def handle_data(self, data: str) -> None:
        if not self._unseen:
            self._parts.append(data)

    def close(self) -> None:
        super().close()
        self.text = "".join("".join(self._parts).split())


def _read(data: bytes) -> _Reader:
    reader = _Reader()
    reader.feed(data.decode("utf-8", "replace"))
    reader.close()
    return reader
