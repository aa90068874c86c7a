"""What a Dask worker loads to be on another machine: nothing in a folder is there for it."""

from __future__ import annotations

import os
import sys

HIDDEN = os.environ["LEAFDECK_HIDDEN"]
LOOKS = ("open", "os.listdir", "os.scandir")
"""What Python tells before it does it."""


def _look(event: str, given: tuple[object, ...]) -> None:
    if event in LOOKS and isinstance(given[0], str | bytes):
        path = os.path.normpath(os.fsdecode(given[0]))
        if path.startswith(HIDDEN):
            raise FileNotFoundError(f"{HIDDEN} is on another machine")


sys.addaudithook(_look)
