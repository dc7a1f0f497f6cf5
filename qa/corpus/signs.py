"""What is shown otherwise than it is written: signs of fonts, raised and lowered digits."""

import re

_SIGNS = {
    "symbol": dict(zip("abgDWmp£¥°±³´¸¹»Ö", "αβγΔΩμπ≤∞°±≥×÷≠≈√", strict=True)),
    "wingdings": dict(zip("oq¨ûüýþ", "□❑□✗✓☒☑", strict=True)),
    "wingdings 2": dict(zip("OPQRST£", "✗✓☒☑☒☒□", strict=True)),
}
"""By the font's name: what the boxes of a form say, and what an alphabet lacks."""
_DIGITS = "0123456789+-"
_SHIFTED = {
    "sup": str.maketrans(_DIGITS, "⁰¹²³⁴⁵⁶⁷⁸⁹⁺⁻"),
    "sub": str.maketrans(_DIGITS, "₀₁₂₃₄₅₆₇₈₉₊₋"),
}


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


def shifted(text: str, place: str) -> str:
    """Write digits that are raised ("sup") or lowered ("sub") so: 10 to the third is no 103.

    shifted("3", "sup") == "³"; shifted("[1]", "sup") == "[1]"
    """
    table = _SHIFTED.get(place[:3]) if set(text) <= set(_DIGITS) else None
    return text.translate(table) if table else text
