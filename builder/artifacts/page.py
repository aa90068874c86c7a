"""The page: the module's own web page, and its tombstone once the module is withdrawn.

The template writes what people see; what programs read is added here, so that no theme can
forget it.
"""

from __future__ import annotations

import json
import re
from html import escape, unescape
from html.parser import HTMLParser

from builder import __version__
from builder.artifacts import Found, Made, Order
from builder.artifacts.isolation import isolated
from builder.artifacts.seal import BLANK, is_whole, seal
from builder.module.model import Facts
from builder.module.stamp import Stamp
from builder.module.values import Kind, Role
from builder.module.words import bare
from builder.problems import Place, Problem, Rejected

START = "<!doctype html>"
END_OF_HEAD = "</head>"
STAMP = re.compile(rb'<meta name="leafdeck-stamp" content="([^"]*)">')
SEAL = re.compile(rb'<meta name="leafdeck-seal" content="([0-9a-f]{64})">')
RIGHT_TO_LEFT = re.compile(r"""\bdir=["']?rtl""", re.IGNORECASE)
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
    if RIGHT_TO_LEFT.search(html):
        html = isolated(html)
    whole = html.replace(END_OF_HEAD, _metadata(order) + END_OF_HEAD, 1)
    data = seal(whole.encode(), SEAL)
    if missing := _not_shown(html, order.stamp):
        message = f"The page does not show “{missing[0]}”."
        raise Rejected(Problem("stamp-differs", message, place))
    if read_stamp(data) != Found(order.stamp, untouched=True):
        message = "The page, read back, does not carry the stamp that it was given."
        raise Rejected(Problem("stamp-differs", message, place))
    return Made(data)


def read_stamp(data: bytes) -> Found:
    """The stamp that a page carries, and whether the page is as it was written."""
    found = STAMP.search(data)
    try:
        stamp = Stamp.from_json(unescape(found[1].decode()) if found else "")
    except ValueError:
        return Found(None, untouched=False)
    return Found(stamp, is_whole(data, SEAL))


def _not_shown(html: str, stamp: Stamp) -> list[str]:
    """What of the stamp a reader of the page must see, and does not."""
    reader = _Reader()
    reader.feed(html)
    reader.close()
    lines = (
        stamp.title,
        stamp.code,
        stamp.date(stamp.published),
        stamp.date(stamp.expires),
        *stamp.declaration,
    )
    shown = bare(reader.text)
    return [line for line in lines if bare(line) not in shown]


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
    """The text of a page that people see, without white space."""

    def __init__(self) -> None:
        super().__init__()
        self.text = ""
        self._unseen: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag in UNSEEN:
            self._unseen.append(tag)

    def handle_endtag(self, tag: str) -> None:
        if tag in self._unseen:
            self._unseen.remove(tag)

    def handle_data(self, data: str) -> None:
        if not self._unseen:
            self.text += "".join(data.split())
