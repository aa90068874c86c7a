"""Makes the files in themes/clinic/fonts/metrics from free fonts: their measures, no outlines.

Run `python -m tests.masters.metrics FOLDER…` from the root of the project, with the folders that
Debian's packages fonts-liberation2, fonts-crosextra-carlito, fonts-crosextra-caladea and
fonts-noto-core fill: /usr/share/fonts/truetype/liberation2, crosextra and noto.

What stays is what HarfBuzz measures with: characters, widths, kerning, ligatures, the joining of
letters, the heights of lines. The licences reserve the names of some of these fonts for unchanged
files, so what is made here has names of its own: those of the fonts that it stands in for.
"""

from __future__ import annotations

import sys
from collections.abc import Sequence
from pathlib import Path
from tempfile import TemporaryDirectory

from fontTools.merge import Merger
from fontTools.subset import Options, Subsetter
from fontTools.ttLib import TTFont

TARGET = Path(__file__).parents[2] / "themes" / "clinic" / "fonts" / "metrics"
FAMILIES = {
    "calibri": "Carlito",
    "cambria": "Caladea",
    "times-new-roman": "LiberationSerif",
    "courier-new": "LiberationMono",
}
"""What is measured -> the free font that has the same widths."""
SCRIPTS = (
    *("NotoSansArabic", "NotoSansHebrew", "NotoSansDevanagari"),
    *("NotoSansBengali", "NotoSansTamil", "NotoSansThai"),
)
"""Scripts that the fonts of the West lack -> a free font that is rather wide."""
STYLES = {
    "regular": "Regular",
    "bold": "Bold",
    "italic": "Italic",
    "bold-italic": "BoldItalic",
}
WESTERN = (*range(0x20, 0x590), *range(0x1E00, 0x2C00), 0xFB01, 0xFB02, 0xFFFD)
"""Latin, Greek, Cyrillic, punctuation, symbols."""
ASCII = 0x7F
HINTS = ("fpgm", "prep", "cvt ", "gasp", "hdmx", "VDMX", "LTSH")
OTHERS = ("DSIG", "FFTM", "PCLT", "meta", "vhea", "vmtx", "STAT")
COPYRIGHT, FAMILY, STYLE, WHOLE, LICENCE = 0, 1, 2, 4, 13
KEPT_NAMES = (COPYRIGHT, FAMILY, STYLE, WHOLE, LICENCE, 14)


def main(folders: Sequence[str]) -> None:
    """Make every file."""
    TARGET.mkdir(exist_ok=True)
    for name, source in FAMILIES.items():
        for style in STYLES if name != "courier-new" else ("regular",):
            font = subset(_found(folders, f"{source}-{STYLES[style]}.ttf"), WESTERN)
            save(font, f"{name}-{style}")
    for style in ("regular", "bold"):
        paths = [_found(folders, f"{source}-{STYLES[style]}.ttf") for source in SCRIPTS]
        save(merged(paths), f"scripts-{style}")


def _found(folders: Sequence[str], name: str) -> Path:
    return next(path for folder in folders if (path := Path(folder, name)).is_file())


def subset(path: Path, characters: Sequence[int]) -> TTFont:
    """A font with some characters; with all of its own where none are named."""
    font = TTFont(path, recalcTimestamp=False)
    options = Options(
        layout_features=["*"],
        name_IDs=list(KEPT_NAMES),
        name_languages=[0x409],
        hinting=False,
        legacy_kern=True,
        notdef_outline=False,
        drop_tables=[*OTHERS, *HINTS],
    )
    subsetter = Subsetter(options)
    subsetter.populate(unicodes=characters or [c for c in font.getBestCmap() if c > ASCII])
    subsetter.subset(font)
    return font


def merged(paths: Sequence[Path]) -> TTFont:
    """The fonts of several scripts as one."""
    with TemporaryDirectory() as folder:
        parts = [Path(folder, path.name) for path in paths]
        for path, part in zip(paths, parts, strict=True):
            subset(path, ()).save(part)
        font: TTFont = Merger().merge([str(part) for part in parts])
        font["head"].created = font["head"].modified = TTFont(paths[0])["head"].created
        return font


def save(font: TTFont, name: str) -> None:
    """Write a font without its outlines, under a name of its own."""
    for table in ("glyf", "loca", *OTHERS, *HINTS):
        if table in font:
            del font[table]
    font.recalcTimestamp = False
    for record in font["name"].names:
        if record.nameID in (FAMILY, WHOLE):
            record.string = f"Leafdeck measures {name}"
    font.save(TARGET / f"{name}.ttf")


if __name__ == "__main__":
    main(sys.argv[1:])
