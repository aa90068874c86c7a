"""The messages of our code and templates, and the catalogues brought up to date with them.

`make catalogues` runs this: new messages come in with an empty translation, changed ones go, and
what was translated stays. `tests/unit/test_catalogues.py` then says what is left to translate.
"""

from __future__ import annotations

import io
from collections.abc import Iterator

from babel.messages.catalog import Catalog
from babel.messages.extract import DEFAULT_KEYWORDS, extract_from_dir
from babel.messages.pofile import read_po, write_po
from jinja2.ext import babel_extract

from builder.module.lifecycle import Status
from builder.module.prose.containers import CALLOUTS
from builder.module.stamp import STATUS_WORDS
from builder.module.values import Nature, Role
from builder.module.words import FOLDER
from tests.helpers import CHECKOUT

KEYWORDS = {**DEFAULT_KEYWORDS, "say": None}
TEMPLATES = ("themes/clinic", [("**.j2", babel_extract)], {"**.j2": {"trim_blocks": "true"}})
CODE = ("builder", [("**.py", "python")], {})
TABLES = {
    "role": tuple(Role),
    "nature": tuple(Nature),
    "status": tuple(STATUS_WORDS[each] for each in Status),
    "box": tuple(CALLOUTS.values()),
}
"""Words that are looked up by what a module says: by context."""


def messages() -> Catalog:
    """Every message that we print, in English."""
    found = Catalog(project="Leafdeck", charset="utf-8")
    for message, context, comments in _written():
        found.add(message, context=context, auto_comments=comments)
    for context, words in TABLES.items():
        for word in words:
            found.add(str(word), context=context)
    return found


def _written() -> Iterator[tuple[str | tuple[str, ...], str | None, list[str]]]:
    for folder, methods, options in (CODE, TEMPLATES):
        where = CHECKOUT / folder
        for _, _, message, comments, context in extract_from_dir(
            where, methods, options, KEYWORDS, ("Note:",), strip_comment_tags=True
        ):
            yield message, context, comments


def updated(data: bytes, language: str, template: Catalog) -> bytes:
    """A catalogue with the messages that there are now, in their order; nothing is guessed."""
    old = read_po(io.BytesIO(data), locale=language)
    new = Catalog(locale=language, charset="utf-8", fuzzy=False)
    for message in template:
        if message.id:
            known = old.get(message.id, message.context)
            new.add(
                message.id,
                known.string if known else None,
                context=message.context,
                auto_comments=message.auto_comments,
                user_comments=known.user_comments if known else (),
            )
    out = io.BytesIO()
    write_po(out, new, no_location=True, omit_header=True, sort_output=True, width=100)
    head, _, _ = data.partition(b"\n\n")
    return head + b"\n\n" + out.getvalue().lstrip()


def update() -> None:
    """Bring all catalogues up to date."""
    template = messages()
    for path in sorted(FOLDER.glob("*.po")):
        path.write_bytes(updated(path.read_bytes(), path.stem, template))


if __name__ == "__main__":
    update()
