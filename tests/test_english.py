"""Things of each kind in English, where they stand."""

import pytest

from qa.english import located_in_english


@pytest.mark.parametrize(
    ("kind", "text", "found"),
    [
        (
            "quantity",
            "it rose to $86.4 million, 20 per cent of 1,150 flats",
            ["$86.4 million", "20 per cent", "1,150"],
        ),
        ("quantity", "nine members, 27 km, call 555-0142", ["nine", "27 km", "555-0142"]),
        ("time", "From Monday 6 January 2025 to March 3, 2026", ["Monday 6 January 2025", "March 3, 2026"]),
        ("time", "closed from May to August 2024", ["May to August 2024"]),
        ("time", "open 8:30 a.m. to 5 p.m. since 2019-20", ["8:30 a.m. to 5 p.m.", "2019-20"]),
        ("time", "you may pay $2019", []),
        ("who", "Mayor Ruth Lake met Dr. Ida J. Moor.", ["Mayor Ruth Lake", "Dr. Ida J. Moor"]),
        ("who", "The Council met in March.", []),
        ("place", "it is at 18 Harbour Street, Lake Town.", ["18 Harbour Street, Lake Town"]),
        ("place", "it opens in March", []),
        ("list", "no bags, foam and cups", ["no bags, foam and cups"]),
        ("other", "no bags", []),
    ],
)
def test_located(kind: str, text: str, found: list[str]) -> None:
    assert [text[start:end] for start, end in located_in_english(kind, text)] == found
