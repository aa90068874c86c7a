"""The commands of `leafdeck`, one thin function each.

Only click is imported here: what a command needs is imported when it runs, so that `--help` is
instant and `check` waits for no PDF engine.
"""

from __future__ import annotations

import io
import sys

import click

from builder import __version__
from builder.cli import building, keeping, looking, making, watching
from builder.cli.program import Program


@click.group(
    cls=Program,
    context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100},
    epilog="Exit codes: 0 all well; 1 problems in sources, theme or policy; 2 wrong usage.",
)
@click.version_option(__version__, prog_name="leafdeck")
def main() -> None:
    """Turn modules of health education into slide decks and patient leaflets.

    Each module is a folder under sources/: its facts in module.yaml, its text in Markdown. Every
    deck, leaflet and page carries its publication date, its expiry date and the declaration of
    interest.
    """
    for stream in (sys.stdout, sys.stderr):  # a terminal that lacks a letter gets a mark for it
        if isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(errors="replace")


for room in (making, building, watching, looking, keeping):
    for command in room.COMMANDS:
        main.add_command(command)
