"""Which of the machine's own libraries write artifacts: another Pango may break lines elsewhere.

They are asked as they are loaded, by the names that WeasyPrint looks for; WeasyPrint itself is not
imported.
"""

from __future__ import annotations

import ctypes
import zlib
from collections.abc import Callable, Iterator
from contextlib import suppress
from functools import cache
from pathlib import Path

MAPS = Path("/proc/self/maps")
"""Where Linux lists the files that a process has loaded."""
NAMES = ("lib{}.so.{}", "lib{}.{}.dylib", "lib{}-{}.dll")
"""How a library's file is named on Linux, macOS and Windows."""


def _text(name: str) -> Callable[[ctypes.CDLL], str]:
    """Asks a function that gives a text."""

    def ask(library: ctypes.CDLL) -> str:
        function = getattr(library, name)
        function.restype = ctypes.c_char_p
        return str(function().decode())

    return ask


def _fontconfig(library: ctypes.CDLL) -> str:
    """Asks for major * 10000 + minor * 100 + revision (`FcGetVersion`)."""
    version = library.FcGetVersion()
    return f"{version // 10000}.{version // 100 % 100}.{version % 100}"


def _freetype(library: ctypes.CDLL) -> str:
    """Asks an instance, since FreeType tells its version of no other (`FT_Library_Version`)."""
    instance, version = ctypes.c_void_p(), [ctypes.c_int() for _ in range(3)]
    if library.FT_Init_FreeType(ctypes.byref(instance)):
        raise OSError("FreeType does not start")
    library.FT_Library_Version(instance, *map(ctypes.byref, version))
    library.FT_Done_FreeType(instance)
    return ".".join(str(each.value) for each in version)


def _fribidi(library: ctypes.CDLL) -> str:
    """Reads a text that tells the version in its first line, after the library's name."""
    told = ctypes.c_char_p.in_dll(library, "fribidi_version_info").value or b""
    return told.decode().splitlines()[0].rpartition(" ")[2]


def _glib(library: ctypes.CDLL) -> str:
    names = ("glib_major_version", "glib_minor_version", "glib_micro_version")
    return ".".join(str(ctypes.c_uint.in_dll(library, name).value) for name in names)


LIBRARIES: dict[str, tuple[str, str, Callable[[ctypes.CDLL], str]]] = {
    "pango": ("pango-1.0", "0", _text("pango_version_string")),
    "harfbuzz": ("harfbuzz", "0", _text("hb_version_string")),
    "harfbuzz-subset": ("harfbuzz-subset", "0", _text("hb_version_string")),
    "fontconfig": ("fontconfig", "1", _fontconfig),
    "freetype": ("freetype", "6", _freetype),
    "fribidi": ("fribidi", "0", _fribidi),
    "glib": ("glib-2.0", "0", _glib),
}
"""By name: its file's name, the number of its interface, and what tells its version."""


@cache
def library_versions() -> dict[str, str]:
    """The versions of the libraries that decide an artifact's bytes, by name, in order.

    One that is not there, or does not tell, is left out. zlib is the one that Python packs with.
    """
    return dict(sorted((*_told(), ("zlib", zlib.ZLIB_RUNTIME_VERSION))))


def _told() -> Iterator[tuple[str, str]]:
    for name, (file, interface, ask) in LIBRARIES.items():
        library = _loaded(file, interface)
        with suppress(AttributeError, ValueError, IndexError, OSError):
            if library:
                yield name, ask(library)


def _loaded(file: str, interface: str) -> ctypes.CDLL | None:
    for name in NAMES:
        with suppress(OSError):
            return ctypes.CDLL(name.format(file, interface))
    return None


def library_files() -> dict[str, Path]:
    """Where these libraries are on this machine, by name; empty where no list of them is kept."""
    library_versions()
    try:
        lines = MAPS.read_text(encoding="utf-8").splitlines()
    except OSError:
        return {}
    loaded = {Path(line[line.index("/") :]) for line in lines if "/" in line}
    return {
        name: path
        for path in sorted(loaded)
        for name, (file, _, _) in LIBRARIES.items()
        if path.name.startswith(f"lib{file}.so")
    }
