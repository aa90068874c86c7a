"""Pictures: one to four on a slide, as large as they may be, in their own shape or cropped."""

from __future__ import annotations

from itertools import combinations
from pathlib import Path
from typing import Any

import pytest

from builder.problems import Rejected
from tests.unit.decks import Deck, bullets, find, made, slide

POINT = 12700


def picture(name: str = "square.png", caption: str = "Its caption", **more: str) -> str:
    """A figure as a template writes it."""
    sizes = "".join(f' data-{key}="{value}"' for key, value in more.items())
    words = f"<figcaption>{caption}</figcaption>" if caption else ""
    return f'<figure><img src="{name}" alt="A square"{sizes}>{words}</figure>'


def places(one: Any) -> list[tuple[float, float, float, float]]:
    """Left, top, width and height of each picture on a slide, in points."""
    found = []
    for place in find(one, ".//p:pic/p:spPr/a:xfrm"):
        start, size = list(place)
        values = (start.get("x"), start.get("y"), size.get("cx"), size.get("cy"))
        found.append(tuple(int(value) / POINT for value in values))
    return found  # type: ignore[return-value]


def boxes(one: Any) -> list[tuple[float, ...]]:
    """Left, top, width and height of whatever says where it stands, in points."""
    return [
        tuple(int(value) / POINT for value in (*place[0].values(), *place[1].values()))
        for place in find(one, ".//a:xfrm")
    ]


def rows(one: Any) -> list[int]:
    """How many pictures stand in each row."""
    tops = [round(top) for _, top, _, _ in places(one)]
    return [tops.count(top) for top in dict.fromkeys(tops)]


@pytest.mark.parametrize(
    ("names", "expected"),
    [
        (["square.png"], [[1]]),
        (["square.png"] * 2, [[2]]),
        (["square.png"] * 3, [[3]]),
        (["broad.png"] * 3, [[2, 1]]),
        (["square.png"] * 4, [[2, 2]]),
        (["square.png"] * 5, [[3], [2]]),
        (["square.png"] * 9, [[3], [3], [3]]),
    ],
)
def test_pictures_stand_in_a_grid(
    tmp_path: Path, names: list[str], expected: list[list[int]]
) -> None:
    deck = made(tmp_path, slide("Grid", "".join(map(picture, names))))
    assert [rows(one) for one in deck.own] == expected
    for one in deck.own:
        for first, second in combinations(places(one), 2):
            beside = first[0] + first[2] <= second[0] or second[0] + second[2] <= first[0]
            assert beside or first[1] + first[3] <= second[1] or second[1] + second[3] <= first[1]
            assert first[2] > 100


def sizes(deck: Deck) -> list[tuple[int, int]]:
    """Width and height of each picture, in whole points."""
    found = (place for one in deck.own for place in places(one))
    return [(round(width), round(height)) for _, _, width, height in found]


def test_sizes_that_the_author_asks_for(tmp_path: Path) -> None:
    """The most that a picture takes, in its own shape: 8 cm are 227 points, 3 in are 216."""

    def size(**more: str) -> tuple[int, int]:
        body = "<p>a</p><table><thead><tr><th>b</th></tr></thead></table>"
        (found,) = sizes(made(tmp_path, slide("Size", body + picture(**more))))
        return found

    assert size(width="5cm") == (142, 142)
    assert size(height="2in") == (144, 144)
    assert size(width="3cm", height="2in") == (85, 85)
    assert size(width="10%")[0] < 100


def test_a_picture_that_covers_its_place_is_cropped(tmp_path: Path) -> None:
    """As much on either side; its shape stays as it is."""
    body = "<p>a</p><table><thead><tr><th>b</th></tr></thead></table>"
    wanted = picture(width="6in", height="2in", fit="cover")
    deck = made(tmp_path, slide("Cover", body + wanted))
    assert sizes(deck) == [(432, 144)]
    (crop,) = find(deck.own[0], ".//p:pic/p:blipFill/a:srcRect")
    assert dict(crop.attrib) == {"t": "33333", "b": "33333"}


def test_a_picture_alone_may_cover_the_slide(tmp_path: Path) -> None:
    deck = made(tmp_path, slide("Cover", picture(fit="cover", caption="")))
    ((width, height),) = sizes(deck)
    assert width > 800
    assert height > 300
    assert find(deck.own[0], ".//a:srcRect/@t")


def test_a_picture_is_never_cropped_unless_it_is_asked_for(tmp_path: Path) -> None:
    body = picture() + picture("broad.png") + picture("other.png")
    (one,) = made(tmp_path, slide("Whole", body)).own
    assert not find(one, ".//a:srcRect")
    shapes = [round(width / height, 1) for _, _, width, height in places(one)]
    assert shapes == [1.0, 3.0, 0.8]


def test_pictures_follow_words_where_there_is_room(tmp_path: Path) -> None:
    deck = made(tmp_path, slide("Many", bullets(8) + picture() + picture()))
    assert [len(places(one)) for one in deck.own] == [0, 2]
    deck = made(tmp_path, slide("Few", bullets(2) + picture() + picture()))
    assert [len(places(one)) for one in deck.own] == [2]


@pytest.mark.parametrize("before", ["", "<ul><li>A point</li></ul>"])
def test_a_long_caption_stays_on_its_slide(tmp_path: Path, before: str) -> None:
    """Where the picture's own place cannot hold it, the picture stands among the content."""
    deck = made(tmp_path, slide("Told", before + picture(caption="and so on " * 55)))
    (one,) = deck.own
    height = max(top + high for _, top, _, high in boxes(one))
    assert height <= 540
    assert all(top >= 0 for _, top, _, _ in boxes(one))


def test_a_caption_longer_than_a_slide_is_a_problem(tmp_path: Path) -> None:
    with pytest.raises(Rejected) as caught:
        made(tmp_path, slide("Told", picture(caption="and so on " * 200)))
    assert [problem.code for problem in caught.value.problems] == ["text-overflows"]
