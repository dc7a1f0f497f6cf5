import json
import re
from collections.abc import Sequence

import pytest
from fastapi.testclient import TestClient

from qa.api import create_app
from qa.cli.parts import Parts
from qa.config import Settings
from qa.protocols import EVERYTHING
from qa.types import Answer, Filter, Turn
from tests.api.two_documents import TwoDocuments
from tests.cli.desks import Empty, Markup, Qa


def test_an_answer_is_shown_with_its_numbered_source(run: Qa) -> None:
    result = run("ask", "图书馆几点开门")
    assert result.exit_code == 0
    lines = [line.strip() for line in result.stdout.splitlines()]
    assert lines[0] == "▶ 图书馆 [1]"
    assert "图书馆每天九点开门。[1]" in lines
    assert "[1] 图书馆.txt[9:19] · 图书馆开放时间 · 2024-03 · 图书馆开放时间" in lines
    assert "「图书馆每天九点开门。」" in lines


def test_not_found_is_fine_and_shows_the_nearest_as_no_answer(run: Qa) -> None:
    result = run("ask", "门")
    assert result.exit_code == 0
    assert "文件中没有" in result.stdout
    assert "不是答案" in result.stdout
    assert result.stdout.index("不是答案") < result.stdout.index("图书馆每天九点开门。")


@pytest.mark.parametrize(("command", "field"), [("ask", "question"), ("search", "query")])
@pytest.mark.parametrize("text", ["图书馆几点开门", "门", "什么"])
def test_json_is_exactly_what_the_api_says(run: Qa, command: str, field: str, text: str) -> None:
    library = TwoDocuments(Settings())
    library.open()
    replied = TestClient(create_app(library)).post(f"/v1/{command}", json={field: text, "k": 2}).json()
    result = run(command, text, "--json", "-k", "2")
    assert result.exit_code == 0
    assert json.loads(result.stdout) == replied


def test_search_shows_ranks_and_k_cuts(run: Qa) -> None:
    assert re.findall(r"^(\d)\. ", run("search", "馆").stdout, re.MULTILINE) == ["1", "2", "3"]
    assert re.findall(r"^(\d)\. ", run("search", "馆", "-k", "1").stdout, re.MULTILINE) == ["1"]
    assert "没有找到" in run("search", "xyz").stdout


@pytest.mark.parametrize("command", ["ask", "search"])
def test_document_text_is_data_in_the_terminal(run: Qa, command: str) -> None:
    result = run(command, "馆长你好", parts=Parts(desks=Markup))
    assert result.exit_code == 0
    assert "[bold]馆长[/nothing]说\N{REPLACEMENT CHARACTER}[2J你好。" in result.stdout
    assert "[red].txt" in result.stdout
    assert "[link=x]标题" in result.stdout
    assert "\x1b" not in result.stdout


@pytest.mark.parametrize("command", ["ask", "search"])
def test_a_missing_index_says_what_to_run(run: Qa, command: str) -> None:
    result = run(command, "门", parts=Parts(desks=Empty))
    assert result.exit_code == 1
    assert result.stdout == ""
    assert result.stderr.count("\n") == 1
    assert "qa index" in result.stderr


def test_an_error_of_our_own_is_one_line_without_traceback(run: Qa) -> None:
    for arguments in (("ask", "?!"), ("ask", "\udcff\udcfe")):
        result = run(*arguments)
        assert result.exit_code == 1
        assert result.stderr.startswith("qa: ")
        assert result.stderr.count("\n") == 1
        assert "Traceback" not in result.output


class Spelled(TwoDocuments):
    """A library that understands every question as the same one."""

    def ask(
        self, question: str, *, history: Sequence[Turn] = (), k: int = 5, wanted: Filter = EVERYTHING
    ) -> Answer:
        return super().ask("图书馆几点开门", history=history, k=k)


def test_how_a_question_was_understood_is_shown(run: Qa) -> None:
    parts = Parts(desks=Spelled)
    assert "Searched for: 图书馆几点开门" in run("ask", "图书管几点开门", parts=parts).stdout
    assert "Searched for" not in run("ask", "图书馆几点开门", parts=parts).stdout
