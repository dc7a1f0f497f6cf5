import json
from pathlib import Path

import pytest

from qa.errors import EvaluationError
from qa.evaluation import Report, compare, read_measured
from qa.evaluation.report import Outcome


def report(**measured: float) -> Report:
    outcomes = tuple(
        Outcome(query_id, {"R@1": value, "refused": value}, 0.1) for query_id, value in measured.items()
    )
    return Report(len(outcomes), {}, outcomes=outcomes)


def measured(written: Report, folder: Path) -> dict[str, dict[str, float]]:
    path = folder / "old.json"
    path.write_text(json.dumps(written.to_json()), encoding="utf-8")
    return {query_id: dict(values) for query_id, values in read_measured(path).items()}


def test_wins_losses_and_the_difference(tmp_path: Path) -> None:
    old = measured(report(a=0, b=1, c=1 / 3, gone=1), tmp_path)
    (one,) = compare(report(a=1, b=0.5, c=1 / 3, new=1), old)  # of refusing more is neither better nor worse
    assert one.measure == "R@1"
    assert (one.wins, one.losses) == (("a",), ("b",))
    assert one.difference.value == pytest.approx(0.5 / 3, abs=1e-6)
    assert one.difference.n == 3
    assert one.p == pytest.approx(1.0)  # +1 and -0.5: any signs give at least 0.5


def test_the_chance_of_as_large_a_difference(tmp_path: Path) -> None:
    names = [f"q{number}" for number in range(8)]
    old = measured(report(**dict.fromkeys(names, 0.0)), tmp_path)
    (one,) = compare(report(**dict.fromkeys(names, 1.0)), old)
    assert one.p == pytest.approx(2 / 2**8, abs=0.003)
    (same,) = compare(report(**dict.fromkeys(names, 0.0)), old)
    assert same.p == 1.0


def test_nothing_in_common(tmp_path: Path) -> None:
    with pytest.raises(EvaluationError, match="no question in common"):
        compare(report(a=1), measured(report(b=1), tmp_path))


@pytest.mark.parametrize("text", ["", "[]", "{}", '{"outcomes": [1]}', '{"outcomes": [{"query_id": "a"}]}'])
def test_what_is_no_report(text: str, tmp_path: Path) -> None:
    path = tmp_path / "old.json"
    path.write_text(text, encoding="utf-8")
    with pytest.raises(EvaluationError, match=r"old\.json cannot be read as a report"):
        read_measured(path)
