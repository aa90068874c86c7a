"""What a user asks of a build."""

from __future__ import annotations

import datetime
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path

from builder.build.cache import Cache
from builder.build.executors import Executor, here
from builder.build.making.make import Result
from builder.build.planning.plan import Job
from builder.build.publishing.idle import Seen
from builder.settings import Settings
from builder.workspace import Folder

Progress = Callable[[Job, Result], None]


@dataclass(frozen=True, slots=True)
class Request:
    """What a user asked for."""

    project: Folder
    settings: Settings
    day: datetime.date
    output: Path
    names: frozenset[str] = field(default_factory=frozenset)
    """The modules to build; all where it is empty."""
    changed: frozenset[str] | None = None
    """The modules that were changed: these are built, and those that name them; None for all."""
    clinics: frozenset[str] = field(default_factory=frozenset)
    """The clinics to build for, and no other; those of the settings where it is empty."""
    kinds: frozenset[str] = field(default_factory=frozenset)
    """The kinds of artifacts to build, and no other; all where it is empty."""
    executor: Callable[[], Executor] = here
    """Where the work is done."""
    cache: Cache | None = None
    seen: Seen | None = None
    """What a glance just showed of what the last build noted."""
    asked: str = ""
    """All that was asked for, in a form that another build compares; empty where it is not said."""
    started: Callable[[int], None] = lambda total: None
    """Told how many artifacts there are to make."""
    progress: Progress = lambda job, result: None
    """Told of each as it is done."""
