"""The report as a page: everything is there, and text of documents is only text."""

import re
from html.parser import HTMLParser

from qa.evaluation import Estimate, Failure, Report, to_html
from qa.evaluation.calibration import Bin
from qa.evaluation.charts import charts
from qa.evaluation.comparing import Compared
from qa.evaluation.report import Outcome, Place

EVIL = '<script>alert(1)</script><img src="https://example.org/x" onerror=alert(2)>'
ONE = Estimate(0.5, 0.25, 0.75, 4)
REPORT = Report(
    queries=4,
    legs={"dense": {"R@1": ONE}, "hybrid": {"R@1": ONE}},
    types={"事实 <b>": {"R@1": ONE}},
    failures=(Failure("q1", EVIL, "answered", "refused", EVIL, EVIL, EVIL),),
    outcomes=(Outcome("q1", {"R@1": 0.0}, 0.02, places=(Place(EVIL, 0, 9, EVIL, 1.5, {EVIL: 2.25}, True),)),),
    reliability=(Bin(0.5, 0.6, 7, 0.55, 0.5),),
    risk=((0.5, 0.0), (1.0, 0.25)),
)
COMPARED = [Compared(EVIL, ("q1",), (), ONE, 0.5)]


class Tags(HTMLParser):
    """Collects the tags, the addresses they name and the words."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.tags: set[str] = set()
        self.addresses: list[str] = []
        self.words: list[str] = []
        self.feed(text)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.add(tag)
        self.addresses += [value or "" for name, value in attrs if name in ("src", "href", "xlink:href")]
        assert not any(name.startswith("on") for name, _ in attrs)

    def handle_data(self, data: str) -> None:
        self.words.append(data)


def test_text_of_documents_is_text() -> None:
    page = Tags(to_html(REPORT, title=EVIL, compared=COMPARED))
    assert not page.tags & {"script", "img", "b\n", "iframe", "link"}
    assert all(address.startswith("#") for address in page.addresses)
    assert sum(EVIL in words for words in page.words) >= 8


def test_everything_is_there() -> None:
    text = to_html(REPORT, title="年报", compared=COMPARED)
    for words in (
        "年报",
        "Reliability",
        "Risk and coverage",
        "By type",
        "Latency",
        "Against the other report",
    ):
        assert words in text
    assert text.count("<svg") == 5
    assert "2.25" in text
    assert "default-src 'none'" in text
    assert not re.search(r"@import|url\((?!#)", text)


def test_its_words_are_there_in_both_languages() -> None:
    text = to_html(REPORT, title="年报", compared=COMPARED)
    for chinese, english in (
        ("检索", "Retrieval"),
        ("按类型(hybrid)", "By type (hybrid)"),
        ("4 个问题", "4 questions"),
        ("拒答", "refused"),
        ("可信程度", "Reliability"),
        ("应答", "expected"),
    ):
        assert f'<span lang="zh">{chinese}</span><span lang="en">{english}</span>' in text
    for chinese, english in (
        ("置信度", "confidence"),
        ("答错的比例", "share wrong"),
        ("毫秒", "milliseconds"),
        ("答案含要点", "containment"),
    ):
        assert f'<tspan lang="zh">{chinese}</tspan><tspan lang="en">{english}</tspan>' in text


def test_types_are_the_words_of_the_question_file() -> None:
    named = Report(1, {"hybrid": {"R@1": ONE}}, types={"refused": {"R@1": ONE}, "confidence": {"R@1": ONE}})
    text = to_html(named, title="年报")
    assert "<td>refused</td>" in text
    assert ">confidence</text>" in text


def test_names_of_types_are_no_formulas_and_fit() -> None:
    long = "长" * 300
    report = Report(2, {}, types={"$\\frac{$": {"R@1": ONE}, long: {"R@1": ONE}})
    chart = charts(report)["By type"]
    assert "$\\frac{$" in chart
    assert long not in chart
    assert f"{long[:20]}…" in chart


def test_a_report_of_nothing() -> None:
    page = Tags(to_html(Report(0, {}), title="空"))
    assert "svg" not in page.tags
    assert "details" not in page.tags
