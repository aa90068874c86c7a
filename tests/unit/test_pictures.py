"""Pictures of every kind, as they reach slides, leaflets and previews."""

from __future__ import annotations

import io
import struct
import zlib
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pikepdf
import pytest
from PIL import Image, ImageCms

from builder.artifacts import leaflet
from builder.module import raster
from builder.module.pictures import raster as shown
from builder.module.raster import LONGEST, Raster, raster_of
from builder.problems import Place, Rejected
from tests.unit import leaflets
from tests.unit.decks import find, made, slide

SECRET = b"51.5007 N"
"""What a camera notes and nobody else must know."""
SIZE = (40, 30)


def drawn(mode: str = "RGB", size: tuple[int, int] = SIZE, colour: Any = None) -> Image.Image:
    """A picture of one colour, its left half in another."""
    plain = {"RGB": (0, 0, 200), "RGBA": (0, 0, 200, 128), "CMYK": (0, 255, 255, 0)}
    image = Image.new(mode, size, plain.get(mode, 1) if colour is None else colour)
    image.paste(0 if len(image.getbands()) == 1 else (200, 0, 0, 255)[: len(image.getbands())],
                (0, 0, size[0] // 2, size[1]))  # fmt: skip
    return image


def saved(image: Image.Image, kind: str, **options: Any) -> bytes:
    target = io.BytesIO()
    image.save(target, kind, **options)
    return target.getvalue()


def noted(turn: int = 1) -> Image.Exif:
    exif = Image.Exif()
    exif[0x0112] = turn
    exif[0x010E] = SECRET.decode()
    return exif


def deep(colours: int) -> bytes:
    """A PNG file of sixteen bits: one row from black to white."""
    samples = [b"\x00\x00" * colours, b"\x80\x00" * colours, b"\xff\xff" * colours]
    header = struct.pack(">IIBBBBB", 3, 1, 16, 2 if colours == 3 else 0, 0, 0, 0)
    chunks = (
        (b"IHDR", header),
        (b"IDAT", zlib.compress(b"\0" + b"".join(samples))),
        (b"IEND", b""),
    )
    return b"\x89PNG\r\n\x1a\n" + b"".join(
        struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))
        for kind, data in chunks
    )


def lively(kind: str) -> bytes:
    frames = [drawn(), drawn(colour=(0, 200, 0))]
    return saved(frames[0], kind, save_all=True, append_images=frames[1:], duration=99)


ALPHA = drawn("RGBA")
KINDS: dict[str, tuple[Callable[[], bytes], str, str]] = {
    "png": (lambda: saved(drawn(), "PNG"), "png", "RGB"),
    "png of one bit": (lambda: saved(drawn("1"), "PNG"), "png", "1"),
    "png of grey": (lambda: saved(drawn("L", colour=99), "PNG"), "png", "L"),
    "png with a palette": (lambda: saved(drawn().quantize(8), "PNG", transparency=0), "png", "P"),
    "png with transparency": (lambda: saved(ALPHA, "PNG"), "png", "RGBA"),
    "png of sixteen bits of grey": (lambda: deep(1), "png", "L"),
    "png of sixteen bits a colour": (lambda: deep(3), "png", "RGB"),
    "png that moves": (lambda: lively("PNG"), "png", "RGB"),
    "jpeg": (lambda: saved(drawn(), "JPEG"), "jpg", "RGB"),
    "jpeg of grey": (lambda: saved(drawn("L", colour=99), "JPEG"), "jpg", "L"),
    "jpeg for print": (lambda: saved(drawn("CMYK"), "JPEG"), "jpg", "RGB"),
    "jpeg in steps": (lambda: saved(drawn(), "JPEG", progressive=True), "jpg", "RGB"),
    "jpeg with a second picture": (
        lambda: saved(drawn(), "MPO", save_all=True, append_images=[drawn()]),
        "jpg",
        "RGB",
    ),
    "webp of a photograph": (lambda: saved(drawn(), "WEBP"), "jpg", "RGB"),
    "webp of a drawing": (lambda: saved(drawn(), "WEBP", lossless=True), "png", "RGB"),
    "webp with transparency": (lambda: saved(ALPHA, "WEBP"), "png", "RGBA"),
    "webp that moves": (lambda: lively("WEBP"), "jpg", "RGB"),
    "avif": (lambda: saved(drawn(), "AVIF"), "jpg", "RGB"),
    "avif with transparency": (lambda: saved(ALPHA, "AVIF"), "png", "RGBA"),
    "gif": (lambda: saved(drawn(), "GIF"), "png", "RGB"),
    "gif that moves": (lambda: lively("GIF"), "png", "RGB"),
    "bmp": (lambda: saved(drawn(), "BMP"), "png", "RGB"),
    "tiff": (lambda: saved(drawn(), "TIFF"), "png", "RGB"),
    "tiff for print": (lambda: saved(drawn("CMYK"), "TIFF"), "png", "RGB"),
}
"""What a module may hold, and what becomes of it: the file's kind, and Pillow's mode."""


def opened(found: Raster) -> Image.Image:
    image = Image.open(io.BytesIO(found.data))
    image.load()
    return image


@pytest.mark.parametrize("kind", KINDS)
def test_each_kind_becomes_one_that_is_shown_everywhere(kind: str) -> None:
    make, suffix, mode = KINDS[kind]
    found = raster_of(make())
    image = opened(found)
    assert (found.suffix, image.mode) == (suffix, mode)
    assert image.size == (found.width, found.height)
    assert getattr(image, "n_frames", 1) == 1


@pytest.mark.parametrize("kind", ["avif", "webp of a drawing", "gif that moves", "jpeg for print"])
def test_colours_stay(kind: str) -> None:
    image = opened(raster_of(KINDS[kind][0]())).convert("RGB")
    red = image.getpixel((10, 15))
    assert isinstance(red, tuple)
    assert red[0] > 150 or kind == "jpeg for print"
    blue = image.getpixel((30, 15))
    assert isinstance(blue, tuple)
    assert blue[2] > 150 or kind == "jpeg for print"


@pytest.mark.parametrize("colours", [1, 3])
def test_sixteen_bits_become_eight(colours: int) -> None:
    image = opened(raster_of(deep(colours))).convert("L")
    assert [image.getpixel((x, 0)) for x in range(3)] == [0, 128, 255]


@pytest.mark.parametrize("kind", ["PNG", "JPEG", "WEBP", "TIFF"])
@pytest.mark.parametrize("turn", range(1, 9))
def test_pictures_stand_upright(kind: str, turn: int) -> None:
    """However the camera was held, the red half is where people saw it."""
    camera = drawn()
    found = raster_of(saved(camera, kind, exif=noted(turn)))
    image = opened(found).convert("RGB")
    assert image.size == (found.width, found.height) == (SIZE if turn < 5 else SIZE[::-1])
    place = {1: (2, 15), 2: (38, 15), 3: (38, 15), 4: (2, 15)}
    place |= {5: (15, 2), 6: (15, 2), 7: (15, 38), 8: (15, 38)}
    red = image.getpixel(place[turn])
    assert isinstance(red, tuple)
    assert red[0] > red[2]


@pytest.mark.parametrize("kind", ["PNG", "JPEG", "WEBP", "AVIF", "TIFF"])
def test_what_a_camera_notes_is_left_out(kind: str) -> None:
    data = saved(drawn(), kind, exif=noted())
    assert SECRET in data
    assert SECRET not in raster_of(data).data


@pytest.mark.parametrize("kind", ["PNG", "JPEG"])
def test_nothing_of_a_plain_picture_is_lost(kind: str) -> None:
    profile = ImageCms.ImageCmsProfile(ImageCms.createProfile("sRGB")).tobytes()
    data = saved(drawn(), kind, exif=noted(), icc_profile=profile)
    found = opened(raster_of(data))
    assert found.tobytes() == Image.open(io.BytesIO(data)).tobytes()
    assert found.info["icc_profile"] == profile


def test_a_large_picture_is_made_smaller_and_says_its_size() -> None:
    found = raster_of(saved(drawn(size=(6000, 3000)), "JPEG"))
    assert (found.width, found.height) == (6000, 3000)
    assert opened(found).size == (LONGEST, LONGEST // 2)


def test_fifty_megapixels_become_a_sensible_picture() -> None:
    found = raster_of(saved(Image.new("L", (10_000, 5_000), 200), "JPEG"))
    assert opened(found).size == (LONGEST, LONGEST // 2)


def test_a_thread_of_a_picture_stays_one_pixel_broad() -> None:
    assert opened(raster_of(saved(drawn("L", (1, 20_000)), "PNG"))).size == (1, LONGEST)


@pytest.mark.parametrize("kind", ["png", "jpeg", "webp of a photograph", "avif", "gif", "tiff"])
def test_what_is_cut_short_is_broken(kind: str) -> None:
    data = KINDS[kind][0]()
    for length in (len(data) // 2, len(data) - len(data) // 10 - 4):
        with pytest.raises(Rejected) as caught:
            shown(data[:length], f"a.{kind.split()[0]}", Place("slides.md", 3))
        assert [(each.code, each.place.line) for each in caught.value.problems] == [
            ("picture-broken", 3)
        ]


OTHERS = {
    b'<?xml version="1.0"?><svg/>': "an SVG drawing",
    b"\xef\xbb\xbf <svg xmlns=''/>": "an SVG drawing",
    b"\0\0\0\x18ftypheic\0\0\0\0": "a HEIC picture",
    b"%PDF-1.7": "a PDF document",
    b"%!PS-Adobe-3.0": "an EPS drawing",
    b"\xd7\xcd\xc6\x9a\0\0": "a Windows metafile",
    b"8BPS\0\1": "a Photoshop document",
}


@pytest.mark.parametrize("data", OTHERS)
def test_what_cannot_be_shown_is_named(data: bytes) -> None:
    with pytest.raises(Rejected) as caught:
        shown(data, "a.png", Place("slides.md", 3))
    (problem,) = caught.value.problems
    assert problem.code == "picture-format"
    assert OTHERS[data] in problem.message
    assert problem.hint


def test_a_picture_is_prepared_once(monkeypatch: pytest.MonkeyPatch) -> None:
    data = saved(drawn(size=(41, 31)), "PNG")
    first = raster_of(data)
    monkeypatch.setattr(raster, "_prepared", None)
    assert raster_of(data) is first


def test_a_process_keeps_few_pictures(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(raster, "KEPT", 1)
    for side in range(50, 55):
        raster_of(saved(drawn(size=(side, side)), "PNG"))
    assert len(raster._ready) == 1


@pytest.mark.parametrize("kind", ["webp of a photograph", "avif", "gif that moves", "jpeg"])
def test_a_deck_holds_what_powerpoint_shows(tmp_path: Path, kind: str) -> None:
    name = f"photo.{kind.split()[0]}"
    (tmp_path / name).write_bytes(KINDS[kind][0]())
    body = f'<img src="{name}" alt="A flag">'
    deck = made(tmp_path, slide("One", body) + slide("Two", body))
    held = [entry for entry in deck.entries if entry.startswith("ppt/media/")]
    assert [entry.rpartition(".")[2] for entry in held] == [KINDS[kind][1]]
    for one in deck.own:
        assert find(one, ".//p:pic")


@pytest.mark.parametrize("kind", ["JPEG", "WEBP", "AVIF", "GIF", "TIFF"])
def test_a_leaflet_shows_each_kind(tmp_path: Path, kind: str) -> None:
    (tmp_path / "photo").write_bytes(saved(drawn(), kind, exif=noted()))
    data = leaflet.make(leaflets.order(tmp_path, '<p><img src="photo" alt="A flag"></p>')).data
    with pikepdf.open(io.BytesIO(data)) as pdf:
        streams = [each for each in pdf.objects if isinstance(each, pikepdf.Stream)]
        (shown,) = [each for each in streams if each.get("/Subtype") == "/Image"]
        assert (int(shown.Width), int(shown.Height)) == SIZE
        assert SECRET not in b"".join(each.read_raw_bytes() for each in streams)


def test_the_same_picture_is_written_the_same(monkeypatch: pytest.MonkeyPatch) -> None:
    data = saved(drawn(size=(6000, 100)), "WEBP")
    first = raster_of(data).data
    raster._ready.clear()
    assert raster_of(data).data == first


@pytest.mark.parametrize("place", [0.3, 0.6, 0.9])
def test_a_fault_in_the_pixels_is_found(place: float) -> None:
    """Also in a PNG, whose camera's note is looked for behind its pixels."""
    data = bytearray(saved(Image.effect_noise((200, 200), 90), "PNG"))
    data[int(len(data) * place)] ^= 0x55
    with pytest.raises(raster.Broken):
        raster_of(bytes(data))
