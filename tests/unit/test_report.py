"""How answers are printed: as before where nobody looks, in the form asked for, and at once."""

from __future__ import annotations

import io
import json
import subprocess
import sys
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import example, given
from hypothesis import strategies as some
from rich.console import Console
from rich.text import Text

from builder import report
from builder.build.outcome import Outcome, Planned
from builder.problems import Place, Problem
from builder.report.terminal import plain
from tests.helpers import CHECKOUT

Captured = pytest.CaptureFixture[str]
PLACE = Place("sources/pain/leaflet.md", 3, 7)
WARNING = Problem("link-text", "“here” says nothing.", PLACE, "Say where.")
ERROR = Problem("file-missing", "It is not there.")
NOTE = Problem("jargon", "A word.", PLACE)
MADE = Planned("pain/pain.pdf", ("sources/pain/leaflet.md changed", "weasyprint 70.0 -> 70.1"))
GONE = Planned("old/index.html", ("its module is gone",), removed=True)
OUTCOME = Outcome(
    ("pain/pain.pdf",), (WARNING, NOTE), ("old/index.html",), False, 2, (MADE, GONE), 1
)
CURRENT = Outcome((), (), unchanged=7)


def test_nothing_heavy_is_imported() -> None:
    """What has nothing to do prints its line and waits for no library."""
    script = (
        "import sys; before = set(sys.modules)\n"
        "from builder import report\n"
        "from builder.problems import Problem\n"
        "with report.progress('output', quiet=False) as (started, done): started(0)\n"
        "report.print_problems([Problem('jargon', 'A word.', hint='Say it.')])\n"
        "report.print_summary('Built nothing.', [])\n"
        "print(*sorted({name.partition('.')[0] for name in set(sys.modules) - before}))"
    )
    done = subprocess.run(
        [sys.executable, "-c", script], cwd=CHECKOUT, capture_output=True, text=True, check=True
    )
    loaded = set(done.stdout.splitlines()[-1].split())
    ours = {name for name in loaded if name not in sys.stdlib_module_names}
    assert ours == {"builder"}


def test_problems_in_words(capsys: Captured) -> None:
    """A line that an editor can jump to, the hint below, all on standard error."""
    report.print_problems([WARNING, ERROR])
    printed = capsys.readouterr()
    assert printed.out == ""
    assert printed.err.splitlines() == [
        "sources/pain/leaflet.md:3:7: warning [link-text] “here” says nothing.",
        "    Say where.",
        "error [file-missing] It is not there.",
    ]


def test_problems_in_colour(capsys: Captured, monkeypatch: pytest.MonkeyPatch) -> None:
    """On a terminal, or where FORCE_COLOR asks for it."""
    monkeypatch.setenv("FORCE_COLOR", "1")
    monkeypatch.setenv("TERM", "xterm-256color")
    monkeypatch.delenv("NO_COLOR", raising=False)
    report.print_problems([ERROR])
    assert "\x1b[1;31merror\x1b[0m [file-missing]" in capsys.readouterr().err


@given(some.text(some.characters(exclude_categories=["Cs"], exclude_characters="\t")))
@example("a\tbc\td\n\te")
def test_plain_lines_are_those_of_rich(text: str) -> None:
    """A file or a pipe holds the same whether rich or we print."""
    stream = io.StringIO()
    Console(file=stream, soft_wrap=True, highlight=False, emoji=False, markup=False).print(
        Text(text)
    )
    assert f"{plain(text)}\n" == stream.getvalue()


def test_a_closed_stream_is_no_fault(monkeypatch: pytest.MonkeyPatch, capsys: Captured) -> None:
    """Nothing of what goes to a closed standard error ends on standard output."""
    monkeypatch.setattr(sys, "stderr", None)
    report.print_problems([ERROR])
    assert capsys.readouterr().out == ""


def test_a_bar_on_a_terminal(capsys: Captured, monkeypatch: pytest.MonkeyPatch) -> None:
    """A bar, of which nothing is left; none where nothing is made."""
    monkeypatch.setenv("FORCE_COLOR", "1")
    monkeypatch.setenv("TERM", "xterm-256color")
    with report.progress("output", quiet=False) as (started, _):
        started(3)
    assert "Building" in capsys.readouterr().out
    with report.progress("output", quiet=False) as (started, _):
        started(0)
    assert capsys.readouterr().out == ""


def test_a_folder_is_no_command(capsys: Captured) -> None:
    """In a log of GitHub's a line may hold a command anywhere: no file's name is printed there."""
    name = "x##[add-mask]e\n::stop-commands::x"
    outcome = replace(OUTCOME, built=(name,), removed=(name,), planned=(Planned(name, (name,)),))
    with report.progress("output", quiet="github" in report.QUIET):
        report.print_build("github", outcome, "output", explains=True)
    report.print_planned("github", outcome, "output")
    report.print_planned("github", outcome, "output", compares=True)
    printed = capsys.readouterr()
    assert "add-mask" not in printed.out + printed.err
    assert "stop-commands" not in printed.out + printed.err


def _checked(form: str) -> None:
    report.print_check(form, 1, [WARNING, NOTE], "docs/")


def _built(form: str) -> None:
    report.print_build(form, OUTCOME, "output", "docs/")


def _rejected(form: str) -> None:
    report.print_rejected(form, "build", [WARNING, NOTE], "docs/")


@pytest.mark.parametrize("told", [_checked, _built, _rejected])
@pytest.mark.parametrize("form", ["json", "sarif"])
def test_a_document_is_all_that_is_printed(
    told: Callable[[str], None], form: str, capsys: Captured
) -> None:
    """JSON and SARIF are one document on standard output."""
    told(form)
    printed = capsys.readouterr()
    assert json.loads(printed.out) and printed.err == ""


@pytest.mark.parametrize("told", [_checked, _built, _rejected])
def test_annotations_are_commands(told: Callable[[str], None], capsys: Captured) -> None:
    """No author's words stand in a line that is no command."""
    told("github")
    printed = capsys.readouterr()
    lines = printed.out.splitlines()
    assert lines[0].startswith("::warning file=docs/sources/pain/leaflet.md,line=3,col=7,")
    assert printed.err == ""
    words = [line for line in lines if not line.startswith("::")]
    assert all(line.startswith(("Built 1 file in output/", "Checked 1 module")) for line in words)


def test_a_build_counts_its_notes(capsys: Captured) -> None:
    """`check` lists them; they would take the place of what matters."""
    _built("github")
    printed = capsys.readouterr().out
    assert "::notice" not in printed and "1 warning, 1 note." in printed
    _checked("github")
    assert "::notice" in capsys.readouterr().out


@pytest.mark.parametrize(
    ("command", "keys"),
    [
        ("build", {"built", "taken", "unchanged", "removed", "planned", "problems"}),
        ("verify", {"problems"}),
        ("theme_check", {"problems"}),
    ],
)
def test_a_rejected_project_as_json(command: str, keys: set[str], capsys: Captured) -> None:
    """It has the form of the command's answer."""
    report.print_rejected("json", command, [ERROR])
    values = json.loads(capsys.readouterr().out)
    assert set(values) == keys and values["problems"][0]["code"] == "file-missing"
    report.print_rejected("json", "check", [ERROR])
    assert json.loads(capsys.readouterr().out)[0]["code"] == "file-missing"


def test_reasons_in_words(capsys: Captured) -> None:
    """A file, and its reasons below, before what a build did."""
    report.print_build("text", OUTCOME, "output", explains=True)
    assert capsys.readouterr().out.splitlines()[:5] == [
        "output/pain/pain.pdf",
        "    sources/pain/leaflet.md changed",
        "    weasyprint 70.0 -> 70.1",
        "removed output/old/index.html",
        "    its module is gone",
    ]
    report.print_build("text", OUTCOME, "output")
    assert "changed" not in capsys.readouterr().out.replace("unchanged", "")


def test_a_plan_in_words(capsys: Captured) -> None:
    """What would be made and removed, why, and how much stays; problems beside it."""
    report.print_planned("text", OUTCOME, "output")
    printed = capsys.readouterr()
    assert printed.out.splitlines() == [
        "would make output/pain/pain.pdf",
        "    sources/pain/leaflet.md changed",
        "    weasyprint 70.0 -> 70.1",
        "would remove output/old/index.html",
        "    its module is gone",
        "Would make 1 file, remove 1; 2 files unchanged. Nothing was written.",
    ]
    assert "[link-text]" in printed.err and "[jargon]" not in printed.err
    report.print_planned("github", OUTCOME, "output")
    lines = capsys.readouterr().out.splitlines()
    assert [line.split(" ")[0] for line in lines] == ["::warning", "Would"]
    report.print_planned("text", CURRENT, "output")
    assert capsys.readouterr().out == (
        "Would make 0 files; 7 files unchanged. Nothing was written.\n"
    )


def test_a_comparison_in_words(capsys: Captured) -> None:
    """Whether the output is what the sources say."""
    report.print_planned("text", CURRENT, "output", compares=True)
    assert capsys.readouterr().out == "output/ is what the sources say.\n"
    report.print_planned("text", OUTCOME, "output", compares=True)
    lines = capsys.readouterr().out.splitlines()
    assert lines[0] == "output/pain/pain.pdf" and len(lines) == 6
    last = "output/ is not what the sources say: 1 file to make, 1 file to remove."
    assert lines[-1] == last
    report.print_planned("github", OUTCOME, "output", compares=True)
    commands = capsys.readouterr().out.splitlines()
    assert [line.split("::")[1][:7] for line in commands] == ["warning", "error t"]
    assert commands[-1] == f"::error title=output-stale::{last}"


@pytest.mark.parametrize("compares", [False, True])
def test_a_plan_as_values(compares: bool, capsys: Captured) -> None:
    """The same as JSON."""
    report.print_planned("json", OUTCOME, "output", compares=compares)
    values = json.loads(capsys.readouterr().out)
    assert values["current"] is False and values["unchanged"] == 2
    assert values["planned"] == [
        {"file": MADE.file, "removed": False, "reasons": list(MADE.reasons)},
        {"file": GONE.file, "removed": True, "reasons": list(GONE.reasons)},
    ]
    report.print_planned("json", CURRENT, "output", compares=compares)
    assert json.loads(capsys.readouterr().out)["current"] is True


@pytest.mark.parametrize(("where", "below"), [("", ""), ("docs/health", "docs/health/")])
def test_where_a_project_lies_in_its_repository(tmp_path: Path, where: str, below: str) -> None:
    """Found by .git, which is a file in some work trees; empty without one."""
    from builder.cli.options import below_repository

    project = tmp_path / where
    project.mkdir(parents=True, exist_ok=True)
    assert below_repository(project) == ""
    (tmp_path / ".git").write_text("gitdir: elsewhere", "utf-8")
    assert below_repository(project) == below
