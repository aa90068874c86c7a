"""How WeasyPrint is loaded."""

from __future__ import annotations

import subprocess
import sys

from tests.helpers import CHECKOUT

LOADED = """
import sys
started = []
sys.addaudithook(lambda event, _: started.append(event) if event == "subprocess.Popen" else None)
import builder.artifacts.leaflet
import ctypes.util
print(len(started), ctypes.util.find_library.__module__)
"""


def test_no_library_is_searched_for() -> None:
    """No compiler is asked where libraries are, and others may search as before."""
    done = subprocess.run(
        [sys.executable, "-c", LOADED], cwd=CHECKOUT, capture_output=True, text=True, check=True
    )
    assert done.stdout.split() == ["0", "ctypes.util"]
