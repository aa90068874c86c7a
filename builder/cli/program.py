"""The program as a whole, which ends in order also where nobody takes what it prints."""

from __future__ import annotations

import contextlib
import errno
import os
import sys
from typing import Any, NoReturn

import click

_LOST = {errno.EPIPE, errno.ENOSPC, errno.EDQUOT, errno.EFBIG, errno.EIO, errno.EBADF}
"""Why a stream takes no more: nobody reads it, the disk is full, the terminal is gone."""


class Program(click.Group):
    """A group of commands that shows no traceback when standard output is full or gone."""

    def main(self, *args: Any, **kwargs: Any) -> Any:
        """Run a command; exit 1, saying why, where what it printed cannot be written."""
        try:
            return super().main(*args, **kwargs)
        except OSError as error:
            if error.filename is not None or error.errno not in _LOST:  # a file's, not a stream's
                raise
            _end(error)
        finally:
            _flush()


def _flush() -> None:
    """Write what is left to print, or end."""
    for stream in (sys.stdout, sys.stderr):
        try:
            if stream is not None:
                stream.flush()
        except OSError as error:
            _end(error)


def _end(error: OSError) -> NoReturn:
    """Say that what was printed is lost; from here on everything goes nowhere.

    Raises:
        SystemExit: always.
    """
    nowhere = os.open(os.devnull, os.O_WRONLY)
    if error.errno != errno.EPIPE:  # whoever closes a pipe has read enough
        with contextlib.suppress(OSError):
            click.echo(f"Error: what was to be printed is lost: {error.strerror}.", err=True)
    for stream in (sys.stdout, sys.stderr):
        with contextlib.suppress(OSError, AttributeError, ValueError):
            os.dup2(nowhere, stream.fileno())
    raise SystemExit(1)
