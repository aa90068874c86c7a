"""WeasyPrint in a jail: no network, no files of the machine, no fonts of the machine."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from functools import cache, lru_cache
from importlib.resources import files
from multiprocessing.util import Finalize
from pathlib import Path, PurePosixPath
from shutil import rmtree
from typing import Any
from urllib.parse import unquote

import pydyf
import weasyprint
from weasyprint.text.fonts import FontConfiguration
from weasyprint.urls import FatalURLFetchingError, URLFetcher, URLFetcherResponse

from builder.artifacts import Order
from builder.artifacts.leaflet.fonts import Face, characters_of, fonts_for
from builder.artifacts.leaflet.imposition import Fold, leave_out_spares, single
from builder.artifacts.leaflet.messages import listening, problem_of, style_problem
from builder.artifacts.leaflet.metadata import describe, inform
from builder.artifacts.leaflet.mirror import mirrored
from builder.artifacts.leaflet.pictures import packing_once, shown
from builder.artifacts.leaflet.source import MODULE, THEME, Source, prepare
from builder.artifacts.leaflet.tags import noting_marks, tag, tidy_links
from builder.artifacts.leaflet.wording import saying_words
from builder.artifacts.leaflet.wrapping import filling_lines
from builder.problems import Place, Problem, Rejected

VARIANT = "pdf/a-2a"
COLOURS = "screens"
"""Our name for sRGB; under its own the engine opens the profile's file and leaves it open."""
RESOLUTION = 300
"""Dots per inch of a picture as it is shown; more is thrown away."""
TYPES = {".css": "text/css", ".svg": "image/svg+xml"}
"""The media types that the engine asks for; it looks into all other files by itself."""


@dataclass(frozen=True, slots=True)
class Sheet:
    """What is printed, and by which rules."""

    text: str
    """The module's text that it is made from."""
    styles: tuple[str, ...]
    """The theme's style files; later ones are laid over earlier ones."""
    floor: str
    """The token that says how small its words may be."""
    name: str = "leaflet"
    """What people call it."""
    impose: Callable[[Any, Any], None] | None = None
    """Puts several pages of the tagged file on each sheet: given the engine's file and document, it
    changes the file. The order of the tags is the order of the pages before."""
    fold: Fold = single
    """Which laid-out pages stand together on which side of a sheet."""
    stamps_pages: bool = False
    """Whether each page shows the stamp, and not only each side of a sheet: pages are copied."""
    multiple: int = 1
    """How many pages fill a sheet; pages for notes that are not needed for it are left out."""


LEAFLET = Sheet("leaflet", ("leaflet.css",), "sizes.leaflet.floor")


@dataclass(frozen=True, slots=True)
class Layout:
    """A document as it is laid out on pages, not yet written."""

    sheet: Sheet

    document: Any
    source: Source
    characters: frozenset[int]
    """The code points that the theme's fonts hold."""
    problems: tuple[Problem, ...]

    @property
    def fills_sheets(self) -> bool:
        """Whether its pages make whole sheets."""
        return not len(self.document.pages) % self.sheet.multiple


def lay_out(order: Order, sheet: Sheet = LEAFLET) -> Layout:
    """The pages of a document.

    Raises:
        Rejected: the theme's fonts or style cannot be had, or the engine fails.
    """
    text = order.module.texts[sheet.text]
    css = "\n".join(map(order.theme.text, sheet.styles))
    with _working(text.path) as heard, filling_lines():
        html = weasyprint.HTML(string=order.html, url_fetcher=_Jail(order))
        prepare(html.etree_element, text.pictures)
        if html.etree_element.get("dir") == "rtl":
            css = mirrored(css)
        fonts = fonts_for(order.theme, html.etree_element, css)
        style = _style(f"{css}\n{fonts.rules}", fonts.faces)
        source = Source(text.path, html.etree_element)
        document = html.render(
            font_config=style.fonts,
            stylesheets=[style.sheet],
            pdf_variant=VARIANT,
            presentational_hints=True,
            dpi=RESOLUTION,
        )
    leave_out_spares(document, sheet.multiple)
    tidy_links(document)
    label = order.theme.holder(sheet.styles[-1]).label(sheet.styles[-1])
    problems = (
        *(style_problem(each, label) for each in style.heard),
        *(problem_of(each, source) for each in dict.fromkeys(heard)),
    )
    return Layout(sheet, document, source, characters_of(fonts.faces), problems)


def write(layout: Layout, order: Order) -> tuple[bytes, tuple[Problem, ...]]:
    """The PDF of a layout, not yet sealed, and what the engine noticed on the way."""

    def finish(document: Any, pdf: Any) -> None:
        tag(pdf, document, marks, layout.source)
        _leave_pixels(pdf)
        if layout.sheet.impose:
            layout.sheet.impose(pdf, document)
        inform(pdf, order)

    describe(layout.document, order)
    layout.document.color_profiles[COLOURS] = _Profile()
    layout.document.output_intent = COLOURS
    with (
        _working(layout.source.path) as heard,
        noting_marks() as marks,
        saying_words(),
        packing_once(),
    ):
        data = layout.document.write_pdf(
            finisher=finish,
            pdf_variant=VARIANT,
            output_intent=COLOURS,
            pdf_identifier=order.stamp.digest[:32].encode(),
        )
    problems = (problem_of(each, layout.source) for each in dict.fromkeys(heard))
    return data, tuple(problems)


@cache
def _profile_data() -> bytes:
    return files("weasyprint.pdf").joinpath("sRGB2014.icc").read_bytes()


@dataclass(slots=True)
class _Profile:
    """What the numbers of all colours mean, which PDF/A wants in the file: sRGB.

    It stands for the engine's record, which gives other bytes when it is asked again.
    """

    name: str = "sRGB2014"
    components: tuple[str, ...] = ("red", "green", "blue")
    content: bytes = field(default_factory=_profile_data)
    pdf_reference: bytes | None = None


def _leave_pixels(pdf: Any) -> None:
    """No reader smooths a picture in its own way (PDF/A-2, 6.2.8)."""
    for each in pdf.objects:
        if isinstance(each, pydyf.Stream) and each.extra.get("Subtype") == "/Image":
            each.extra.pop("Interpolate", None)


@contextmanager
def _working(path: str) -> Iterator[list[str]]:
    """What the engine says while it works; what it raises becomes a problem."""
    try:
        with listening() as heard:
            yield heard
    except Rejected:
        raise
    except (Exception, FatalURLFetchingError) as error:  # an engine may fail in any way
        message = f"WeasyPrint failed: {type(error).__name__}: {str(error)[:200]}"
        raise Rejected(Problem("artifact-failed", message, Place(path))) from error


class _Jail(URLFetcher):  # type: ignore[misc] # WeasyPrint carries no types
    """Gives files of the module and of the theme, and `data:` addresses; nothing else."""

    def __init__(self, order: Order) -> None:
        super().__init__(allowed_protocols={"data"}, allow_redirects=False)
        self.order = order

    def fetch(self, url: str, headers: Any = None) -> Any:
        address = unquote(url)
        if address.startswith(MODULE):
            data = shown(_read(self.order.module.folder.read, address.removeprefix(MODULE)))
        elif address.startswith(THEME):
            data = shown(_read(self.order.theme.read, address.removeprefix(THEME)))
        else:
            return super().fetch(url, headers)
        kind = TYPES.get(PurePosixPath(address).suffix.lower(), "application/octet-stream")
        return URLFetcherResponse(url, data, {"Content-Type": kind})


def _read(read: Any, path: str) -> bytes:
    """The bytes of a file; its problem's code is the reason where it cannot be had."""
    try:
        data: bytes = read(path)
    except Rejected as rejected:
        raise OSError(f"{rejected.problems[0].code}: {rejected}") from None
    return data


@dataclass(frozen=True)
class _Style:
    sheet: Any
    fonts: Any
    heard: tuple[str, ...]
    """What the engine said of it; it says so once, and each leaflet must know."""


STYLES = 16
"""Styles that a process keeps: five papers in both directions, with some to spare for further
scripts. Each takes about 4 MB with its fonts."""


@lru_cache(maxsize=STYLES)
def _style(css: str, faces: tuple[Face, ...]) -> _Style:
    """A theme's parsed style and loaded fonts, kept for the next leaflet of this process."""
    with _no_fonts_of_the_machine():
        fonts = FontConfiguration()
    rules = "\n".join(face.rule for face in faces)
    shelf = _Shelf({f"{THEME}{face.path}": face.data for face in faces})
    with _working("the style") as heard:
        sheet = weasyprint.CSS(string=f"{css}\n{rules}", font_config=fonts, url_fetcher=shelf)
    # WeasyPrint tidies up when its last object goes; a worker of a pool ends without that.
    if folder := fonts._folder:  # noqa: SLF001 - there is no other way to it
        Finalize(None, rmtree, (folder,), {"ignore_errors": True}, exitpriority=0)
    return _Style(sheet, fonts, tuple(dict.fromkeys(heard)))


class _Shelf(URLFetcher):  # type: ignore[misc] # WeasyPrint carries no types
    """Gives the files that were put on it, and `data:` addresses."""

    def __init__(self, files: dict[str, bytes]) -> None:
        super().__init__(allowed_protocols={"data"}, allow_redirects=False)
        self.files = files

    def fetch(self, url: str, headers: Any = None) -> Any:
        if url in self.files:
            return URLFetcherResponse(url, self.files[url])
        return super().fetch(url, headers)


@contextmanager
def _no_fonts_of_the_machine() -> Iterator[None]:
    """Fontconfig is told by the environment what to read, whenever a configuration is made."""
    key, before = "FONTCONFIG_FILE", os.environ.get("FONTCONFIG_FILE")
    os.environ[key] = str(Path(__file__).with_name("no-fonts.conf"))
    try:
        yield
    finally:
        os.environ.pop(key)
        if before is not None:
            os.environ[key] = before
