"""Containers (`::: note`) and fenced code: found line by line, so that each fence has its place.

What lies between fences is handed to Python-Markdown behind markers of private-use characters, each
in a block of its own; a fence that is wrong is reported and left out.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from xml.etree.ElementTree import Element, SubElement

from lxml.html import HtmlElement
from markdown import Extension, Markdown
from markdown.blockprocessors import BlockProcessor
from markdown.util import AtomicString, code_escape

from builder.fields import nearest
from builder.module.language import Language
from builder.module.prose.charts import CHART, is_chart_line
from builder.module.prose.source import Source

OPEN, BETWEEN, CLOSE = "\ue002", "\ue003", "\ue004"
CODE = "code"
CALLOUTS = {"note": "Note", "warning": "Warning", "key-points": "Key points"}
"""The boxes that a reader sees, and their titles where the author gives none."""
UNTITLED = "data-untitled"
"""The attribute of a title that the author did not write."""
KINDS = (*CALLOUTS, "notes", "columns", "column", "keep", "answer", CHART)
DEEPEST = 6
"""Containers in each other."""

Numbered = tuple[int, str]
"""A line's number, counted from 1, and what it says; 0 for a line that the file does not have."""

_FENCE = re.compile(r"[ ]{0,3}(:{3,})[ ]*([^: ]\S*)?[ ]*(.*?)[ :]*$")
_CODE_FENCE = re.compile(r"[ ]{0,3}(`{3,}|~{3,})[ ]*([^`]*)$")
_LANGUAGE = re.compile(r"\{?[ ]*\.?([\w#+-]+)")


@dataclass
class _Fence:
    colons: int
    kind: str
    line: int
    at: int
    """Where its marker stands among the lines that come out."""
    known: bool


@dataclass
class _Fold:
    """One pass over the lines of a text."""

    source: Source
    out: list[Numbered] = field(default_factory=list)
    code: list[str] = field(default_factory=list)
    open: list[_Fence] = field(default_factory=list)

    def marker(self, number: int, text: str) -> None:
        self.out += [(0, ""), (number, text), (0, "")]

    def fence(self, number: int, colons: int, kind: str, title: str) -> None:
        if kind:
            self.opens(number, colons, kind, title)
        else:
            self.closes(number, colons)

    def opens(self, number: int, colons: int, kind: str, title: str) -> None:
        known = self.is_known(number, kind)
        self.open.append(_Fence(colons, kind, number, len(self.out) + 1, known))
        if known:
            self.marker(number, f"{OPEN}{kind}:{number}{BETWEEN}{title}")
        else:
            self.marker(number, "")

    def is_known(self, number: int, kind: str) -> bool:
        if kind not in KINDS:
            hint = nearest(kind, KINDS) or f"Known here: {', '.join(KINDS)}."
            message = f"There is no container “{kind}”."
            self.source.report("container-unknown", message, number, hint)
            return False
        if kind == "column" and not any(each.kind == "columns" for each in self.open):
            hint = "Put `:::: columns` before the first column and `::::` behind the last."
            message = "A column stands only inside columns."
            self.source.report("container-unknown", message, number, hint)
            return False
        if len(self.open) >= DEEPEST:
            message = f"More than {DEEPEST} containers in each other."
            self.source.report("text-too-deep", message, number)
            return False
        return True

    def closes(self, number: int, colons: int) -> None:
        if not any(each.colons == colons for each in self.open):
            self.closes_nothing(number, colons)
            return
        while self.open[-1].colons != colons:
            self.never_closed(self.open.pop())
        fence = self.open.pop()
        self.marker(number, CLOSE if fence.known else "")

    def closes_nothing(self, number: int, colons: int) -> None:
        message = "These colons close nothing: no container is open here."
        hint = "Delete them, or name the container that they open, as in ::: note."
        if self.open:
            message = f"No container with {colons} colons is open here."
            hint = "A container is closed by as many colons as opened it."
        self.source.report("container-unclosed", message, number, hint)

    def never_closed(self, fence: _Fence) -> None:
        """Report it, and take its marker back."""
        message = f"The container “{fence.kind}” is never closed."
        hint = f"Write {':' * fence.colons} on a line of its own behind it."
        self.source.report("container-unclosed", message, fence.line, hint)
        self.out[fence.at] = (0, "")

    def fenced(self, number: int, info: str, code: list[str]) -> None:
        language = _LANGUAGE.match(info)
        self.marker(number, f"{OPEN}{CODE}:{number}{BETWEEN}{len(self.code)}")
        self.code.append(f"{language[1] if language else ''}\n" + "\n".join(code))


def fold(lines: list[str], source: Source) -> tuple[list[Numbered], list[str]]:
    """Put markers in place of fences; what is wrong with a fence goes to the source's problems.

    Returns:
        The lines with their numbers, and each piece of code behind a line with its language.
    """
    state = _Fold(source)
    ends = _code_ends(lines)
    number = 0
    while number < len(lines):
        line = lines[number]
        number += 1
        code = _CODE_FENCE.match(line)
        if code and (end := ends.get(number)):
            state.fenced(number, code[2], lines[number : end - 1])
            number = end
        elif code:
            hint = f"Write {code[1]} on a line of its own behind it."
            source.report("container-unclosed", "The code is never closed.", number, hint)
            state.out.append((number, code[2]))
        elif fence := _FENCE.match(line):
            state.fence(number, len(fence[1]), fence[2] or "", fence[3])
        else:
            if state.open and state.open[-1].kind == CHART and is_chart_line(line):
                state.out.append((0, ""))
            state.out.append((number, line))
    for left in reversed(state.open):
        state.never_closed(left)
    return state.out, state.code


def _code_ends(lines: list[str]) -> dict[int, int]:
    """For each line that opens fenced code, the line that closes it: the same sign, no shorter."""
    ends: dict[int, int] = {}
    opened: tuple[int, str] | None = None
    for number, line in enumerate(lines, 1):
        match = _CODE_FENCE.match(line)
        if not match:
            continue
        if opened is None:
            opened = (number, match[1])
        elif match[1].startswith(opened[1]) and not match[2]:
            ends[opened[0]] = number
            opened = None
    return ends


class Containers(Extension):
    """Turns the markers back into elements.

    Attributes:
        code: the pieces of fenced code of the text at hand, as `fold` gives them.
    """

    def __init__(self) -> None:
        super().__init__()
        self.code: list[str] = []

    def extendMarkdown(self, md: Markdown) -> None:  # noqa: N802 - Python-Markdown's name
        """Before lists (90) and behind empty blocks (100)."""
        md.parser.blockprocessors.register(_Marker(md.parser, self), "containers", 95)


class _Marker(BlockProcessor):
    def __init__(self, parser: object, extension: Containers) -> None:
        super().__init__(parser)  # type: ignore[arg-type]
        self.extension = extension

    def test(self, parent: Element, block: str) -> bool:
        return block.startswith((OPEN, CLOSE))

    def run(self, parent: Element, blocks: list[str]) -> None:
        block = blocks.pop(0)
        if block.startswith(CLOSE):
            return
        head, _, words = block.removeprefix(OPEN).partition(BETWEEN)
        kind, _, line = head.partition(":")
        if kind == CODE:
            self._code(parent, line, self.extension.code[int(words)])
            return
        element = _element(parent, kind, line, words)
        self.parser.parseBlocks(element, list(_inside(blocks)))

    def _code(self, parent: Element, line: str, text: str) -> None:
        language, _, code = text.partition("\n")
        pre = SubElement(parent, "pre", {"data-line": line})
        element = SubElement(pre, "code", {"class": f"language-{language}"} if language else {})
        element.text = AtomicString(code_escape(code + "\n"))


def _element(parent: Element, kind: str, line: str, title: str) -> Element:
    if kind == CHART:
        shape, _, words = title.partition(" ")
        told = {"data-kind": shape.lower(), "data-title": words.strip(), "data-line": line}
        return SubElement(parent, "figure", {"class": kind, **told})
    if kind not in CALLOUTS:
        return SubElement(parent, "div", {"class": kind, "data-line": line})
    attributes = {"class": f"callout {kind}", "role": "note", "data-line": line}
    element = SubElement(parent, "div", attributes)
    heading = SubElement(element, "p", {"class": "callout-title", "data-line": line})
    heading.text = title or CALLOUTS[kind]
    if not title:
        heading.set(UNTITLED, kind)
    return element


def entitle(part: HtmlElement, words: Language) -> None:
    """Give the boxes that have no title of their own one in the language of the text."""
    for heading in part.iter("p"):
        if kind := heading.attrib.pop(UNTITLED, ""):
            heading.text = words.pgettext("box", CALLOUTS[kind])


def _inside(blocks: list[str]) -> Iterator[str]:
    """The blocks up to the marker that closes; they and the marker are taken out."""
    depth = 1
    while blocks:
        block = blocks.pop(0).lstrip("\n")
        if block.startswith(OPEN) and not block.startswith(OPEN + CODE):
            depth += 1
        elif block.startswith(CLOSE):
            depth -= 1
        if depth == 0:
            return
        yield block
