"""Markdown: what its front matter states, with the line ends of any system."""

import pytest

from qa.corpus.markdown import read_markdown

FRONT = '---\ntitle: "镜湖公报" \nsource: 东岭水厂\ndate: 2024-03-05\n---\n# 供水\n水厂全年检修十次。\n'


@pytest.mark.parametrize("line_end", ["\n", "\r\n"])
def test_front_matter(line_end: str) -> None:
    read = read_markdown(FRONT.replace("\n", line_end).encode())
    assert (read.title, read.source, read.date) == ("镜湖公报", "东岭水厂", "2024-03-05")
    (heading,) = (one for one in read.annotations if one.kind == "heading")
    assert read.text[heading.start : heading.end] == "# 供水"


@pytest.mark.timeout(20)
@pytest.mark.parametrize("lines", ["水厂\r\n" * 50_000, "title:" + " " * 200_000 + "水\n---\n"])
def test_a_rule_above_many_lines_costs_no_more_than_they_do(lines: str) -> None:
    assert read_markdown(f"---\r\n{lines}".encode()).text.startswith("---")
