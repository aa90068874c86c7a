"""How well two colours can be told apart."""

ENOUGH, ENOUGH_LARGE = 4.5, 3.0
"""WCAG 2.2, success criterion 1.4.3: contrast of text, and of text from 18 pt (14 pt bold) on."""


def contrast(text: str, background: str) -> float:
    """The contrast of two colours such as #0F5C6E, from 1 to 21 (WCAG 2.2, relative luminance)."""
    lighter, darker = sorted((luminance(text), luminance(background)), reverse=True)
    return (lighter + 0.05) / (darker + 0.05)


def luminance(colour: str) -> float:
    """The relative luminance of six digits, with or without `#`: 0 is black, 1 is white."""
    digits = colour.removeprefix("#")
    channels = (int(digits[at : at + 2], 16) / 255 for at in (0, 2, 4))
    red, green, blue = (
        c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in channels
    )
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def needed(size: float, bold: bool) -> float:
    """The contrast that text of so many points needs."""
    return ENOUGH_LARGE if size >= 18 or (bold and size >= 14) else ENOUGH
