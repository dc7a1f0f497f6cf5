"""Reports of evaluations without what they quote of documents that are gone."""

import json
from collections.abc import Iterator
from dataclasses import asdict, replace

from qa.evaluation import Report
from qa.quotes import Quote, Stands, quotes


def without_gone(report: Report, stands: Stands) -> Report | None:
    """The report without words that do not stand, which a note replaces; None when all of them do."""
    if all(map(stands, quotes(json.loads(json.dumps(report.to_json()))))):
        return None
    gone = {
        outcome.query_id
        for outcome in report.outcomes
        if not all(map(stands, quotes([asdict(place) for place in outcome.places])))
    }
    gone |= {one.query_id for one in report.failures if not all(map(stands, quotes(list(one.places))))}
    failures = [one.without_words() if one.query_id in gone else one for one in report.failures]
    outcomes = [replace(one, places=()) if one.query_id in gone else one for one in report.outcomes]
    return replace(report, failures=tuple(failures), outcomes=tuple(outcomes))


def questions_without_gone(text: str, stands: Stands) -> str:
    """Lines of a question file; of those whose evidence does not stand no more than the question."""
    return "".join(f"{line}\n" for line in _lines(text, stands))


def _lines(text: str, stands: Stands) -> Iterator[str]:
    for line in filter(str.strip, text.splitlines()):
        row = json.loads(line)
        if all(stands(Quote(gold["file"], "")) for gold in row.get("evidence", ())):
            yield line
        else:
            kept = {name: row[name] for name in ("id", "question", "type") if name in row}
            yield json.dumps({**kept, "answerable": False}, ensure_ascii=False)
