"""Fonts too large to ship: looked up among what is installed, and cut down to a text's characters.

Their packages are data. They are found through their metadata; no code of theirs runs.
"""

from __future__ import annotations

from collections.abc import Set
from dataclasses import dataclass
from functools import lru_cache
from importlib.metadata import PackageNotFoundError, distribution
from pathlib import Path


@dataclass(frozen=True, slots=True)
class Extra:
    """A collection of fonts that comes as an optional package."""

    name: str
    """Of the optional dependency, as in `leafdeck[cjk]`."""
    package: str
    file: str
    """Where the package installs the collection."""
    characters: str
    """What it is for, as CSS writes ranges of characters."""
    words: str
    """What it is for, in words."""

    def installed(self) -> Path | None:
        """The collection's file; None where the package is not installed."""
        try:
            path = Path(str(distribution(self.package).locate_file(self.file)))
        except PackageNotFoundError:
            return None
        return path if path.is_file() else None

    @property
    def advice(self) -> str:
        """How to get it."""
        return f"Get the fonts for {self.words}: pip install 'leafdeck[{self.name}]'."


EXTRAS = {
    extra.name: extra
    for extra in (
        Extra(
            name="cjk",
            package="manimgx-fonts-cjk",
            file="manimgx_fonts_cjk/NotoSansCJK-VF.otf.ttc",
            characters="U+1100-11FF, U+2E80-A4CF, U+A960-A97F, U+AC00-D7FF, U+F900-FAFF,"
            " U+FE10-FE1F, U+FE30-FE4F, U+FF00-FFEF, U+20000-3FFFF",
            words="Chinese, Japanese and Korean",
        ),
    )
}
"""By name. What a theme may ask for is listed here: it cannot name any file of the machine."""


@lru_cache(maxsize=64)
def cut(path: Path, family: str, weight: int, characters: Set[str]) -> bytes:
    """A font that holds some characters of one in a collection of variable fonts.

    Args:
        path: the collection.
        family: the name of the one that is meant.
        weight: 100 to 900.
        characters: what it is to hold, as far as the collection does.

    Raises:
        LookupError: the collection holds no such family.
    """
    import uharfbuzz

    collection = uharfbuzz.Blob.from_file_path(str(path))
    faces = (uharfbuzz.Face(collection, index) for index in range(uharfbuzz.Face(collection).count))
    face = next((each for each in faces if each.get_name(1) == family), None)
    if face is None:
        raise LookupError(f"{path.name} holds no font of the family {family}")
    wanted = uharfbuzz.SubsetInput()
    # A space is drawn with the font of the letters before it.
    wanted.unicode_set.update(map(ord, sorted({*characters, " ", "\u00a0"})))
    wanted.pin_axis_location(face, "wght", weight)
    # Outlines of the kind that a PDF may hold: none of its versions knows variable ones.
    wanted.flags |= uharfbuzz.SubsetFlags.DOWNGRADE_CFF2
    return bytes(uharfbuzz.subset(face, wanted).blob.data)
