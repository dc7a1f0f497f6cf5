import logging
import sqlite3
import threading
from dataclasses import replace
from pathlib import Path

import pytest

from qa import transcripts
from qa.errors import TranscriptError
from qa.transcripts import Kept, Transcripts
from qa.types import Answer, Citation, Hit, Passage

KEY, OTHER = "0" * 31 + "a", "f" * 32
CITATION = Citation(
    1, "规章/供水.txt", "供水办法", "2024-03", "办法 › 水价", 3, 7, "每吨三元\x00\u2028𠮷", 1.5
)
NEAR = Hit(Passage("a.txt", 0, 2, "水\n", "", ((0, 1),)), 0.5, 1, {"dense": 0.25}, "甲", "2020", (2,), (0.5,))
ANSWER = Answer(
    "answered",
    "每吨三元。[1]",
    (CITATION,),
    replace(CITATION, quote="三元"),
    (NEAR,),
    "水价多少",
    0.75,
    {"search": 1.5},
    "g1",
)


@pytest.fixture
def kept(tmp_path: Path) -> Transcripts:
    return Transcripts(tmp_path / "kept")


def test_what_is_kept_is_what_is_loaded_to_the_character(kept: Transcripts) -> None:
    first = kept.keep(KEY, "水价<b>多少</b>?", ANSWER)
    second = kept.keep(KEY, "那么?", Answer("not_found", ""))
    third = kept.keep(KEY, "别处呢?", ANSWER, collection="公报")
    assert Transcripts(kept.path.parent).load(KEY) == [
        Kept(first, "", "水价<b>多少</b>?", ANSWER),
        Kept(second, "", "那么?", Answer("not_found", "")),
        Kept(third, "公报", "别处呢?", ANSWER),
    ]


def test_a_document_that_is_removed_is_quoted_no_more(kept: Transcripts) -> None:
    kept.sift(lambda _: False)
    assert not kept.path.exists()
    for question, answer in (("甲", ANSWER), ("乙", Answer("not_found", ""))):
        kept.keep(KEY, question, answer)
    kept.keep(KEY, "丙", ANSWER, collection="公报")
    kept.sift(lambda _: True)
    assert len(kept.load(KEY)) == 3
    kept.sift(lambda quote: quote.doc_id != ANSWER.citations[0].doc_id)
    assert [one.question for one in kept.load(KEY)] == ["乙", "丙"]
    kept.sift(lambda quote: quote != ("a.txt", NEAR.passage.text), collection="公报")
    assert [one.question for one in kept.load(KEY)] == ["乙"]


def test_a_conversation_is_seen_by_its_key_alone_and_deleted_with_it(kept: Transcripts) -> None:
    kept.keep(KEY, "甲", ANSWER)
    kept.keep(OTHER, "乙", ANSWER)
    assert [one.question for one in kept.load(OTHER)] == ["乙"]
    assert kept.numbers(KEY) == {one.number for one in kept.load(KEY)}
    assert kept.clear(KEY)
    assert kept.load(KEY) == []
    assert kept.numbers(KEY) == set()
    assert len(kept.load(OTHER)) == 1


def test_what_was_cleared_is_brought_back_until_the_next_turn(kept: Transcripts) -> None:
    for question in "甲乙":
        kept.keep(KEY, question, ANSWER)
    before = kept.load(KEY)
    assert [kept.clear(KEY), kept.clear(KEY), kept.clear("?"), kept.clear(OTHER)] == [
        True,
        False,
        False,
        False,
    ]
    kept.restore(OTHER)
    assert kept.load(OTHER) == []
    kept.restore(KEY)
    assert kept.load(KEY) == before
    kept.clear(KEY)
    kept.keep(KEY, "丙", ANSWER)
    kept.restore(KEY)
    assert [one.question for one in kept.load(KEY)] == ["丙"]


def test_what_was_cleared_is_deleted_by_a_new_page_and_after_a_while(
    kept: Transcripts, monkeypatch: pytest.MonkeyPatch
) -> None:
    kept.keep(KEY, "甲", ANSWER)
    kept.clear(KEY)
    kept.forget_cleared(KEY)
    kept.restore(KEY)
    assert kept.load(KEY) == []
    kept.keep(KEY, "乙", ANSWER)
    kept.clear(KEY)
    monkeypatch.setattr(transcripts, "RESTORABLE", -1)
    kept.clear(OTHER)
    kept.restore(KEY)
    assert kept.load(KEY) == []


def test_what_was_cleared_quotes_no_removed_document(kept: Transcripts) -> None:
    kept.keep(KEY, "甲", ANSWER)
    kept.keep(KEY, "乙", Answer("not_found", ""))
    kept.clear(KEY)
    kept.sift(lambda quote: quote.doc_id != ANSWER.citations[0].doc_id)
    kept.restore(KEY)
    assert [one.question for one in kept.load(KEY)] == ["乙"]


def test_a_turn_is_put_in_place_of_another_of_the_same_conversation_only(kept: Transcripts) -> None:
    numbers = [kept.keep(KEY, question, ANSWER) for question in "甲乙丙"]
    assert kept.keep(KEY, "丁", ANSWER, numbers[1]) == numbers[1]
    assert [one.question for one in kept.load(KEY)] == ["甲", "丁", "丙"]
    kept.keep(OTHER, "戊", ANSWER, numbers[0])
    assert [one.question for one in kept.load(KEY)] == ["甲", "丁", "丙"]


@pytest.mark.parametrize("key", ["", "A" * 32, "0" * 31, "0" * 32 + "\n", "../" + "0" * 29, "' OR 1=1 --"])
def test_nothing_is_kept_without_a_key(kept: Transcripts, key: str) -> None:
    assert kept.keep(key, "甲", ANSWER) == 0
    assert kept.load(key) == []


def test_the_oldest_turns_go_first(kept: Transcripts, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(transcripts, "MOST_TURNS", 3)
    for question in "甲乙丙丁戊":
        kept.keep(KEY, question, ANSWER)
        kept.keep(OTHER, question, ANSWER)
    assert [one.question for one in kept.load(KEY)] == ["丙", "丁", "戊"]
    assert len(kept.load(OTHER)) == 3


def test_conversations_unused_for_longest_make_room(
    kept: Transcripts, monkeypatch: pytest.MonkeyPatch
) -> None:
    large = replace(ANSWER, text="水" * 10_000)
    third = "1" * 32
    for key in (KEY, OTHER, third, KEY):
        kept.keep(key, "甲", large)
    monkeypatch.setattr(transcripts, "MOST_BYTES", 150_000)  # room for four answers of 30 kB
    kept.keep(third, "乙", large)
    assert [len(kept.load(key)) for key in (KEY, OTHER, third)] == [2, 0, 2]
    monkeypatch.setattr(transcripts, "MOST_BYTES", 1)
    kept.keep(third, "丙", large)
    assert [len(kept.load(key)) for key in (KEY, OTHER, third)] == [0, 0, 3]


def test_an_answer_larger_than_the_bound_is_not_kept(kept: Transcripts) -> None:
    assert kept.keep(KEY, "甲", replace(ANSWER, text="水" * 400_000)) == 0
    assert kept.load(KEY) == []


@pytest.mark.parametrize(
    "content", [b"no database at all, but long enough to be taken for one" * 100, b"SQLite"]
)
def test_a_damaged_file_is_put_aside_and_a_new_one_begun(
    kept: Transcripts, content: bytes, caplog: pytest.LogCaptureFixture
) -> None:
    kept.path.parent.mkdir()
    kept.path.write_bytes(content)
    with caplog.at_level(logging.WARNING):
        assert kept.load(KEY) == []
    assert "damaged" in caplog.text
    kept.keep(KEY, "甲", ANSWER)
    assert len(kept.load(KEY)) == 1
    assert kept.path.with_suffix(".damaged").read_bytes() == content


def test_a_file_cut_short_is_put_aside(kept: Transcripts) -> None:
    for _ in range(50):
        kept.keep(KEY, "甲", ANSWER)
    content = kept.path.read_bytes()
    kept.path.write_bytes(content[:5000] + b"\xff" * (len(content) - 5000))
    assert len(kept.load(KEY)) < 50
    kept.keep(KEY, "乙", ANSWER)
    assert kept.load(KEY)[-1].question == "乙"


def test_a_turn_that_cannot_be_read_is_left_out(kept: Transcripts) -> None:
    numbers = [kept.keep(KEY, question, ANSWER) for question in "甲乙丙"]
    with sqlite3.connect(kept.path) as turns:
        turns.execute("UPDATE turns SET answer = '{\"status\": 7}' WHERE number = ?", [numbers[1]])
    turns.close()
    assert [one.question for one in kept.load(KEY)] == ["甲", "丙"]


def test_a_file_of_a_newer_program_is_left_as_it_is(kept: Transcripts) -> None:
    kept.keep(KEY, "甲", ANSWER)
    with sqlite3.connect(kept.path) as turns:
        turns.execute("PRAGMA user_version = 99")
    turns.close()
    with pytest.raises(TranscriptError, match="99"):
        kept.load(KEY)
    with pytest.raises(TranscriptError, match="更新"):
        kept.keep(KEY, "乙", ANSWER)


def test_a_folder_that_cannot_be_made_is_told(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    kept = Transcripts(tmp_path / "file" / "kept")
    for use in (kept.load, kept.clear, lambda key: kept.keep(key, "甲", ANSWER)):
        with pytest.raises(TranscriptError, match="cannot be kept"):
            use(KEY)


def test_many_threads_lose_nothing(kept: Transcripts) -> None:
    def ask(name: int) -> None:
        for turn in range(20):
            kept.keep(KEY, f"{name}-{turn}", ANSWER)

    threads = [threading.Thread(target=ask, args=(name,)) for name in range(6)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert {one.question for one in kept.load(KEY)} == {f"{a}-{b}" for a in range(6) for b in range(20)}
