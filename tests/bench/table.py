"""What was measured, as a table to read and as JSON; and the machine that it was measured on."""

from __future__ import annotations

import json
import os
import platform
import subprocess
from dataclasses import asdict, dataclass, field
from importlib.metadata import version
from pathlib import Path

import pypandoc

PACKAGES = ("weasyprint", "python-pptx", "lxml", "jinja2", "pydantic", "typst")


@dataclass(frozen=True, slots=True)
class Row:
    """One measure and its target."""

    measure: str
    value: float
    target: float
    unit: str = ""
    """Of value and target; a ratio has none."""
    at_least: bool = False
    """Whether the target is the least that is wanted, and not the most."""
    note: str = ""
    """What the value was made of."""
    details: dict[str, float] = field(default_factory=dict)
    """The same for programs."""

    @property
    def reached(self) -> bool:
        """Whether the value is as good as the target."""
        return self.value >= self.target if self.at_least else self.value <= self.target

    def __str__(self) -> str:
        sign = "≥" if self.at_least else "≤"
        value, target = (f"{each:.4g} {self.unit}".strip() for each in (self.value, self.target))
        mark = "reached" if self.reached else "missed"
        return f"{self.measure:<58}{value:>10}  {sign} {target:<9}{mark:<9}{self.note}"


def machine() -> dict[str, str]:
    """What the figures were measured on, and with which versions."""
    memory = os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES")
    return {
        "processor": _processor(),
        "cores": str(len(os.sched_getaffinity(0))),
        "memory": f"{memory / 2**30:.1f} GiB",
        "load before": f"{os.getloadavg()[0]:.2f}",
        "kernel": f"{platform.system()} {platform.release()}",
        "Python": platform.python_version(),
        "pandoc": str(pypandoc.get_pandoc_version()),
        "git": subprocess.run(["git", "--version"], capture_output=True, text=True, check=True)
        .stdout.strip()
        .rpartition(" ")[2],
        **{name: version(name) for name in PACKAGES},
    }


def _processor() -> str:
    lines = Path("/proc/cpuinfo").read_text(encoding="utf-8").splitlines()
    names = [line.partition(":")[2].strip() for line in lines if line.startswith("model name")]
    return names[0] if names else platform.machine()


def printed(machine: dict[str, str], rows: list[Row]) -> str:
    """The table, below the machine's description."""
    about = ", ".join(f"{key} {value}" for key, value in machine.items())
    return "\n".join([about, "", *map(str, rows)])


def as_json(machine: dict[str, str], rows: list[Row]) -> str:
    """The same for programs."""
    values = [asdict(row) | {"reached": row.reached} for row in rows]
    return json.dumps({"machine": machine, "rows": values}, indent=2, ensure_ascii=False) + "\n"
