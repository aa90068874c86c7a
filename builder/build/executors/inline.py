"""Jobs done in this process, one after the other; their limits do not hold here."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from typing import Self, TypeVar

from builder.build.executors.worker import words_of

Job = TypeVar("Job")
Result = TypeVar("Result")


class Inline:
    """An `Executor` without processes, for a few jobs that are no danger."""

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *error: object) -> None:
        self.close()

    def close(self) -> None:
        """Nothing is kept, so nothing is ended."""

    def run(
        self,
        work: Callable[[Job], Result],
        jobs: Sequence[Job],
        *,
        cost: Callable[[Job], float],
        lost: Callable[[Job, str], Result],
    ) -> Iterator[tuple[Job, Result]]:
        """Do every job when its turn comes; see `Executor`."""
        for job in jobs:
            try:
                result = work(job)
            except Exception as error:  # noqa: BLE001 - a fault must not stop the other jobs
                result = lost(job, words_of(error))
            yield job, result
