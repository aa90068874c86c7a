"""Builds that die at a chosen thing that they do to their output folder.

Started as a program, it builds what its arguments ask for, and so gets warm; then it forks a build
for each line that it is given: a real process, that ends as `leafdeck` ends or is killed.
"""

from __future__ import annotations

import contextlib
import json
import os
import signal
import subprocess
import sys
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, NoReturn, Self

CHANGES = ("os.rename", "os.remove", "os.mkdir", "os.rmdir", "os.truncate", "os.link", "os.symlink")
"""What Python tells of, before it does it, besides files that are opened."""
WRITES = os.O_WRONLY | os.O_RDWR | os.O_CREAT | os.O_TRUNC
ANOTHER_DOOR = 99
"""How a build ends that writes in a way which cannot be counted."""


@dataclass
class Watched:
    """Counts what is done to a folder, and ends the process at one of these things.

    Attributes:
        folder: the folder.
        last: the number of the thing that is not done any more; 0 for none.
    """

    folder: str
    last: int = 0
    count: int = 0
    handles: set[int] = field(default_factory=set)

    def begin(self) -> None:
        """Watch this process for the rest of its life."""
        for name in ("write", "pwrite", "fsync"):
            setattr(os, name, self._counted(getattr(os, name)))
        os.open, opens = self._opened, os.open
        self._open = opens
        sys.addaudithook(self._heard)

    def _heard(self, event: str, given: tuple[Any, ...]) -> None:
        if event == "open" and given[2] & WRITES and self._holds(given[0]):
            if given[1] is not None:  # Python's own files write where nobody can count
                os._exit(ANOTHER_DOOR)
            self._step()
        elif event in CHANGES and any(map(self._holds, given)):
            self._step()

    def _holds(self, path: object) -> bool:
        if isinstance(path, int):
            return path in self.handles
        return isinstance(path, str | os.PathLike) and os.fspath(path).startswith(self.folder)

    def _opened(self, path: Any, *given: Any, **named: Any) -> int:
        handle = self._open(path, *given, **named)
        (self.handles.add if self._holds(path) else self.handles.discard)(handle)
        return handle

    def _counted(self, call: Callable[..., Any]) -> Callable[..., Any]:
        def counted(handle: int, *given: Any) -> Any:
            if handle in self.handles:
                half = (given[0][: len(given[0]) // 2], *given[1:]) if given else None
                self._step(lambda: half and call(handle, *half))
            return call(handle, *given)

        return counted

    def _step(self, half: Callable[[], object] = lambda: None) -> None:
        """Count one thing; where it is the last one, do half of it at most, and die."""
        self.count += 1
        if self.count == self.last:
            half()
            os.kill(os.getpid(), signal.SIGKILL)


def in_place(path: Path, data: bytes, *, settled: bool = True) -> None:
    """What no build must do: write over a file that is there."""
    path.parent.mkdir(parents=True, exist_ok=True)
    handle = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_TRUNC)
    os.write(handle, data)
    os.close(handle)


def _plant(fault: str) -> None:
    """Build a fault into this process."""
    from builder.build import run
    from builder.build.publishing import manifest, record

    if fault == "in place":
        manifest.write_atomic = record.write_atomic = in_place  # type: ignore[attr-defined]
    elif fault == "manifest first":
        whole, renew = manifest.Manifest.publish, manifest.Manifest.renew

        def first(self: manifest.Manifest, output: Path, job: Any, result: Any) -> None:
            renew(self, job, result)
            manifest.write_atomic(output / manifest.FILE, self.to_json().encode())
            whole(self, output, job, result)

        manifest.Manifest.publish = first  # type: ignore[method-assign]
    elif fault == "no mark":
        run.mark = lambda output: None
    elif fault:
        raise ValueError(fault)


def _here(*_: object) -> Any:
    from builder.build.executors import here

    return here()


def build(arguments: list[str], folder: str, last: int, fault: str) -> NoReturn:
    """Be `leafdeck build`, up to some thing that it does to a folder.

    Where it ends by itself, the last line that it prints says how many things it did.
    """
    _plant(fault)
    watched = Watched(folder, last)
    watched.begin()
    status = _status(arguments)
    print(watched.count, flush=True)
    os._exit(status)


def _status(arguments: list[str]) -> Any:
    """What `leafdeck build` exits with."""
    from builder.cli import main

    try:
        main(["build", *arguments], prog_name="leafdeck")
    except SystemExit as end:
        return end.code
    return 0


def _serve() -> None:
    """Fork a build for each line."""
    import builder.build.executors

    builder.build.executors.pool = _here
    with contextlib.redirect_stdout(sys.stderr):
        _status(sys.argv[1:])
    for line in sys.stdin:
        told = os.memfd_create("told")
        child = os.fork()
        if not child:
            os.dup2(told, 1)
            os.dup2(told, 2)
            build(*json.loads(line))
        status = os.waitstatus_to_exitcode(os.waitpid(child, 0)[1])
        with os.fdopen(told) as text:
            text.seek(0)
            print(json.dumps([status, text.read()]), flush=True)


@dataclass(frozen=True)
class Ended:
    """How a build ended, and what it told."""

    status: int
    told: str

    @property
    def count(self) -> int:
        """How many things it did, where it ended by itself."""
        return int(self.told.split()[-1])


class Builds:
    """Runs builds, each a process of its own that starts at once.

    Args:
        checkout: where the code is.
        arguments: of a first build, that warms what the others are forked from.
    """

    def __init__(self, checkout: Path, *arguments: str) -> None:
        program = [sys.executable, "-m", "tests.e2e.dying", *arguments]
        pipes = {"stdin": subprocess.PIPE, "stdout": subprocess.PIPE}
        self._server = subprocess.Popen(program, cwd=checkout, text=True, **pipes)

    def run(self, folder: Path, *arguments: str, last: int = 0, fault: str = "") -> Ended:
        """Run `leafdeck build`.

        Args:
            folder: where it is to be watched.
            arguments: of the command.
            last: the number of the thing done to the folder at which it is killed; 0 for none.
            fault: what is to be wrong with it.
        """
        assert self._server.stdin and self._server.stdout
        asked = json.dumps([arguments, str(folder), last, fault])
        print(asked, file=self._server.stdin, flush=True)
        return Ended(*json.loads(self._server.stdout.readline()))

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *error: object) -> None:
        self._server.communicate()


if __name__ == "__main__":
    _serve()
