"""What `leafdeck new` writes: a module that builds at once, to be filled in."""

from __future__ import annotations

import datetime
from pathlib import Path
from string import Template

from builder.module.schema import schema_text
from builder.workspace import write_atomic

FILES = ("module.yaml", "slides.md", "leaflet.md")
SCHEMA = "module.schema.json"
PLACEHOLDERS: dict[tuple[str | int, ...], str] = {
    ("summary",): "What this module is about, in one or two sentences.",
    ("audience",): "Who it is for.",
    ("people", 0, "name"): "Your name",
    ("publisher", "name"): "Your organisation",
    ("contact", "name"): "The team to call",
    ("contact", "phone"): "000 000 0000",
    ("feedback", "email"): "feedback@example.org",
}
"""What `module.yaml` holds for an author to replace; a module is not published with it."""
STOCK = (
    "The one thing to remember.",
    "What to do next.",
    "Write short sentences. Speak to the reader as “you”.",
    "Say whom to call, and when.",
    "One idea for each slide",
    "A heading with two hashes starts a slide.",
    "A heading with one hash starts a part.",
    "What does not fit goes on to the next slide.",
    "What you want to say while this slide is shown.",
    "First this",
    "Then that",
)
"""What the texts hold for an author to replace."""


def write_skeleton(project: Path, name: str, day: datetime.date) -> tuple[str, ...]:
    """Write a new module's files, and the schema beside the modules where it is missing.

    Args:
        project: the project's folder.
        name: the module's folder under `sources/`.
        day: the day that it is published on.

    Returns:
        The files written, as paths in the project; none where the folder exists already.

    Raises:
        Rejected: the project cannot be written.
    """
    sources = project / "sources"
    if (sources / name).exists():
        return ()
    values = {"id": name.upper()[:24].rstrip("-"), "title": _title(name), "day": day.isoformat()}
    contents = {f"{name}/{file}": _filled(file, values) for file in FILES}
    if not (sources / SCHEMA).exists():
        contents[SCHEMA] = schema_text()
    for file, text in contents.items():
        write_atomic(sources / file, text.encode())
    return tuple(f"sources/{file}" for file in contents)


def _title(name: str) -> str:
    words = name.replace("-", " ")
    return words[0].upper() + words[1:]


def _filled(file: str, values: dict[str, str]) -> str:
    template = (Path(__file__).parent / file).read_text(encoding="utf-8")
    return Template(template).substitute(values)
