"""Which of a module's artifacts of one kind: in which language, on which paper, for whom."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from builder.clinics import Clinic

PAPER = "a4"
"""The paper of a leaflet that nobody says more about."""
CLINICS = "clinics"
"""The folder of the clinics' editions under the output folder; no module may bear this name."""


@dataclass(frozen=True, slots=True)
class Edition:
    """One of the artifacts of a kind; the plain one is in the module's own language, on A4."""

    language: str = ""
    """The tag of a translation, as in `es`; empty for the module's own language."""
    paper: str = PAPER
    """What a leaflet is printed on and how it is folded: `a4`, `trifold` …"""
    clinic: Clinic | None = None
    """The clinic whose own edition it is."""
    bleed: bool = False
    """Whether a leaflet has 3 mm of bleed and crop marks, for a print shop."""

    def file(self, module: str, name: str) -> str:
        """The path under the output folder.

        Args:
            module: the module's folder.
            name: the file's name in the plain edition, as in `pain.pdf`.
        """
        stem, dot, suffix = name.rpartition(".")
        paper = f"-{self.paper}" if self.paper != PAPER else ""
        language = f".{self.language}" if self.language else ""
        folder = f"{CLINICS}/{self.clinic.id}" if self.clinic else module
        return f"{folder}/{stem}{paper}{language}{dot}{suffix}"


PLAIN = Edition()
