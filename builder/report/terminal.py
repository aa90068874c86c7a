"""Lines -> a terminal in colour, or plain text anywhere else; only colour waits for rich."""

from __future__ import annotations

import os
import sys
from typing import TYPE_CHECKING, TextIO

if TYPE_CHECKING:
    from rich.console import Console

Piece = str | tuple[str, str]
"""A text, or a text and its style as rich names it, such as `bold red`."""
_MOVES_THE_CURSOR = dict.fromkeys(map(ord, "\a\b\v\f\r"))


def put(*pieces: Piece, error: bool = False) -> None:
    """Print one line: on standard output, or on standard error.

    Args:
        pieces: what the line is made of; styles count on a terminal only.
        error: whether it goes to standard error.

    Raises:
        OSError: nobody takes what is printed; the command line ends quietly then.
    """
    stream = stream_of(error)
    if stream is None:  # closed before we were started
        return
    if any(isinstance(piece, tuple) for piece in pieces) and is_terminal(error):
        from rich.text import Text

        console(error).print(Text.assemble(*pieces))
    else:
        text = "".join(piece if isinstance(piece, str) else piece[0] for piece in pieces)
        print(plain(text), file=stream, flush=True)


def plain(text: str) -> str:
    """A text as rich prints it without colour: nothing moves the cursor, tabs are spaces."""
    return text.translate(_MOVES_THE_CURSOR).expandtabs()


def stream_of(error: bool) -> TextIO | None:
    """Standard output or standard error; None where it was closed."""
    return sys.stderr if error else sys.stdout


def is_terminal(error: bool = False) -> bool:
    """Whether a person looks at what is printed, or asked for colours with FORCE_COLOR."""
    stream = stream_of(error)
    return stream is not None and (stream.isatty() or bool(os.environ.get("FORCE_COLOR")))


def console(error: bool = False) -> Console:
    """What prints in colour and in tables; long lines are not folded."""
    from rich.console import Console

    stream = stream_of(error)
    return Console(file=stream, soft_wrap=True, highlight=False, emoji=False, markup=False)
