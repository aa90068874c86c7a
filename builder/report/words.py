"""Problems and builds -> words, one line each."""

from __future__ import annotations

import contextlib
from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from typing import TYPE_CHECKING, Any

from builder.problems import Problem, Severity
from builder.report.terminal import console, is_terminal, put

if TYPE_CHECKING:
    from builder.build.making.make import Result
    from builder.build.outcome import Outcome
    from builder.build.planning.plan import Job

KEEP = "Name papers and clinics in leafdeck.toml to keep what was asked for on the command line."
COLOURS = {Severity.ERROR: "bold red", Severity.WARNING: "yellow", Severity.NOTE: "cyan"}


def print_problems(problems: Iterable[Problem]) -> None:
    """Each problem on a line of its own that an editor can jump to, its hint below."""
    for problem in problems:
        place = f"{problem.place}: " if problem.place.path else ""
        severity = (str(problem.severity), COLOURS[problem.severity])
        put(place, severity, f" [{problem.code}] {problem.message}", error=True)
        if problem.hint:
            put((f"    {problem.hint}", "dim"), error=True)


def print_summary(words: str, problems: Iterable[Problem]) -> None:
    """One closing line: what was done, and how many problems there were."""
    found = Counter(problem.severity for problem in problems)
    counts = [count(found[each], each) for each in (Severity.ERROR, Severity.WARNING)]
    if found[Severity.NOTE]:
        counts.append(count(found[Severity.NOTE], "note"))
    put(f"{words} {', '.join(counts)}.")


def print_outcome(outcome: Outcome, output: str, *, explains: bool = False) -> None:
    """What a build found and did; its notes are only counted, `check` lists them.

    Args:
        outcome: what it found and did.
        output: the output folder, as it is shown.
        explains: whether to say why a file was removed.
    """
    print_problems(each for each in outcome.problems if each.severity is not Severity.NOTE)
    reasons = {each.file: each.reasons for each in outcome.planned if each.removed and explains}
    for file in outcome.removed:
        put(f"removed {output}/{file}")
        for reason in reasons.get(file, ()):
            put((f"    {reason}", "dim"))
    if outcome.unasked:
        put(KEEP)
    print_built(outcome, output)


def print_built(outcome: Outcome, output: str) -> None:
    """One closing line: how many files a build made, and how many problems it found."""
    kept = f"; {count(outcome.unchanged, 'file')} unchanged" if outcome.unchanged else ""
    taken = f", {outcome.taken} from the cache" if outcome.taken else ""
    built = f"Built {count(len(outcome.built), 'file')} in {output}/{taken}{kept}."
    print_summary(built, outcome.problems)


@contextlib.contextmanager
def progress(output: str, quiet: bool) -> Iterator[tuple[Callable[[int], None], Any]]:
    """A bar on a terminal, a line for each file elsewhere; two functions for `build` to call.

    Args:
        output: the output folder, as it is shown.
        quiet: whether nothing is shown at all.
    """
    if quiet:
        yield (lambda total: None), (lambda job, result: None)
    elif not is_terminal():
        yield (lambda total: None), (lambda job, result: _print_made(job, result, output))
    else:
        with contextlib.ExitStack() as shown:
            bar = _Bar(shown)
            yield bar.start, bar.advance


class _Bar:
    """A bar that is drawn as soon as there is anything to make."""

    def __init__(self, shown: contextlib.ExitStack) -> None:
        self._shown = shown
        self._show: Callable[[str], None] = lambda file: None

    def start(self, total: int) -> None:
        """Draw it, for so many files."""
        if not total:
            return
        from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn

        columns = (TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn())
        bar = self._shown.enter_context(Progress(*columns, console=console(), transient=True))
        task = bar.add_task("Building", total=total)
        self._show = lambda file: bar.update(task, advance=1, description=file)

    def advance(self, job: Job, result: Result) -> None:
        """One file more is done."""
        self._show(job.target)


def _print_made(job: Job, result: Result, output: str) -> None:
    if not result.unchanged:
        done = "took" if result.fetched else "made"
        put(f"{'failed' if result.data is None else done} {output}/{job.target}")


def count(number: int, noun: str) -> str:
    """A number and its noun, as in 2 files."""
    return f"{number} {noun}" if number == 1 else f"{number} {noun}s"
