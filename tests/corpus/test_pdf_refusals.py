"""What of a PDF cannot be read says why, in bounded time."""

import pytest

from qa.corpus import pdf as reader
from qa.corpus.pdf import read_pdf
from qa.corpus.worker import PATIENCE
from qa.errors import CorpusError
from tests.corpus import hostile_pdfs, pdfs
from tests.corpus.pdfs import drawn


@pytest.mark.parametrize(
    ("data", "reason"),
    [
        pytest.param(drawn(pdfs.picture, pdfs.picture), "共2页,没有文字.*2 pages.*OCR", id="scanned"),
        pytest.param(hostile_pdfs.garbage(), "乱码.*do not say which", id="fonts without a map"),
        pytest.param(pdfs.encrypted("secret"), "有密码.*password", id="encrypted"),
        pytest.param(hostile_pdfs.cut(drawn(pdfs.notice), 0.3), "damaged", id="cut short"),
        pytest.param(b"", "damaged", id="empty"),
        pytest.param(b"a letter", "damaged", id="no PDF"),
        pytest.param(hostile_pdfs.looping_tree(), "cannot be read|pages", id="a tree that holds itself"),
        pytest.param(hostile_pdfs.many_pages(100_000), "100,000 pages.*split", id="100,000 pages"),
        pytest.param(hostile_pdfs.crowded(101_000), "most is 100,000", id="too many characters"),
        pytest.param(
            hostile_pdfs.one_page(hostile_pdfs.SAYS, box=b"0 0 30000 100"),
            "30000 by 100 points",
            id="huge page",
        ),
    ],
)
def test_what_cannot_be_read_says_why(data: bytes, reason: str) -> None:
    with pytest.raises(CorpusError, match=reason):
        read_pdf(data)


def test_a_file_that_anyone_may_open_is_read_though_it_is_encrypted() -> None:
    assert read_pdf(pdfs.encrypted("")).title == "镜湖市供水管理办法"


def test_the_time_is_bounded_between_pages(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(reader, "LONGEST", 0.0)
    with pytest.raises(CorpusError, match="split the file"):
        read_pdf(drawn(pdfs.notice))


def test_the_same_character_again_and_again() -> None:
    assert read_pdf(hostile_pdfs.again(20_000)).text == "A\n"


def test_the_page_at_which_time_ran_out_is_told_before_the_worker_gives_up() -> None:
    assert reader.LONGEST < PATIENCE
