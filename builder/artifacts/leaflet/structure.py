"""The tree of tags, made from the elements of a document and what was drawn of each."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any
from xml.etree.ElementTree import Element

import pydyf
from weasyprint.formatting_structure import boxes
from weasyprint.layout.absolute import AbsolutePlaceholder

from builder.artifacts.leaflet.source import Source

POINTS = 72 / 96
"""Points in a pixel, the engine's unit."""
TAGS = {
    "p": "P", "pre": "P", "address": "P", "div": "Div", "section": "Sect", "article": "Art",
    "aside": "Sect", "nav": "Sect", "main": "Part", "header": "Div", "footer": "Div",
    "figure": "Div", "figcaption": "Caption", "blockquote": "BlockQuote", "q": "Quote",
    "h1": "H1", "h2": "H2", "h3": "H3", "h4": "H4", "h5": "H5", "h6": "H6",
    "ul": "L", "ol": "L", "dl": "L", "li": "LBody", "dt": "Lbl", "dd": "LBody",
    "table": "Table", "caption": "Caption", "thead": "THead", "tbody": "TBody", "tfoot": "TFoot",
    "tr": "TR", "th": "TH", "td": "TD", "a": "Link", "code": "Code",
    "img": "Figure", "{http://www.w3.org/2000/svg}svg": "Figure",
}  # fmt: skip
"""The standard structure types (ISO 32000-1, 14.8.4). Other elements have none: what is in them
belongs to the element around them."""
GRID = ("caption", "thead", "tbody", "tfoot", "tr", "th", "td")
GRIDS = ("/Table", "/THead", "/TBody", "/TFoot", "/TR")
SCOPES = {"col": "/Column", "colgroup": "/Column", "row": "/Row", "rowgroup": "/Row"}
NOTES = "footnotes"
"""The class of what holds footnotes."""


@dataclass(frozen=True, slots=True)
class Piece:
    """A box that is read: something drawn, or something that says how a cell or a link lies."""

    box: Any
    page: bytes
    """The reference of its page."""
    mark: int | None
    """The number of its marked content; None where nothing was drawn."""
    height: float
    """Of its page, in points."""


def parts_of(box: Any) -> Iterator[Any]:
    """The boxes straight inside of a box."""
    if isinstance(box, boxes.ParentBox):
        for child in box.children:
            # The engine leaves a proxy behind where a box was taken out of the flow.
            yield child._box if isinstance(child, AbsolutePlaceholder) else child  # noqa: SLF001


class Structure:
    """The tree while it grows: each element gets its tag when the first of it is read."""

    def __init__(self, pdf: Any, source: Source) -> None:
        self._pdf = pdf
        self._source = source
        self._root = self._new("StructTreeRoot")
        self._document = self._tag("Document", self._root, pdf.page_references[0])
        self._document["Lang"] = pydyf.String(source.language(source.root))
        self._tags: dict[Element, Any] = {}
        self._marked: dict[bytes, dict[int, bytes]] = {page: {} for page in pdf.page_references}
        self._annotations: list[tuple[Any, bytes]] = []
        self._notes: list[tuple[str, bytes]] = []

    def add(self, piece: Piece) -> None:
        """Put what is read next behind what was read before."""
        box, element = piece.box, piece.box.element
        if element is None:
            return
        if box.link_annotation:
            self._link(box, piece)
        if isinstance(box, boxes.TableCellBox) and element.tag in ("th", "td"):
            self._span(self._tag_of(element, piece), box)
        if piece.mark is not None:
            self._read(piece, self._holder(box, piece))

    def finish(self) -> bytes:
        """Write what leads into the tree; the reference of its root."""
        numbers = pydyf.Array()
        for key, (page, marked) in enumerate(self._marked.items()):
            self._object(page)["StructParents"] = key
            places = [marked.get(each, b"null") for each in range(max(marked, default=-1) + 1)]
            numbers.extend((key, pydyf.Array(places)))
        for key, (annotation, tag) in enumerate(self._annotations, start=len(self._marked)):
            annotation["StructParent"] = key
            numbers.extend((key, tag))
        parents = self._new()
        parents["Nums"] = numbers
        self._root["ParentTree"] = parents.reference
        self._root["ParentTreeNextKey"] = len(self._marked) + len(self._annotations)
        if self._notes:
            names = pydyf.Array()
            for identity, tag in sorted(self._notes):
                names.extend((pydyf.String(identity), tag))
            self._root["IDTree"] = pydyf.Dictionary({"Names": names})
        return bytes(self._root.reference)

    def _new(self, kind: str = "") -> Any:
        made = pydyf.Dictionary({"Type": f"/{kind}"} if kind else {})
        self._pdf.add_object(made)
        return made

    def _object(self, reference: bytes) -> Any:
        return self._pdf.objects[int(reference.split()[0])]

    def _tag(self, name: str, parent: Any, page: bytes) -> Any:
        made = self._new("StructElem")
        made.update({"S": f"/{name}", "P": parent.reference, "Pg": page, "K": pydyf.Array()})
        parent.setdefault("K", pydyf.Array()).append(made.reference)
        return made

    def _read(self, piece: Piece, tag: Any) -> None:
        """Let a tag hold marked content, which may be on another page than the tag begins on."""
        self._marked[piece.page][piece.mark or 0] = tag.reference
        if tag["Pg"] == piece.page:
            tag["K"].append(piece.mark)
        else:
            values = {"Type": "/MCR", "Pg": piece.page, "MCID": piece.mark}
            tag["K"].append(pydyf.Dictionary(values))

    def _link(self, box: Any, piece: Piece) -> None:
        """Let a link's tag hold its annotation; a link that is broken in two has two of them."""
        tag = self._tag_of(box.element, piece)
        values = {"Type": "/OBJR", "Obj": box.link_annotation.reference, "Pg": piece.page}
        tag["K"].append(pydyf.Dictionary(values))
        box.link_annotation["Contents"] = pydyf.String(_destination(box.element))
        self._annotations.append((box.link_annotation, tag.reference))

    def _span(self, tag: Any, box: Any) -> None:
        for name, count in (("ColSpan", box.colspan), ("RowSpan", box.rowspan)):
            if count != 1:
                tag["A"][name] = count

    def _holder(self, box: Any, piece: Piece) -> Any:
        """The tag that holds what is drawn of a box."""
        tag = self._tag_of(box.element, piece)
        generated = "::" in box.element_tag
        if generated and box.element.tag == "li":
            return self._label(tag, box, piece)
        if isinstance(box, boxes.ReplacedBox) and not generated and tag["S"] == "/Figure":
            tag["A"] = _frame(box, piece)
        return tag

    def _label(self, body: Any, box: Any, piece: Piece) -> Any:
        """The label of a list's item or of a note: its bullet or number, which comes first."""
        if not box.element_tag.endswith(("::before", "::marker")):
            return body
        holder = body if body["S"] == "/Note" else self._object(body["P"])
        label = self._tag("Lbl", holder, piece.page)
        holder["K"].insert(0, holder["K"].pop())
        return label

    def _tag_of(self, element: Element, piece: Piece) -> Any:
        """The tag of an element, or of the nearest one around it that has one."""
        if (known := self._tags.get(element)) is None:
            known = self._tags[element] = self._make(element, piece)
        return known

    def _make(self, element: Element, piece: Piece) -> Any:
        above = self._source.parent(element)
        if above is None:
            return self._document
        parent = self._tag_of(above, piece)
        if element in self._tags:  # a cell whose table was just made, with all that is in it
            return self._tags[element]
        name = self._name(element)
        if element.tag in GRID and parent["S"] not in GRIDS:  # a table for looks alone
            name = "Div" if element.tag in ("td", "th") else ""
        if not name:
            return parent
        made = self._placed(name, element, parent, piece.page)
        self._describe(made, name, element)
        if name == "Table":
            self._tags[element] = made
            self._lay_grid(element, piece)
        return made

    def _name(self, element: Element) -> str:
        """The type of an element's tag; nothing for one that needs none."""
        name = TAGS.get(element.tag, "")
        if element.get("role") in ("presentation", "none") and name != "Figure":
            name = ""
        if name == "LBody" and element.tag == "li" and self._is_note(element):
            return "Note"
        explained = element.tag == "abbr" and element.get("title")
        if not name and (self._passage(element) or explained):
            return "Div" if element.tag == "body" else "Span"
        return "" if name == "L" and self._holds_notes(element) else name

    def _passage(self, element: Element) -> str:
        """The language of an element that is in another than what is around it."""
        above = self._source.parent(element)
        own = element.get("lang", "")
        return own if own and above is not None and own != self._source.language(above) else ""

    def _holds_notes(self, element: Element) -> bool:
        above = self._source.parent(element)
        return above is not None and NOTES in above.get("class", "").split()

    def _is_note(self, element: Element) -> bool:
        above = self._source.parent(element)
        return above is not None and self._holds_notes(above)

    def _placed(self, name: str, element: Element, parent: Any, page: bytes) -> Any:
        """A new tag inside of its parent; a list holds items alone (ISO 32000-1, 14.8.4.3.3)."""
        if name == "Lbl" and element.tag == "dt":
            return self._tag(name, self._tag("LI", parent, page), page)
        if name == "LBody" and element.tag == "dd":
            last = self._object(parent["K"][-1]) if parent["K"] else self._tag("LI", parent, page)
            return self._tag(name, last, page)
        if name == "LBody" or (parent["S"] == "/L" and name not in ("L", "Caption")):
            body = self._tag("LBody", self._tag("LI", parent, page), page)
            return body if name == "LBody" else self._tag(name, body, page)
        return self._tag(name, parent, page)

    def _describe(self, tag: Any, name: str, element: Element) -> None:
        if language := self._passage(element):
            tag["Lang"] = pydyf.String(language)
        if name == "Figure":
            tag["Alt"] = pydyf.String(alternative_of(element))
        elif element.tag == "abbr" and element.get("title"):
            tag["E"] = pydyf.String(element.get("title", ""))
        elif name in ("TH", "TD"):
            tag["A"] = pydyf.Dictionary({"O": "/Table"})
            if name == "TH":
                tag["A"]["Scope"] = self._scope(element)
        elif name == "Note":
            identity = element.get("id") or f"note-{len(self._notes) + 1}"
            tag["ID"] = pydyf.String(identity)
            self._notes.append((identity, tag.reference))

    def _scope(self, cell: Element) -> str:
        """Whether a head is that of its column or of its row."""
        if (stated := cell.get("scope", "")) in SCOPES:
            return SCOPES[stated]
        row = self._source.parent(cell)
        group = self._source.parent(row) if row is not None else None
        in_head = group is not None and group.tag == "thead"
        beside = row is not None and any(each.tag == "td" for each in row)
        return "/Row" if beside and not in_head else "/Column"

    def _lay_grid(self, element: Element, piece: Piece) -> None:
        """Tag all cells of a table, the empty ones too: its rows are to be equally long."""
        for child in element:
            if child.tag in GRID:
                self._tag_of(child, piece)
                self._lay_grid(child, piece)


def _frame(box: Any, piece: Piece) -> Any:
    """Where a picture stands on its page, in points from the lower left corner."""
    left, top = box.content_box_x() * POINTS, piece.height - box.content_box_y() * POINTS
    right, bottom = left + box.width * POINTS, top - box.height * POINTS
    return pydyf.Dictionary({"O": "/Layout", "BBox": pydyf.Array((left, bottom, right, top))})


def _destination(link: Element) -> str:
    """Where a link leads, in the words of the text, and its address where they do not say it."""
    words = " ".join("".join(link.itertext()).split()) or " ".join(link.get("title", "").split())
    address = link.get("href", "")
    spoken = address.partition(":")[2].lstrip("/").rstrip("/")
    return words if address.startswith("#") or spoken in words else f"{words} ({address})".lstrip()


def alternative_of(figure: Element) -> str:
    """The words for those who cannot see a picture."""
    if figure.tag == "img":
        return figure.get("alt", "").strip()
    title = figure.find("{http://www.w3.org/2000/svg}title")
    return (title.text or "").strip() if title is not None else ""
