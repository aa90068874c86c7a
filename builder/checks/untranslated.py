"""What of a translation is still in the words of its original.

Names, addresses, codes and drugs stay alike in many languages. So only blocks of at least three
words count, most of them ordinary ones: written small, where the script has small letters.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from builder.fields import Path
from builder.module.blocks import Block, blocks_of
from builder.module.localised import REPLACED, LocalFacts
from builder.module.model import Module, Record
from builder.module.staleness import named_sections, title_of
from builder.module.text import Section
from builder.module.yaml_text import place_of
from builder.problems import Place, Problem

FEWEST = 3
"""Words of a block that is compared; fewer may well be alike in two languages."""
MANY = 8
"""Words of a section that is alike as a whole and is more than a slip."""
SHOWN = 60
HINT = "Translate it. Where it is meant to stay, add a word that says so in the translation."
_WORD = re.compile(r"[^\W\d_]+(?:[-'’][^\W\d_]+)*")
_UNSPACED = re.compile("[\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff\u3040-\u30ff\u3400-\u9fff]")
"""Letters of scripts that put no space between words: about two of them make a word."""
_NOUNS_LARGE = ("de", "lb")
"""Languages that write every noun with a capital, so that capitals tell no names."""


def left_as_they_were(module: Module, localised: Module, name: str) -> Iterator[Problem]:
    """Blocks that are word for word those of the original; a section of them is unfinished."""
    language = module.facts.language
    if _base(language) == _base(localised.facts.language):
        return
    source, text = module.texts[name], localised.texts[name]
    yield from _of_facts(module, localised, name)
    theirs = {block.words.casefold() for section in source.sections for block in blocks_of(section)}
    for section in named_sections(text).values():
        blocks = [each for each in blocks_of(section) if _counts(each.words, language)]
        left = [each for each in blocks if each.words.casefold() in theirs]
        if _is_whole(section, blocks, left):
            message = f"“{title_of(section)}” is left as in the original: none of it is translated."
            place = Place(text.path, section.line)
            yield Problem("translation-unfinished", message, place, "Translate it.")
        else:
            yield from (_left(each, text.path) for each in left)


def _is_whole(section: Section, blocks: list[Block], left: list[Block]) -> bool:
    """Whether all that stands under a heading is left, whatever became of the heading."""
    body = [each for each in blocks if not section.level or each.line != section.line]
    return set(body) <= set(left) and sum(_length(each.words) for each in left) >= MANY


def _left(block: Block, path: str) -> Problem:
    message = f"“{_cut(block.words)}” is left as in the original."
    return Problem("translation-left", message, Place(path, block.line), HINT)


def _of_facts(module: Module, localised: Module, name: str) -> Iterator[Problem]:
    """The same for the front matter."""
    facts, original = localised.facts, localised.original
    if not isinstance(facts, LocalFacts) or original is None:
        return
    made, path = facts.translation, localised.texts[name].path
    pairs: list[tuple[tuple[str, ...], Record | None, Record | None]] = [
        *(((field,), made, module.facts) for field in REPLACED),
        *((("contact", field), made.contact, module.facts.contact) for field in ("name", "hours")),
        (("series", "name"), made.series, module.facts.series),
    ]
    for where, ours, theirs in pairs:
        said, known = getattr(ours, where[-1], None), getattr(theirs, where[-1], None)
        for number, words in enumerate(_several(said)):
            if words in _several(known) and _counts(words, module.facts.language):
                at: Path = (*where, number) if isinstance(said, tuple) else where
                place = place_of(path, original.positions, at)
                message = f"“{_cut(words)}” is left as in the original ({where[0]})."
                yield Problem("translation-left", message, place, "Translate it.")


def _several(value: object) -> tuple[str, ...]:
    return value if isinstance(value, tuple) else (str(value),) if value else ()


def _counts(words: str, language: str) -> bool:
    """Whether words are such that two languages do not have them in common."""
    found = _WORD.findall(words)
    large = [] if _base(language) in _NOUNS_LARGE else [each for each in found[1:] if _named(each)]
    small = [each for each in found[1:] if not _named(each)]
    enough = len(small) >= 2 and len(small) >= 2 * len(large)
    return _length(words) >= FEWEST and (enough or bool(_UNSPACED.search(words)))


def _named(word: str) -> bool:
    return word[0].isupper() or word[-1].isupper()


def _length(words: str) -> int:
    """Words, those of a script without spaces counted as two letters each."""
    unspaced = len(_UNSPACED.findall(words))
    return len(_WORD.findall(_UNSPACED.sub(" ", words))) + unspaced // 2


def _base(tag: str) -> str:
    return tag.partition("-")[0].lower()


def _cut(words: str) -> str:
    return words if len(words) <= SHOWN else f"{words[:SHOWN].rsplit(' ', 1)[0]} …"
