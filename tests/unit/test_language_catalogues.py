"""The catalogues: every message is translated, and none is left that nobody prints."""

from __future__ import annotations

import io
import re
from functools import cache

import pytest
from babel.messages.catalog import Catalog, Message
from babel.messages.pofile import read_po

from builder.module.words import FOLDER
from tests.catalogues import messages, updated

PLACE = re.compile(r"%\((\w+)\)s")
LANGUAGES = sorted(path.stem for path in FOLDER.glob("*.po"))
Key = tuple[str, str | tuple[str, ...]]
"""Context and message."""


@cache
def template() -> Catalog:
    return messages()


@cache
def catalogue(language: str) -> Catalog:
    return read_po(io.BytesIO((FOLDER / f"{language}.po").read_bytes()), locale=language)


def keyed(catalog: Catalog) -> dict[Key, Message]:
    return {(message.context or "", message.id): message for message in catalog if message.id}


def forms(message: Message) -> tuple[str, ...]:
    return (message.string,) if isinstance(message.string, str) else tuple(message.string)


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_message_is_translated_and_none_is_left_over(language: str) -> None:
    """`make catalogues` brings new messages in and takes old ones out."""
    wanted, found = keyed(template()), keyed(catalogue(language))
    assert sorted(map(str, wanted.keys() - found.keys())) == []
    assert sorted(map(str, found.keys() - wanted.keys())) == []
    assert [key for key, each in found.items() if not all(forms(each))] == []
    assert not any(each.fuzzy for each in found.values())
    assert not catalogue(language).obsolete


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_translation_has_the_places_of_its_message(language: str) -> None:
    """No place is lost or misspelt; the form for one or two may leave the number out."""
    wrong = []
    for (_, message), each in keyed(catalogue(language)).items():
        counted = not isinstance(message, str)
        wanted = sorted(PLACE.findall(message[1] if counted else message))
        for form in forms(each):
            found = sorted(PLACE.findall(form))
            if found != wanted and not (counted and sorted([*found, "num"]) == wanted):
                wrong.append((message, form))
            if "%" in PLACE.sub("", form.replace("%%", "")):
                wrong.append((message, form))
    assert wrong == []


@pytest.mark.parametrize("language", LANGUAGES)
def test_there_are_as_many_plural_forms_as_the_language_has(language: str) -> None:
    found = catalogue(language)
    counts = {len(forms(each)) for each in found if isinstance(each.id, tuple | list)}
    assert counts == {found.num_plurals}
    assert found.num_plurals == {"ar": 6, "zh": 1}.get(language, 2)


TYPOGRAPHY = {
    "de": (r"“[^“]*”|\"", "German quotation marks are „…“."),
    "es": (r"“|”|\"", "Spanish quotation marks are «…»."),
    "fr": (
        r"“|”|\"|'| [:;?!»]|« |[^\u00a0][:;?!»](?!/)",
        "French has hard spaces, «\u00a0…\u00a0» and ’.",
    ),
    "ar": (r"[٠-٩]|,|;|\?|[\u200e\u200f\u2066-\u2069]", "Latin digits, ، ؛ ؟ and no marks."),
    "zh": (r"[\u3400-\u9fff] ?[,.;:?!()]", "Chinese punctuation is full-width."),
}


@pytest.mark.parametrize("language", LANGUAGES)
def test_typography(language: str) -> None:
    pattern, rule = TYPOGRAPHY[language]
    texts = (
        PLACE.sub("A", form) for each in keyed(catalogue(language)).values() for form in forms(each)
    )
    assert [text for text in texts if re.search(pattern, text)] == [], rule


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_catalogue_says_whether_it_was_reviewed(language: str) -> None:
    head = (FOLDER / f"{language}.po").read_text("utf-8").partition("\nmsgid")[0]
    assert re.search(r"^# STATUS: ", head, re.MULTILINE)


@pytest.mark.parametrize("language", LANGUAGES)
def test_catalogues_are_as_make_catalogues_writes_them(language: str) -> None:
    data = (FOLDER / f"{language}.po").read_bytes()
    assert updated(data, language, template()) == data


def test_bringing_a_catalogue_up_to_date() -> None:
    """What stays keeps its translation, what is new waits for one, what is gone goes."""
    head = b'# Mine\nmsgid ""\nmsgstr ""\n"Language: es\\n"\n\n'
    old = head + b'msgid "Gone"\nmsgstr "Ido"\n\nmsgid "Stays"\nmsgstr "Queda"\n\n'
    now = Catalog()
    now.add("Stays")
    now.add("New")
    expected = head + b'msgid "New"\nmsgstr ""\n\nmsgid "Stays"\nmsgstr "Queda"\n\n'
    assert updated(old, "es", now) == expected
