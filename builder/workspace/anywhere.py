"""Reading a file anywhere, which no folder of a project holds."""

from __future__ import annotations

from pathlib import Path

from builder.problems import Place, Rejected
from builder.workspace.folder import FILE_LIMIT, Folder


def read_any(path: Path, limit: int = FILE_LIMIT) -> bytes:
    """The bytes of a file anywhere, named by the user on the command line.

    Args:
        path: the file.
        limit: bytes that it may have.

    Raises:
        Rejected: it is missing, unreadable or too large.
    """
    real = path.resolve()
    try:
        return Folder(real.parent, "").read(real.name, limit)
    except Rejected as rejected:
        raise Rejected(*(each.at(Place(str(path))) for each in rejected.problems)) from None
