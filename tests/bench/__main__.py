"""Measures how long building takes beside others and beside bare libraries: `make bench`."""

from __future__ import annotations

import argparse
import tempfile
from pathlib import Path

from tests.bench.measures import CHECKOUT, MEASURES, Bench
from tests.bench.programs import Machine
from tests.bench.table import Row, as_json, machine, printed

COMPILED = CHECKOUT / ".venv" / "bench"
"""Where compiled packages lie between two times."""


def asked() -> argparse.Namespace:
    """What was asked for."""
    parser = argparse.ArgumentParser(prog="python -m tests.bench", description=__doc__)
    parser.add_argument("measures", nargs="*", metavar="MEASURE", help=" ".join(MEASURES))
    parser.add_argument("--modules", type=int, default=200, help="of a clean build")
    parser.add_argument("--many", type=int, default=2000, help="of the tree with nothing to do")
    parser.add_argument("--large", action="store_true", help="ten times as many, too")
    parser.add_argument("--json", type=Path, default=CHECKOUT / "bench.json", help="the results")
    parser.add_argument("--folder", type=Path, help="where to build, and to keep it")
    found = parser.parse_args()
    if unknown := set(found.measures) - set(MEASURES):
        parser.error(f"unknown: {', '.join(sorted(unknown))}; there are {', '.join(MEASURES)}")
    return found


def measured(options: argparse.Namespace, folder: Path) -> tuple[list[Row], list[str]]:
    """The rows of what was asked for, told as they come; and the measures that failed."""
    runner = Machine(COMPILED)
    runner.compile()
    bench = Bench(runner, folder, options.modules, options.many, options.large)
    rows: list[Row] = []
    failed: list[str] = []
    for name, measure in MEASURES.items():
        if not options.measures or name in options.measures:
            print(f"measuring: {name}", flush=True)
            try:
                found = measure(bench)
            except (RuntimeError, OSError) as error:  # the others are still worth having
                print(f"failed: {name}: {error}", flush=True)
                failed.append(name)
            else:
                print(*found, sep="\n", flush=True)
                rows += found
    return rows, failed


def main() -> None:
    """Measure, print the table and write the JSON."""
    options, about = asked(), machine()
    with tempfile.TemporaryDirectory(prefix="leafdeck-bench-") as scratch:
        folder = options.folder or Path(scratch)
        rows, failed = measured(options, folder.resolve())
    print(f"\n{printed(about, rows)}")
    options.json.write_text(as_json(about, rows), encoding="utf-8")
    raise SystemExit(1 if failed else 0)


if __name__ == "__main__":
    main()
