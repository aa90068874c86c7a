"""Words that stand for a picture, but say nothing of it."""

from __future__ import annotations

import re

_FILE = re.compile(r"\S+\.(png|jpe?g|gif|bmp|tiff?|svg|webp|avif|emf|wmf)", re.IGNORECASE)
_ANY = re.compile(
    r"((an?|the|das|ein|une?|le|la|el) )?"
    r"(image|picture|photo|photograph|pic|img|chart|graph|graphic|figure|fig|diagram|drawing"
    r"|illustration|icon|logo|screenshot|table|bild|foto|abbildung|diagramm|tabelle|imagen|figura"
    r"|gráfico|tabla|tableau|graphique|صورة|شكل|תמונה|图片|图|画像|図)s?"
    r"[\W_]*\d*[\W_]*",
    re.IGNORECASE,
)

_OPENING = re.compile(
    r"((an?|the|ein|eine|une|la|una|un) )?"
    r"((image|picture|photo|photograph) (of|showing)|(bild|foto) (von|mit|einer|eines|des|der)"
    r"|(image|photo|imagen|foto|fotografía) (de|du|des|del|d['’])|صورة) ?(?=\w)",
    re.IGNORECASE,
)


def emptiness(words: str) -> str:
    """What words are that stand where a picture or chart is to be described.

    Args:
        words: an alternative text.

    Returns:
        “the name of a file”, or “a word for any picture”; nothing where they may say something.
    """
    if _FILE.fullmatch(words):
        return "the name of a file"
    return "a word for any picture" if _ANY.fullmatch(words) else ""


def opening(words: str) -> str:
    """The first words of an alternative text, where they would fit any picture: “a photo of”.

    A screen reader has said that it is a picture. That it is a drawing or an X-ray may matter.
    """
    found = _OPENING.match(words)
    return found[0].strip() if found else ""
