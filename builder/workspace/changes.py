"""Which entries of a log no longer hold."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator

from builder.problems import Rejected
from builder.workspace.fingerprints import Fingerprints
from builder.workspace.folder import Folder
from builder.workspace.notes import LISTING, THERE, UNSURE, Log

FolderOf = Callable[[str], Folder]
"""The folder that the file or folder with a label is looked at through."""
Change = tuple[str | None, str | None]
"""What was noted, and what is seen now."""


def changed(log: Log, folder_of: FolderOf, fingerprints: Fingerprints) -> dict[str, Change]:
    """The entries of a log that no longer hold, or cannot be relied upon.

    Args:
        log: what was seen, by label.
        folder_of: names the folder that a label was seen through, and must not lead out of.
        fingerprints: spare the reading.
    """
    pairs = (
        (label, seen, _seen(label, seen, folder_of, fingerprints)) for label, seen in log.items()
    )
    return {label: (old, new) for label, old, new in pairs if old != new or UNSURE in (old, new)}


def looked_at(log: Iterable[str], folder_of: FolderOf) -> Iterator[str]:
    """The paths that tell whether a log still holds: its own, and the folders on the way to each.

    A folder on the way may be replaced by a link, and all in it look as before. What cannot be
    reached is left out; `changed` names it every time.
    """
    for label in log:
        try:
            folder, path = _found(label, folder_of)
        except Rejected:
            continue
        root = str(folder.root)
        yield f"{root}/{path}" if path else root
        yield from _on_the_way(root, path)


def _found(label: str, folder_of: FolderOf) -> tuple[Folder, str]:
    """The folder that a label was seen through, and the path in it; empty for the folder itself."""
    folder = folder_of(label)
    within = f"{folder.name}/" if folder.name else ""
    return folder, label.removeprefix(within).removesuffix(LISTING)


def _on_the_way(root: str, path: str) -> Iterator[str]:
    """The folders between a folder and what is in it, that folder left out."""
    while "/" in path:
        path = path.rpartition("/")[0]
        yield f"{root}/{path}"


def _seen(label: str, old: str | None, folder_of: FolderOf, known: Fingerprints) -> str | None:
    """What a folder would note now of something that it noted before."""
    if old == UNSURE:
        return UNSURE
    try:
        folder, path = _found(label, folder_of)
    except Rejected:
        return UNSURE
    root = str(folder.root)
    itself = f"{root}/{path}" if path else root
    if {".", ".."}.isdisjoint(path.split("/")) and all(
        map(known.is_sure, (itself, *_on_the_way(root, path)))
    ):
        return _as_noted(known.digest(itself), old, is_listing=label.endswith(LISTING))
    return _through(folder.apart(), path, label, old)


def _as_noted(digest: str | None, old: str | None, *, is_listing: bool) -> str | None:
    """A digest as a folder notes it that was asked in the same way as before."""
    listed = digest is not None and digest.startswith(LISTING)
    if digest in (None, UNSURE) or listed is is_listing:
        return THERE if old == THERE and digest not in (None, UNSURE) else digest
    return None if listed and old in (None, THERE) else UNSURE


def _through(folder: Folder, path: str, label: str, old: str | None) -> str | None:
    """What a folder notes, with all its rules."""
    try:
        if label.endswith(LISTING):
            folder.files(path)
        elif old in (None, THERE):
            folder.has(path)
        else:
            folder.read(path)
    except Rejected:
        pass
    return folder.log.get(label, UNSURE)
