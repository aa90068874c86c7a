"""WeasyPrint, loaded without a search for the libraries that it calls.

It tries several names of each; for most of them `ctypes` asks the linker's cache and a compiler, in
some fifty processes, which takes longer than all the rest of it. On Linux the last name it tries is
the one that the system loads by itself.
"""

from __future__ import annotations

import contextlib
import ctypes.util
import io
import sys
from collections.abc import Iterator


@contextlib.contextmanager
def _without_search() -> Iterator[None]:
    """Let nobody search for libraries; one that is asked for by its full name is found anyway."""
    search = ctypes.util.find_library
    ctypes.util.find_library = lambda name: None
    try:
        yield
    finally:
        ctypes.util.find_library = search


def _load() -> None:
    if sys.platform != "linux":
        return
    with (
        contextlib.suppress(OSError),
        contextlib.redirect_stdout(io.StringIO()),
        _without_search(),
    ):
        import weasyprint  # noqa: F401

        return
    for name in [each for each in sys.modules if each.startswith("weasyprint")]:
        del sys.modules[name]  # whoever imports it next searches everywhere


_load()
