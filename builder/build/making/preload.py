"""Everything that a worker needs, imported once for all of them before they are forked.

And a first module, read and thrown away: what is put together at first use, as dictionaries,
schemas and the style of references, is then shared too.
"""

import datetime
import tempfile
from pathlib import Path

from builder.artifacts import warm
from builder.build.knowing import rehearsal
from builder.build.knowing.survey import survey
from builder.build.making import make
from builder.module import references
from builder.settings import Profile
from builder.skeleton import write_skeleton

__all__ = ("make", "references", "rehearsal", "warm")

_DAY = datetime.date(2026, 1, 1)
"""Any day: nothing that is found is kept."""

with tempfile.TemporaryDirectory(prefix="leafdeck-") as _folder:
    write_skeleton(Path(_folder), "first", _DAY)
    survey(Path(_folder), Profile(), _DAY, "first")
