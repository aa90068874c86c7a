"""A code that can be copied by hand: which module, and which state of its text.

The last four signs are the beginning of the content's digest in Crockford's base 32, which has no
I, L, O and U (https://www.crockford.com/base32.html). A text that changes gets another code: of a
million, one that was miscopied would be taken for another text.
"""

from __future__ import annotations

import re

DIGITS = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
LENGTH = 4
_BITS = 5
_READ_ALIKE = str.maketrans("OILU", "011V")
_WRITTEN = re.compile(r"[A-Za-z][A-Za-z0-9]*([ -][A-Za-z0-9]+)*[ -][A-Za-z0-9]{4}")


def short_code(module: str, digest: str) -> str:
    """The code of a text, as in PAIN-01-7K3F.

    Args:
        module: the module's id.
        digest: of the content, in hexadecimal.
    """
    number = int(digest[: LENGTH * _BITS // 4], 16)
    places = reversed(range(LENGTH))
    return f"{module}-{''.join(DIGITS[number >> _BITS * each & 31] for each in places)}"


def is_code(words: str) -> bool:
    """Whether words look like a code, as somebody may have copied it."""
    return bool(_WRITTEN.fullmatch(words))


def same_code(written: str, code: str) -> bool:
    """Whether somebody who wrote this copied that code.

    Signs that read alike count as the same, and small letters as large; spaces and hyphens do
    not count.
    """
    return _bare(written) == _bare(code)


def module_in(written: str, modules: list[str]) -> str:
    """The id among those of `modules` that a copied code names; empty where it names none."""
    bare = _bare(written)[:-LENGTH]
    return next((each for each in modules if _bare(each) == bare), "")


def id_in(written: str) -> str:
    """The module's id that a copied code names, whether there is such a module or not."""
    return re.sub(r"[ -]+", "-", written.upper())[: -LENGTH - 1]


def _bare(words: str) -> str:
    return re.sub(r"[ -]", "", words).upper().translate(_READ_ALIKE)
