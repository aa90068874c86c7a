"""What the tests of the cache share."""

from __future__ import annotations

import os
from pathlib import Path

from builder.build.cache import Cache
from builder.build.cache.entries import place_of

KEY, OTHER = "ab" * 32, "cd" * 32
DATA = b"\x00\xff\n bytes of an artifact\n" * 50


def codes(cache: Cache) -> list[str]:
    return [problem.code for problem in cache.problems()]


def path_of(cache: Cache, key: str = KEY, room: str = "artifacts") -> Path:
    return Path(cache.address) / place_of(room, key)


def aged(path: Path, days: int) -> None:
    moment = path.stat().st_mtime - days * 86400
    os.utime(path, (moment, moment))
