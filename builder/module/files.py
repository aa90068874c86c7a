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
DATA = frozenset((".csv",))
"""What the files of numbers end with, which charts name."""
PICTURES = frozenset((".png", ".jpg", ".jpeg", ".webp", ".avif", ".gif", ".bmp", ".tif", ".tiff"))
_OTHERS = re.compile(r"readme\.\w+|test\.yaml", re.IGNORECASE)
"""For people, and for a lay reading."""


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
    return _nearest(folder, path, PICTURES)


def nearest_data(folder: Folder, path: str) -> str:
    """A "did you mean" for a file of numbers that is not there; empty where none is near."""
    return _nearest(folder, path, DATA)


def check_data(folder: Folder, used: Collection[str], written: str, problems: Problems) -> None:
    """Report files of numbers that no chart shows.

    Args:
        folder: the module's folder.
        used: the paths of those that are shown.
        written: texts with errors: one may keep the chart that names a file from being read.
        problems: filled on the way.
    """
    try:
        found = list(_files(folder, DATA))
    except Rejected:  # which the check of the folder's files reports
        return
    meant = {nearest_data(folder, path) for path in used if path not in found}
    for path in found:
        if path not in used and path not in written and not any(f"“{path}”" in m for m in meant):
            hint = f"Name it in a chart, as in Data: {path}"
            problems.add("file-unused", f"{path} is not read.", Place(folder.label(path)), hint)


def _nearest(folder: Folder, path: str, kinds: Collection[str]) -> str:
    try:
        files = list(_files(folder, kinds))
    except Rejected:
        return ""
    name = PurePosixPath(path).name.casefold()
    alike = [each for each in files if PurePosixPath(each).name.casefold() == name]
    found = {each.casefold(): each for each in files}
    near = alike or [found[each] for each in get_close_matches(path.casefold(), found, 1)]
    return f"Did you mean “{near[0]}”?" if near else ""


def _files(folder: Folder, kinds: Collection[str]) -> Iterator[str]:
    for parent in ("", *folder.folders()):
        for name in folder.files(parent):
            if _suffix(name) in kinds:
                yield str(PurePosixPath(parent, name))


def _suffix(name: str) -> str:
    return PurePosixPath(name).suffix.lower()
