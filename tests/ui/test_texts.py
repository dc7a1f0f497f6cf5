import re
from pathlib import Path
from string import Formatter
from typing import get_args

import pytest

from qa.inventory import FileKind
from qa.types import JobState, Status
from ui.documents import jobs
from ui.documents import render as documents
from ui.feedback import render as feedback
from ui.page import VIEWS
from ui.texts import TABLES, TEXTS, Language, text


@pytest.mark.parametrize("key", TEXTS)
def test_every_text_exists_in_both_languages_with_the_same_fields(key: str) -> None:
    fields = [
        sorted(name for _, name, _, _ in Formatter().parse(TEXTS[key][language]) if name)
        for language in get_args(Language)
    ]
    assert all(TEXTS[key][language].strip() for language in get_args(Language))
    assert fields[0] == fields[1]


@pytest.mark.parametrize("status", get_args(Status))
def test_every_status_has_words(status: str) -> None:
    assert status in TEXTS


def test_chinese_is_chinese_and_english_is_english() -> None:
    names_of_the_other_language = {"switch", "lang"}
    han = re.compile("[一-鿿]")
    for key in TEXTS.keys() - names_of_the_other_language:
        assert han.search(TEXTS[key]["zh"]), key
        assert not han.search(TEXTS[key]["en"]), key


def test_every_text_is_used() -> None:
    code = "".join(
        path.read_text(encoding="utf-8") for path in Path("ui").rglob("*.py") if "words" not in path.parts
    )
    by_status = {
        *(f"papers.state.{name or 'all'}" for name in documents.STATES),
        *(f"papers.order.{name}" for name in documents.ORDERS),
        *(f"papers.stage.{name}" for name in jobs.STAGES),
        *(f"papers.job.{name}" for name in get_args(JobState)),
        *(f"papers.{name}" for name in documents.SAID),
        *(f"papers.{name}" for name in ("edit", "remove", "undo", "first", "previous", "next", "last")),
        *(f"papers.{name}.named" for name in ("edit", "remove", "undo")),
        *(f"papers.field.{name}" for name in ("title", "date", "source")),
        *(f"papers.kind.{name}" for name in ("upload", "index")),
        *(f"papers.row.{name}" for name in (*get_args(FileKind), "current", "repealed", "superseded")),
        *(f"feedback.{name}" for name in (*feedback.SAID, *feedback.REASONS, *feedback.VERDICTS)),
        *(f"feedback.{name}.said" for name in feedback.VERDICTS),
        *(f"feedback.show.{name}" for name in ("all", *feedback.VERDICTS)),
        *(f"feedback.{name}" for name in ("unmarked", "changed", "repeated", "send", "cancel")),
        *(f"view.{name}" for name in VIEWS),
        *(f"shelf.{name}" for name in VIEWS),
        *get_args(Status),
        *(f"{status}.note" for status in get_args(Status)),
    }
    quoted = code.replace("'", '"')  # inside an f-string, quotes are the other ones
    assert [key for key in TEXTS.keys() - by_status if f'"{key}"' not in quoted] == []


def test_fields_are_filled() -> None:
    assert text("cite", "zh", number=2, title="报告") == "打开出处 2:报告"


def test_no_two_tables_have_a_key_in_common() -> None:
    assert sum(len(table.TEXTS) for table in TABLES) == len(TEXTS)
