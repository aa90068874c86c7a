"""Where WeasyPrint's tags are not what PDF/UA-1 asks for, and how they are put right."""

from __future__ import annotations

from typing import Any

import pydyf


def unlink_inner_boxes(document: Any) -> None:
    """Keep one annotation for each link: WeasyPrint makes one for each box inside of it as well."""
    for page in document.pages:
        page.links[:] = [link for link in page.links if link[3].element_tag == "a"]


def make_artifacts(pdf: Any) -> None:
    """Mark the running text of pages as an artifact: WeasyPrint leaves tags that lead nowhere."""
    objects = {each.number: each for each in pdf.objects if isinstance(each, pydyf.Object)}
    tagged = _tagged(objects, pdf.catalog["StructTreeRoot"])
    for page in pdf.page_references:
        contents = _follow(objects, _follow(objects, page)["Contents"]).stream
        _untag(contents, {number for where, number in tagged if where == page})


def _follow(objects: dict[int, Any], reference: bytes) -> Any:
    return objects[int(reference.split()[0])]


def _tagged(objects: dict[int, Any], root: bytes) -> set[tuple[bytes, int]]:
    """The page and number of all marked content that the structure tree holds."""
    found: set[tuple[bytes, int]] = set()
    waiting = [_follow(objects, root)]
    while waiting:
        element = waiting.pop()
        for kid in element.get("K", ()):
            if isinstance(kid, int):
                found.add((element["Pg"], kid))
            elif (inner := _follow(objects, kid)).get("Type") == "/StructElem":
                waiting.append(inner)
    return found


def _untag(contents: list[Any], tagged: set[int]) -> None:
    """Turn content that no tag claims into artifacts: `/P <</MCID 3>> BDC` -> `/Artifact BMC`."""
    for index, operator in enumerate(contents):
        if operator != b"BDC":
            continue
        properties = contents[index - 1]
        number = properties.get("MCID") if isinstance(properties, dict) else None
        if number is not None and number not in tagged:
            contents[index - 2 : index + 1] = "/Artifact", b"", b"BMC"
