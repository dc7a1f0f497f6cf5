from qa.streaming import growing
from qa.types import Answer, Citation


def cited(number: int, quote: str) -> Citation:
    return Citation(number, "a.txt", "办法", "2024", "", 0, len(quote), quote, 1.0)


def test_citations_come_first_and_then_a_statement_at_a_time() -> None:
    citations = (cited(1, "水价三元"), cited(2, "水价四元"))
    answer = Answer("conflict", "水价三元[1]\n水价四元[2]", citations, citations[0])
    values = list(growing(answer))
    assert [value.text for value in values] == ["", "水价三元[1]\n", "水价三元[1]\n水价四元[2]"]
    assert all(value.citations == citations and value.status == "conflict" for value in values)
    assert [value.short_answer for value in values] == [None, None, citations[0]]
    assert values[-1] is answer


def test_what_is_said_in_one_line_comes_in_two_steps_also_when_nothing_was_found() -> None:
    for answer in (
        Answer("answered", "水价三元[1]", (cited(1, "水价三元"),)),
        Answer("not_found", "文件中没有"),
    ):
        assert [value.text for value in growing(answer)] == ["", answer.text]


def test_an_answer_without_text_is_its_own_last() -> None:
    answer = Answer("not_found", "")
    assert list(growing(answer))[-1] is answer
