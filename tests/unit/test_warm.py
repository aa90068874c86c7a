"""What is imported before workers are forked is all that they need."""

from __future__ import annotations

import json
import pickle
import subprocess
import sys
from pathlib import Path

from builder.artifacts import KINDS
from tests.helpers import CHECKOUT
from tests.unit.test_theme_views import given, order

PROGRAM = """
import json, pickle, sys
from pathlib import Path
import builder.artifacts.warm
from builder.artifacts import KINDS
ready = set(sys.modules)
for name, asked in pickle.loads(Path(sys.argv[1]).read_bytes()).items():
    KINDS[name].writer.make(asked)
print(json.dumps(sorted(set(sys.modules) - ready)))
"""


def test_a_warm_worker_imports_nothing_more(tmp_path: Path) -> None:
    theme = given(tmp_path)
    orders = {name: order(theme, kind, "a4") for name, kind in KINDS.items()}
    (tmp_path / "orders").write_bytes(pickle.dumps(orders))
    program = [sys.executable, "-c", PROGRAM, str(tmp_path / "orders")]
    done = subprocess.run(program, cwd=CHECKOUT, capture_output=True, text=True, check=True)
    new = json.loads(done.stdout.splitlines()[-1])
    assert [each for each in new if not each.startswith("encodings.")] == []
