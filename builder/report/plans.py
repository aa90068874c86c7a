"""What a build would do, whether there is anything to do, and why -> words and values."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING, Any

from builder.report.terminal import put
from builder.report.words import count

if TYPE_CHECKING:
    from builder.build.outcome import Outcome, Planned


def print_explained(planned: Iterable[Planned], output: str, word: str = "") -> None:
    """Each file with the reasons for what is done with it, below it.

    Args:
        planned: the files.
        output: the output folder, as it is shown.
        word: what stands before each file.
    """
    for each in planned:
        put(f"{word}{output}/{each.file}")
        for reason in each.reasons:
            put((f"    {reason}", "dim"))


def print_plan(outcome: Outcome, output: str, format_: str = "text") -> None:
    """What a build would make and remove, file by file, and why; how much would stay.

    Args:
        outcome: of a build that only planned.
        output: the output folder, as it is shown.
        format_: `github` gets the numbers alone, in which no file's name can be a command.
    """
    made, removed = _sorted_out(outcome)
    if format_ == "text":
        print_explained(made, output, "would make ")
        print_explained(removed, output, "would remove ")
    more = f", remove {len(removed)}" if removed else ""
    kept = f"; {count(outcome.unchanged, 'file')} unchanged" if outcome.unchanged else ""
    put(f"Would make {count(len(made), 'file')}{more}{kept}. Nothing was written.")


def print_compared(outcome: Outcome, output: str, format_: str = "text") -> None:
    """Whether the output folder is what the sources say; where it is not, what differs and why.

    Args:
        outcome: of a build that only compared.
        output: the output folder, as it is shown.
        format_: `github` makes one annotation of it.
    """
    if not outcome.planned:
        told = f"{output}/ is what the sources say"
        put(f"{told}, but for what has an error." if outcome.failed else f"{told}.")
        return
    made, removed = _sorted_out(outcome)
    counts = ((made, "to make"), (removed, "to remove"))
    differs = ", ".join(f"{count(len(rows), 'file')} {word}" for rows, word in counts if rows)
    told = f"{output}/ is not what the sources say: {differs}."
    if format_ == "github":
        put(f"::error title=output-stale::{told}")
    else:
        print_explained((*made, *removed), output)
        put(told)


def explained_values(planned: Iterable[Planned]) -> list[dict[str, Any]]:
    """Files with the reasons for what is done with them, as plain values."""
    return [
        {"file": each.file, "removed": each.removed, "reasons": each.reasons} for each in planned
    ]


def _sorted_out(outcome: Outcome) -> tuple[list[Planned], list[Planned]]:
    """What is to be made, and what is to be removed."""
    made = [each for each in outcome.planned if not each.removed]
    return made, [each for each in outcome.planned if each.removed]
