"""The command `leafdeck`: where a plain `build` has nothing to do, it ends before anything loads.

The commands themselves are in `builder.cli`; those who build thousands of times a day should not
wait for them in vain.
"""

from __future__ import annotations

import os
import re
import sys
from pathlib import Path

from builder.build.publishing.idle import PLAIN, seen
from builder.workspace import today

OPTIONS = {
    "--project": re.compile(r"[^-].*"),
    "--output": re.compile(r"[^-].*"),
    "--today": re.compile(r"\d{4}-\d\d-\d\d"),
    "--jobs": re.compile(r"[1-9]\d?"),
}
"""What a plain build may be called with: where, for which day, and with how many workers."""


def main() -> None:
    """Run the command."""
    code = _idle(sys.argv[1:])
    if code is not None:
        raise SystemExit(code)
    from builder.cli import main as run

    run(prog_name="leafdeck")


def _idle(arguments: list[str]) -> int | None:
    """The exit code of a plain build that has nothing to do; None for anything else."""
    told = _told(arguments)
    if told is None:
        return None
    project = Path(told.get("--project", "."))
    output = Path(told["--output"]) if "--output" in told else project / "output"
    try:
        day = today(told.get("--today"), os.environ)
        glance = seen(project, output)
        outcome = glance.nothing_to_do(PLAIN, day) if glance else None
        if outcome is None:
            return None
        from builder.report import print_build

        print_build("text", outcome, str(output))
        sys.stdout.flush()
    except (OSError, ValueError, OverflowError):  # of which the command itself tells
        return None
    return 1 if outcome.failed else 0


def _told(arguments: list[str]) -> dict[str, str] | None:
    """The options of a plain build; None where anything else is asked for."""
    if arguments[:1] != ["build"] or len(arguments) % 2 == 0:
        return None
    told = dict(zip(arguments[1::2], arguments[2::2], strict=True))
    if 2 * len(told) != len(arguments) - 1:
        return None
    fits = (name in OPTIONS and OPTIONS[name].fullmatch(value) for name, value in told.items())
    return told if all(fits) else None
