"""A build that is told to end: it ends soon, and what was made is known to the next one."""

from __future__ import annotations

import json
import signal
import subprocess
import sys
from itertools import islice

from tests.helpers import CHECKOUT, TODAY, Project

CLINICS = 24
MADE = 6
"""Files after which it is told to end."""


def test_a_build_that_is_told_to_end_has_noted_what_it_made(basic: Project) -> None:
    rows = "".join(f"clinic-{each},Clinic {each},020 7946 00{each:02}\n" for each in range(CLINICS))
    basic.write("clinics/many.csv", f"clinic,name,phone\n{rows}")
    program = [sys.executable, "-m", "builder", "build", "--clinics", "all", "--jobs", "2"]
    program += ["--project", str(basic.root), "--today", str(TODAY)]
    with subprocess.Popen(program, cwd=CHECKOUT, stdout=subprocess.PIPE, text=True) as build:
        assert build.stdout
        made = list(islice(build.stdout, MADE))
        build.send_signal(signal.SIGTERM)
        made += build.stdout.readlines()
        assert build.wait(30) == 128 + signal.SIGTERM
    assert MADE <= len(made) < CLINICS and all(line.startswith("made ") for line in made)
    noted = json.loads(basic.read("manifest.json"))["artifacts"]["basic"]
    there = {str(path.relative_to(basic.output)) for path in basic.output.glob("**/[!.]*.*")}
    assert {*noted} == there - {"manifest.json"}
