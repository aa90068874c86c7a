"""Questions and their answers: what is asked on one slide is answered on the next."""

from __future__ import annotations

from copy import deepcopy

from lxml.html import HtmlElement

from builder.module.prose.source import Source
from builder.module.prose.tree import classes_of, line_of, make, move, take_out, words_of

QUESTION = "question"
ANSWER = "answer"
_BLOCKS = frozenset(("aside", "blockquote", "div", "dl", "figure", "ol", "p", "pre", "table", "ul"))
_WAY = "Write ## Which one? {.question}, and below it ::: answer."


def take_answer(
    heading: HtmlElement | None, body: HtmlElement, source: Source
) -> HtmlElement | None:
    """Take the answer out of a section's body; report a question that has not got just one.

    Args:
        heading: the section's heading, which says whether it asks a question.
        body: what stands under it.
        source: where problems go.
    """
    found = [each for each in body.iter("div") if ANSWER in classes_of(each) and each is not body]
    if heading is None or QUESTION not in classes_of(heading):
        for each in found:
            message = "Nothing is asked here: this answer belongs to no question."
            source.report("question-answer", message, line_of(each), _WAY)
            each.attrib.pop("class")
        return None
    if not found:
        message = f"The question “{words_of(heading)}” has no answer."
        hint = "Write ::: answer below it, before the next heading or ---."
        source.report("question-answer", message, line_of(heading), hint)
        return None
    return _one(found, source)


def _one(found: list[HtmlElement], source: Source) -> HtmlElement:
    """The first answer, with the words of any other at its end."""
    first, *others = found
    for other in others:
        message = "A question has one answer; here is another."
        source.report("question-answer", message, line_of(other), "Put both into one container.")
        if first not in other.iterancestors():
            move(take_out(other), first)
    if not words_of(first) and first.find(".//img") is None:
        message = "The answer is empty."
        source.report("question-answer", message, line_of(first), "Write it between the colons.")
    return take_out(first)


def check_deeper(body: HtmlElement, headings: tuple[str, ...], source: Source) -> None:
    """Report questions on headings that make no slide of their own."""
    for heading in body.iter(*headings):
        if QUESTION in classes_of(heading):
            message = f"“{words_of(heading)}” is no slide of its own, so it cannot be a question."
            source.report("question-answer", message, line_of(heading), "Write it with ##.")


def short_of(answer: HtmlElement) -> HtmlElement:
    """The first paragraph or item of an answer, without its marks of notes and sources."""
    for block in answer.iter("p", "li", "dd", "td"):
        short = deepcopy(block)
        short.tail = None
        inner = [each for each in short if each.tag in _BLOCKS]
        marks = [each for each in short.iter("sup") if each.get("class")]
        for each in (*inner, *marks):
            take_out(each)
        if words_of(short) and "callout-title" not in classes_of(block):
            for each in short.iter():
                each.attrib.pop("id", None)
            return short
    return make("div")
