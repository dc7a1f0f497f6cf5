"""Fonts that show a sign for a letter: what the sign is as a character."""

import re

_SIGNS = {
    "symbol": dict(zip("abgDWmp£¥°±³´¸¹»Ö", "αβγΔΩμπ≤∞°±≥×÷≠≈√", strict=True)),
    "wingdings": dict(zip("oq¨ûüýþ", "□❑□✗✓☒☑", strict=True)),
    "wingdings 2": dict(zip("OPQRST£", "✗✓☒☑☒☒□", strict=True)),
}
"""By the font's name: what the boxes of a form say, and what an alphabet lacks."""


def sign(font: str, code: str) -> str:
    """The character that ``code`` (hexadecimal) is in a font, "" where it is not known.

    sign("Wingdings", "F0FE") == "☑"
    """
    if not re.fullmatch("[0-9A-Fa-f]{4}", code):
        return ""
    own = int(code, 16)
    if font.lower() in _SIGNS or 0xE000 <= own <= 0xF8FF:  # where such a font has its signs
        return _SIGNS.get(font.lower(), {}).get(chr(own & 0xFF), "")
    return chr(own)
