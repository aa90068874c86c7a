"""Reading a file anywhere, which no folder of a project holds."""

from __future__ import annotations

from pathlib import Path

from builder.problems import Place, Rejected
from builder.workspace.folder import Folder


def read_any(path: Path) -> bytes:
    """The bytes of a file anywhere, named by the user on the command line.

    Raises:
        Rejected: it is missing, unreadable or too large.
    """
    real = path.resolve()
    try:
        return Folder(real.parent, "").read(real.name)
    except Rejected as rejected:
        raise Rejected(*(each.at(Place(str(path))) for each in rejected.problems)) from None
