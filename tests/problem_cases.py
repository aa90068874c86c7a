"""Reads `cases/problems.md`: what an author does wrong, and every line that the answer must hold.

A case is a heading and lines:

    ## a title
    edit module.yaml `what stands there` -> `what stands there instead`
    write leaflet.md
        the file's text, indented by four spaces
    bytes images/square.png 89 50 4e 47
    remove references.bib
    link images/out.png -> ../../../../outside.png
    build                      (check alone is run where this is left out)
    reading                    (lists the notes on how the leaflet reads too)
    = basic/module.yaml:10:1: error [date-invalid] the message

Paths are in the module's folder, unless they begin with a slash: those are in the project's.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path

from tests.helpers import Project, line

READING = ("reading-level", "jargon")
"""What is noted of every leaflet, whatever is wrong with it."""
EDIT = re.compile(r"edit (\S+) `(.*)` -> `(.*)`")


@dataclass
class Case:
    """One thing that an author does wrong."""

    title: str
    lines: list[str] = field(default_factory=list)

    @property
    def expected(self) -> list[str]:
        """The problem lines that must come out, all of them and in order."""
        return [text[2:] for text in self.lines if text.startswith("= ")]

    def prepare(self, project: Project) -> None:
        """Do what the case says."""
        commands = [text for text in self.lines if not text.startswith("= ")]
        while commands:
            _do(project, commands)

    def found(self, project: Project) -> list[str]:
        """Do what the case says, and list what is found."""
        self.prepare(project)
        wants_build = any(text == "build" for text in self.lines)
        problems = project.build().problems if wants_build else project.check()
        left_out = () if "reading" in self.lines else READING
        shown = (problem for problem in problems if problem.code not in left_out)
        return [line(problem).replace("sources/", "", 1) for problem in shown]


def read_cases(path: Path) -> Iterator[Case]:
    """The cases of a file, in order."""
    case = None
    for text in path.read_text(encoding="utf-8").splitlines():
        if text.startswith("## "):
            if case:
                yield case
            case = Case(text[3:])
        elif case and text.strip():
            case.lines.append(text)
    if case:
        yield case


def rewrite(path: Path, found: dict[str, list[str]]) -> None:
    """Put what was found in the place of what was expected."""
    out: list[str] = []
    title = ""
    for text in path.read_text(encoding="utf-8").splitlines():
        if text.startswith("## "):
            _close(out, found.pop(title, []))
            title = text[3:]
        if not (text.startswith("= ") and title in found):
            out.append(text)
    _close(out, found.pop(title, []))
    path.write_text("\n".join(out) + "\n", encoding="utf-8")


def _close(out: list[str], lines: list[str]) -> None:
    """Write a case's expectations under it, before the blank lines that end it."""
    if lines:
        while out and not out[-1].strip():
            out.pop()
        out.extend(f"= {text}" for text in lines)
        out.append("")


def _path(name: str) -> str:
    return name[1:] if name.startswith("/") else f"sources/basic/{name}"


def _do(project: Project, commands: list[str]) -> None:
    command = commands.pop(0)
    verb, _, rest = command.partition(" ")
    COMMANDS[verb](project, rest, commands)


def _edit(project: Project, rest: str, commands: list[str]) -> None:
    found = EDIT.fullmatch(f"edit {rest}")
    assert found, rest
    project.edit(_path(found[1]), found[2], found[3].replace("\\n", "\n").replace("\\t", "\t"))


def _block(commands: list[str]) -> str:
    lines = []
    while commands and commands[0].startswith("    "):
        lines.append(commands.pop(0)[4:])
    return "\n".join(lines) + "\n" if lines else ""


def _write(project: Project, rest: str, commands: list[str]) -> None:
    project.write(_path(rest), _block(commands))


def _append(project: Project, rest: str, commands: list[str]) -> None:
    before = (project.root / _path(rest)).read_text(encoding="utf-8")
    project.write(_path(rest), before + "\n" + _block(commands))


def _bytes(project: Project, rest: str, commands: list[str]) -> None:
    name, _, digits = rest.partition(" ")
    project.write(_path(name), bytes.fromhex(digits))


def _fill(project: Project, rest: str, commands: list[str]) -> None:
    name, count = rest.split()
    project.write(_path(name), "word " * (int(count) // 5))


def _cut(project: Project, rest: str, commands: list[str]) -> None:
    target = project.root / _path(rest)
    target.write_bytes(target.read_bytes()[:-40])


def _remove(project: Project, rest: str, commands: list[str]) -> None:
    (project.root / _path(rest)).unlink()


def _link(project: Project, rest: str, commands: list[str]) -> None:
    name, target = rest.split(" -> ")
    path = project.root / _path(name)
    path.unlink(missing_ok=True)
    path.symlink_to(target)


def _copy(project: Project, rest: str, commands: list[str]) -> None:
    Project.from_(project.root / "sources" / "basic", project.root / "sources" / rest)


COMMANDS: dict[str, Callable[[Project, str, list[str]], None]] = {
    "edit": _edit,
    "write": _write,
    "append": _append,
    "bytes": _bytes,
    "fill": _fill,
    "cut": _cut,
    "remove": _remove,
    "link": _link,
    "copy": _copy,
    "build": lambda project, rest, commands: None,
    "reading": lambda project, rest, commands: None,
}
