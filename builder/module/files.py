"""What lies in a module's folder: files that look like a part of it but that nothing reads."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator
from difflib import get_close_matches
from pathlib import PurePosixPath

from builder.fields import nearest
from builder.problems import Place, Problems, Rejected
from builder.workspace import Folder

KINDS = frozenset((".md", ".markdown", ".txt", ".yml", ".yaml", ".bib"))
"""What the files that are read end with, or might by a slip."""
PICTURES = frozenset((".png", ".jpg", ".jpeg"))
_OTHERS = re.compile(
    r"readme\.\w+|test\.yaml|(leaflet|slides)\.[a-z]{2,3}(-\w+)*\.md", re.IGNORECASE
)
"""For people, for a lay reading, and translations."""


def check_files(folder: Folder, known: Collection[str], problems: Problems) -> None:
    """Report files of a module's folder that are not read; other kinds than `KINDS` are left alone.

    Args:
        folder: the module's folder.
        known: the names of the files that are read where they are there.
        problems: filled on the way.
    """
    try:
        names = folder.files()
    except Rejected as rejected:
        problems.extend(rejected.problems)
        return
    free = [name for name in known if name not in names]
    for name in names:
        if _suffix(name) in KINDS and name not in known and not _OTHERS.fullmatch(name):
            hint = nearest(name.lower(), free) or f"Read here: {', '.join(known)}."
            problems.add("file-unused", f"{name} is not read.", Place(folder.label(name)), hint)


def nearest_picture(folder: Folder, path: str) -> str:
    """A "did you mean" for a picture that is not there; empty where none is near."""
    try:
        pictures = list(_pictures(folder))
    except Rejected:
        return ""
    name = PurePosixPath(path).name.casefold()
    alike = [each for each in pictures if PurePosixPath(each).name.casefold() == name]
    found = {each.casefold(): each for each in pictures}
    near = alike or [found[each] for each in get_close_matches(path.casefold(), found, 1)]
    return f"Did you mean “{near[0]}”?" if near else ""


def _pictures(folder: Folder) -> Iterator[str]:
    for parent in ("", *folder.folders()):
        for name in folder.files(parent):
            if _suffix(name) in PICTURES:
                yield str(PurePosixPath(parent, name))


def _suffix(name: str) -> str:
    return PurePosixPath(name).suffix.lower()
