"""The command line, as blocks of commands and all that they print: `cli.md`."""

from __future__ import annotations

import os
import re
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.helpers import CHECKOUT, TESTS, TODAY, Project

FILE = TESTS / "e2e" / "cli.md"
LEAFDECK = [sys.executable, "-m", "builder"]
BLOCK = re.compile(r"^## (?P<title>.+?)\n.*?^```\n(?P<text>.*?)^```\n", re.MULTILINE | re.DOTALL)


def run(words: str, project: Project) -> str:
    """What a command prints: standard output, `2> ` standard error, `=> ` exit code."""
    environment = os.environ | {
        "PYTHONPATH": str(CHECKOUT),
        "SOURCE_DATE_EPOCH": str(int((TODAY - TODAY.fromordinal(719163)).total_seconds())),
        "COLUMNS": "100",
    }
    done = subprocess.run(
        LEAFDECK + words.split()[1:],
        cwd=project.root,
        env=environment,
        capture_output=True,
        text=True,
        check=False,
        timeout=120,
    )
    assert "Traceback" not in done.stderr
    lines = [f"% {words}", *done.stdout.splitlines()]
    lines += [f"2> {line}".rstrip() for line in done.stderr.splitlines()]
    lines += [f"=> {done.returncode}"]
    return "\n".join(lines).replace(str(project.root), "PROJECT") + "\n"


def commands(text: str) -> Iterator[str]:
    """The commands of a block."""
    yield from (line[2:] for line in text.splitlines() if line.startswith("% "))


@pytest.mark.parametrize("title", [m["title"] for m in BLOCK.finditer(FILE.read_text("utf-8"))])
def test_block(title: str, basic: Project, update_golden: bool) -> None:
    """Everything that the commands of a block print is what the block shows."""
    document = FILE.read_text("utf-8")
    (block,) = (m for m in BLOCK.finditer(document) if m["title"] == title)
    found = "".join(run(words, basic) for words in commands(block["text"]))
    if update_golden:
        start, end = block.span("text")
        FILE.write_text(document[:start] + found + document[end:], "utf-8")
    else:
        assert found == block["text"]


@pytest.mark.parametrize(
    "words", ["--help", "check", "schema", "due", "new a-module", "theme --help"]
)
def test_light_commands_import_no_engine(words: str, basic: Project) -> None:
    """What makes no file waits for neither WeasyPrint nor python-pptx; `check` measures decks."""
    script = (
        "import sys; sys.argv = ['leafdeck', *sys.argv[1:]]\n"
        "from builder.cli import main\n"
        "try: main()\n"
        "except SystemExit: pass\n"
        "heavy = {'weasyprint', 'pptx'} & set(sys.modules)\n"
        "heavy -= {'pptx'} if sys.argv[1:] == ['check'] else set()\n"
        "sys.exit(f'imported {heavy}' if heavy else 0)"
    )
    done = subprocess.run(
        [sys.executable, "-c", script, *words.split()],
        cwd=basic.root,
        env=os.environ | {"PYTHONPATH": str(CHECKOUT)},
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stderr


def test_every_command_has_a_block() -> None:
    """Each command's `--help` is shown, so that it is read when it changes."""
    from builder.cli import main

    shown = FILE.read_text("utf-8")
    assert [name for name in main.commands if f"% leafdeck {name} --help" not in shown] == []


def test_output_is_a_path(tmp_path: Path, basic: Project) -> None:
    """`--output` and `--project` take any folder."""
    out = tmp_path / "elsewhere"
    words = f"leafdeck build --project {basic.root} --output {out} --format json"
    assert '"built"' in run(words, Project(tmp_path))
    assert (out / "basic" / "basic.pdf").read_bytes().startswith(b"%PDF-")
