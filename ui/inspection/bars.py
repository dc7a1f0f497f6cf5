"""Numbers as bars: what each step took, what each part adds, why it is answered. Pure functions to HTML."""

from collections.abc import Mapping, Sequence
from html import escape

from qa import InspectedHit, Inspection
from ui.texts import Language, text

STAGES: Mapping[str, str] = {
    "rewrite": "inspect.rewrite",
    "encode": "inspect.encode",
    "sentences": "inspect.sentences",
    "passages": "inspect.passages",
    "gist": "inspect.gist",
    "characters": "inspect.characters",
    "fuse": "inspect.fuse",
    "rerank": "inspect.rerank",
    "closer": "inspect.closer",
    "look up": "inspect.lookup",
    "answer": "inspect.answer",
}
PARTS: Mapping[str, str] = {
    **{name: STAGES[name] for name in ("sentences", "passages", "gist", "characters")},
    "covers": "inspect.covers",
    "year": "inspect.year",
    "now": "inspect.now",
    "person": "inspect.person",
    "law": "inspect.law",
}
RULES: Mapping[str, str] = {"range": "inspect.rule.range", "table": "inspect.rule.table"}
REASONS: Mapping[str, str] = {
    "near": "inspect.near",
    "says": "inspect.says",
    "least": "inspect.least",
    "cosine": "inspect.cosine",
    "long": "inspect.long",
    "bare": "inspect.bare",
    "lacks": "inspect.lacks",
    "untimely": "inspect.untimely",
    "foreign": "inspect.foreign",
    "foreign_near": "inspect.foreign_near",
    "foreign_cosine": "inspect.foreign_cosine",
}
Range = tuple[float, float]


def said(name: str, keys: Mapping[str, str], language: Language) -> str:
    """What a person calls ``name``; itself where there is no word for it."""
    return escape(text(keys[name], language) if name in keys else name)


def spread(values: Sequence[float]) -> Range:
    """Where bars of ``values`` begin and end; zero lies between."""
    return min([0.0, *values]), max([0.0, *values])


def bar(value: float, within: Range, kind: str = "") -> str:
    """A bar from zero to ``value``; numbers stand beside it, so that it is hidden from screen readers."""
    low, high = within
    whole = high - low or 1.0
    start, size, zero = (min(value, 0.0) - low) / whole, abs(value) / whole, -low / whole
    sign = " less" if value < 0 else ""
    return (
        f'<span class="track" aria-hidden="true" style="--zero:{zero:.2%}">'
        f'<span class="bar {kind}{sign}" style="--from:{start:.2%};--size:{size:.2%}"></span></span>'
    )


def added(row: InspectedHit) -> dict[str, float]:
    """What each searcher and feature adds to the score of a passage, in the order of ``PARTS``."""
    votes = {name: vote.standard * vote.weight for name, vote in row.votes.items()}
    return votes | {name: value * weight for name, (value, weight) in row.features.items()}


def parts(row: InspectedHit, within: Range, language: Language) -> str:
    """A bar for each part that adds something to the score of a passage."""
    shown = {name: value for name, value in added(row).items() if value or name in row.votes}
    items = "".join(
        f"<li><span>{said(name, PARTS, language)}</span>"
        f"{bar(value, within, '' if name in row.votes else 'feature')}<b>{value:+.2f}</b></li>"
        for name, value in shown.items()
    )
    return f'<ul class="bars">{items}</ul>'


def times(found: Inspection, language: Language) -> str:
    """One bar of all steps, and the milliseconds of each."""
    total = sum(found.timings_ms.values()) or 1.0
    segments = "".join(
        f'<span class="step s{at % 10}" style="flex-grow:{value / total:.4f}"></span>'
        for at, value in enumerate(found.timings_ms.values())
    )
    items = "".join(
        f'<li><i class="key s{at % 10}" aria-hidden="true"></i>{said(name, STAGES, language)} '
        f"<b>{value:.1f}</b></li>"
        for at, (name, value) in enumerate(found.timings_ms.items())
    )
    title = escape(text("inspect.times", language, total=f"{total:.0f}"))
    note = escape(text("inspect.times.note", language))
    return (
        f'<section><h3>{title}</h3><div class="steps" aria-hidden="true">{segments}</div>'
        f'<ul class="step-list">{items}</ul><p class="note">{note}</p></section>'
    )


def decision(found: Inspection, language: Language) -> str:
    """The answer, how likely it is that there is one, and what speaks for and against that."""
    answer, decided = found.answer, found.decision
    state = f'<strong class="status">{escape(text(answer.status, language))}</strong>'
    words = f'<p class="said">{escape(answer.text)}</p>' if answer.citations else ""
    if decided is None:
        why = f'<p class="note">{escape(text("inspect.undecided", language))}</p>'
    elif decided.rule != "evidence":
        why = f'<p class="note">{escape(text(RULES[decided.rule], language))}</p>'
    else:
        sure, least = f"{decided.probability:.2f}", f"{decided.least:.2f}"
        line = escape(text("inspect.probability", language, probability=sure, least=least))
        why = (
            f'<p class="note">{line}</p>'
            f'<div class="gauge" aria-hidden="true" style="--least:{decided.least:.2%}">'
            f'<span style="--size:{decided.probability:.2%}"></span></div>{reasons(found, language)}'
        )
    sure = escape(text("inspect.confidence", language, value=f"{answer.confidence:.2f}"))
    title = escape(text("inspect.decision", language))
    return (
        f'<section class="decision {answer.status}"><h3>{title}</h3>'
        f'<p>{state} <span class="note">{sure}</span></p>'
        f"{words}{why}</section>"
    )


def reasons(found: Inspection, language: Language) -> str:
    """What each piece of evidence adds to the log odds that the documents answer, the strongest first."""
    decided = found.decision
    if decided is None:
        return ""
    shown = {name: pair for name, pair in decided.features.items() if pair[1]}
    order = sorted(shown, key=lambda name: -abs(shown[name][1]))
    within = spread([decided.bias, *(adds for _, adds in shown.values())])
    rows = [(said(name, REASONS, language), f"{shown[name][0]:.2f}", shown[name][1]) for name in order]
    rows.append((escape(text("inspect.bias", language)), "", decided.bias))
    heads = "".join(
        f'<th scope="col">{escape(text(key, language))}</th>'
        for key in ("inspect.feature", "inspect.value", "inspect.adds")
    )
    body = "".join(
        f'<tr><th scope="row">{name}</th><td>{value}</td><td>{bar(adds, within)}<b>{adds:+.2f}</b></td></tr>'
        for name, value, adds in rows
    )
    summary = escape(text("inspect.features", language))
    return (
        f'<details><summary>{summary}</summary><table class="scores"><tr>{heads}</tr>{body}</table></details>'
    )
