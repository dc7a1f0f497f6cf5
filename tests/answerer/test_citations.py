from dataclasses import replace

import pytest

from qa.answerer import verify
from qa.errors import CitationError
from qa.types import Citation, Document

DOCUMENTS = {"年报.txt": Document("年报.txt", "", "", "", "东岭水厂日供水20万吨。")}
EXACT = Citation(1, "年报.txt", "", "", "", 2, 4, "水厂", 1.0)


def test_an_exact_quote_passes() -> None:
    verify([], {})
    verify([EXACT, EXACT], DOCUMENTS)


@pytest.mark.parametrize(
    "wrong",
    [
        replace(EXACT, quote="水廠"),
        replace(EXACT, start=3, end=5),
        replace(EXACT, end=5),
        replace(EXACT, doc_id="没有.txt"),
    ],
)
def test_any_other_is_refused(wrong: Citation) -> None:
    with pytest.raises(CitationError, match="citation 2"):
        verify([EXACT, replace(wrong, number=2)], DOCUMENTS)
