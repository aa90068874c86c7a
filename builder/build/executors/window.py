"""Which job next: the longest of those whose turn comes soon."""

from __future__ import annotations

from bisect import insort
from collections.abc import Sequence


class Window:
    """The jobs that may be begun, by their numbers in the plan.

    Longest first keeps all workers busy up to the end. Only jobs near the one whose result is owed
    next may be begun, so that the results that wait for their turn stay few.
    """

    def __init__(self, costs: Sequence[float], size: int) -> None:
        self._costs = [max(0.0, cost) for cost in costs]
        self._size = size
        self._seen = 0
        self._todo: list[tuple[float, int]] = []
        self._load = 0.0
        self.slide(0)

    def __len__(self) -> int:
        return len(self._todo)

    def slide(self, turn: int) -> None:
        """Let further jobs in, now that the result of job `turn` is owed."""
        end = min(turn + self._size, len(self._costs))
        for number in range(self._seen, end):
            self.put(number)
        self._seen = max(self._seen, end)

    def put(self, number: int) -> None:
        """Let one job in, or in again."""
        insort(self._todo, (self._costs[number], -number))
        self._load += self._costs[number]

    def longest(self) -> int:
        """Take out the longest job; of several, the one that comes first in the plan."""
        cost, number = self._todo.pop()
        self._load -= cost
        return -number

    def can_wait(self, doing: int, workers: int) -> bool:
        """Whether the longest job may wait for a worker that does another one.

        So it may as long as there is enough for the others until that worker has done both: no job
        may wait for one worker while another is idle.
        """
        if len(self) <= workers:
            return False
        longest = self._todo[-1][0]
        return self._load - longest >= (self._costs[doing] + longest) * workers
