"""An executor that is made when the first work comes: a build may find nothing to do."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from typing import Self, TypeVar

from builder.build.executors import Executor

Job = TypeVar("Job")
Result = TypeVar("Result")


class Waiting:
    """Stands for another executor until that is needed."""

    def __init__(self, make: Callable[[], Executor]) -> None:
        self._make = make
        self._made: Executor | None = None

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *error: object) -> None:
        self.close()

    def close(self) -> None:
        """End what was begun."""
        if self._made:
            self._made.close()

    def run(
        self,
        work: Callable[[Job], Result],
        jobs: Sequence[Job],
        *,
        cost: Callable[[Job], float],
        lost: Callable[[Job, str], Result],
    ) -> Iterator[tuple[Job, Result]]:
        """Do every job; see `Executor`."""
        if not jobs:
            return
        if self._made is None:
            self._made = self._make()
        yield from self._made.run(work, jobs, cost=cost, lost=lost)
