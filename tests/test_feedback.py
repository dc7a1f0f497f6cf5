"""What people say of answers is kept, whatever happens to the index, and never in the way of asking."""

import logging
import sqlite3
import threading
from dataclasses import replace
from pathlib import Path
from typing import cast

import pytest

from qa import feedback
from qa.errors import FeedbackError, InvalidInputError, NotFoundError
from qa.feedback import Feedback, Mark, Opinion, Reason, Verdict
from qa.types import Answer, Citation, Document, Turn

TEXT = "东岭水厂简报\n\n东岭水厂日供水能力达到20万吨。\n厂长林晓舟介绍了情况。\n"
BRIEF = Document("简报.txt", "东岭水厂简报", "", "", TEXT)
SPAN = (TEXT.index("20万吨"), TEXT.index("20万吨") + 4)
CITED = Citation(1, "简报.txt", "东岭水厂简报", "", "", 8, 23, TEXT[8:23], 0.9)
GOOD = Opinion.of(
    "good",
    "日供水多少",
    Answer("answered", f"{CITED.quote}[1]", (CITED,), query="东岭水厂日供水多少", index_version="g1"),
    [Turn("东岭水厂怎么样", "很好")],
)
BAD = Opinion("bad", "谁是厂长", reason="incomplete", remark="缺了名字 \ud800", status="partial")


def document(doc_id: str) -> Document:
    if doc_id != BRIEF.doc_id:
        raise NotFoundError(f"no document {doc_id}")
    return BRIEF


@pytest.fixture
def kept(tmp_path: Path) -> Feedback:
    return Feedback(tmp_path / "kept", document)


def test_what_is_kept_is_read_as_it_was_said(kept: Feedback, tmp_path: Path) -> None:
    assert (kept.all(), kept.count()) == ([], 0)
    assert list(tmp_path.iterdir()) == [], "looking makes no file"
    first = kept.add(GOOD)
    second = kept.add(replace(BAD, marks=(Mark("简报.txt", *SPAN),)))
    assert first == replace(GOOD, feedback_id=first.feedback_id, time=first.time)
    assert second.marks == (Mark("简报.txt", *SPAN, "20万吨"),)
    again = Feedback(tmp_path / "kept", document)
    assert again.all() == [second, first], "the newest first"
    assert again.all("good") == [first]
    assert again.all(limit=1, offset=1) == [first]
    assert (again.count(), again.count("bad")) == (2, 1)
    assert first.time.endswith("+00:00")


def test_one_who_changes_their_mind_has_said_one_thing(kept: Feedback) -> None:
    first = kept.add(GOOD)
    other = kept.add(BAD)
    changed = kept.add(replace(GOOD, verdict="bad", reason="wrong", feedback_id=first.feedback_id))
    assert changed.feedback_id == first.feedback_id
    assert kept.all() == [changed, other]
    kept.remove(other.feedback_id)
    assert kept.all() == [changed]
    with pytest.raises(NotFoundError, match="没有这条反馈"):
        kept.remove(other.feedback_id)


def test_a_document_that_is_removed_is_quoted_no_more(kept: Feedback, tmp_path: Path) -> None:
    kept.sift(lambda _: False)
    assert list(tmp_path.iterdir()) == []
    kept.add(GOOD)
    left = kept.add(BAD)
    kept.sift(lambda quote: quote.doc_id != "报.txt")
    assert kept.count() == 2
    kept.sift(lambda quote: quote.doc_id != "简报.txt")
    assert [one.feedback_id for one in kept.all()] == [left.feedback_id]


def test_a_name_that_is_none_gets_another(kept: Feedback) -> None:
    assert kept.add(replace(GOOD, feedback_id="../x")).feedback_id != "../x"


@pytest.mark.parametrize(
    ("opinion", "said"),
    [
        (replace(GOOD, question=" \n"), "没有问题"),
        (replace(GOOD, question="水" * 2001), "2000"),
        (replace(GOOD, remark="水" * 2001), "2000"),
        (replace(GOOD, answer="水" * 20_001), "20000"),
        (replace(GOOD, history=(Turn("水", "水" * 20_001),)), "20000"),
        (replace(GOOD, verdict=cast(Verdict, "so-so")), "good, bad"),
        (replace(GOOD, reason=cast(Reason, "because")), "wrong"),
        (replace(GOOD, marks=(Mark("简报.txt", 0, 1),) * 51), "50"),
        (replace(GOOD, marks=(Mark("简报.txt", 0, 2001, "水" * 2001),)), "2000"),
        (replace(GOOD, marks=(Mark("简报.txt", 5, 5000),)), "5..5000"),
        (replace(GOOD, marks=(Mark("简报.txt", 5, 5),)), "5..5"),
        (replace(GOOD, marks=(Mark("简报.txt", -3, 5),)), "-3..5"),
        (replace(GOOD, marks=(Mark("简报.txt", 6, 8),)), "标出的不是文件里的字"),
    ],
)
def test_what_cannot_be_kept_is_told(opinion: Opinion, said: str, kept: Feedback) -> None:
    with pytest.raises(InvalidInputError, match=said):
        kept.add(opinion)
    assert kept.all() == []


def test_words_of_no_document(kept: Feedback) -> None:
    with pytest.raises(NotFoundError):
        kept.add(replace(BAD, marks=(Mark("没有.txt", 0, 2),)))


def test_a_full_book_says_so_and_still_lets_minds_change(
    kept: Feedback, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(feedback, "MOST", 2)
    first = kept.add(GOOD)
    kept.add(BAD)
    with pytest.raises(InvalidInputError, match="请先导出"):
        kept.add(BAD)
    kept.add(replace(GOOD, verdict="bad", feedback_id=first.feedback_id))
    assert kept.count("bad") == 2


def test_a_spoilt_file_is_told_and_a_spoilt_row_left_out(
    kept: Feedback, tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    first = kept.add(GOOD)
    kept.add(BAD)
    path = tmp_path / "kept" / feedback.FILE
    with sqlite3.connect(path) as rows:
        rows.execute("update opinions set body = '{\"question\": 3}' where verdict = 'bad'")
    rows.close()
    with caplog.at_level(logging.WARNING, logger="qa.feedback"):
        assert kept.all() == [first]
    assert "cannot be read" in caplog.text
    path.write_bytes(b"no database at all" * 100)
    for use in (kept.all, kept.count, lambda: kept.add(GOOD), lambda: kept.remove("x")):
        with pytest.raises(FeedbackError, match="请把它移走"):
            use()
    path.unlink()
    for beside in path.parent.iterdir():
        beside.unlink()
    assert kept.add(BAD).question == "谁是厂长"


def test_a_folder_that_cannot_be_made_is_told(tmp_path: Path) -> None:
    (tmp_path / "kept").write_text("a file", encoding="utf-8")
    with pytest.raises(FeedbackError):
        Feedback(tmp_path / "kept", document).add(GOOD)


def test_many_at_once_lose_nothing(kept: Feedback) -> None:
    threads = [threading.Thread(target=kept.add, args=(GOOD,)) for _ in range(12)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len({opinion.feedback_id for opinion in kept.all()}) == 12
