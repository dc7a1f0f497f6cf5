"""The inspection of a question as HTML. Pure functions; all that documents and people wrote is escaped."""

from collections.abc import Iterator, Sequence
from html import escape

from qa import InspectedHit, Inspection
from ui.asking.render import origin
from ui.inspection.bars import PARTS, Range, added, bar, decision, parts, said, spread, times
from ui.inspection.chart import chart, opens
from ui.texts import Language, text

COSINES: Range = (0.0, 1.0)
LARGEST = 1.0
"""A scale is at least this long, so that scores near zero stay small."""


def inspection(found: Inspection | None, language: Language) -> str:
    """Everything about one question; a note where none was inspected yet."""
    if found is None:
        return f'<p class="welcome-note">{escape(text("inspect.note", language))}</p>'
    head = [f'<h2 class="asked">{escape(found.question)}</h2>']
    if found.query != found.question.strip():
        head.append(
            f'<p class="searched">{escape(text("inspect.understood", language, query=found.query))}</p>'
        )
    if found.named:
        named = text("inspect.named", language, named=" · ".join(found.named))
        head.append(f'<p class="searched">{escape(named)}</p>')
    shown = [*head, decision(found, language), times(found, language), ranking(found, language)]
    return f'<article class="inspection">{"".join(shown)}{chart(found, language)}</article>'


def ranking(found: Inspection, language: Language) -> str:
    """The passages, best first; those that no answer draws on are folded."""
    title = escape(text("inspect.hits", language))
    if not found.hits:
        nothing = escape(text("inspect.none", language))
        return f"<section><h3>{title}</h3><p>{nothing}</p></section>"
    within = spread([LARGEST, *(value for row in found.hits for value in added(row).values())])
    items = [passage(row, within, language) for row in found.hits]
    first, rest = items[: found.drawn_on], items[found.drawn_on :]
    note = escape(text("inspect.hits.note", language, count=found.drawn_on))
    folded = ""
    if rest:
        summary = escape(text("inspect.rest", language, count=len(rest)))
        others = f'<ol start="{len(first) + 1}">{"".join(rest)}</ol>'
        folded = f'<details class="rest"><summary>{summary}</summary>{others}</details>'
    return (
        f'<section class="ranking"><h3>{title}</h3><p class="note">{note}</p>'
        f"<ol>{''.join(first)}</ol>{folded}</section>"
    )


def passage(row: InspectedHit, within: Range, language: Language) -> str:
    """One passage: its ranks, its words with those of the question marked, and what speaks for it."""
    hit = row.hit
    where = origin(hit.title, hit.date, hit.passage.heading, language)
    name = escape(text("open", language, title=hit.title))
    place = opens(hit.passage.doc_id, (hit.passage.start, hit.passage.end))
    details = escape(text("inspect.details", language))
    total = escape(text("inspect.total", language, score=f"{hit.score:.2f}"))
    return (
        f'<li class="found"><p class="ranks"><b class="rank">{hit.rank}</b> {moved(row, language)} '
        f'<span class="total">{total}</span></p>'
        f'<button type="button" class="open"{place} aria-label="{name}">{where}</button>'
        f'<p class="said" lang="zh-CN">{marked(row)}</p>{parts(row, within, language)}'
        f"<details><summary>{details}</summary>"
        f"{scores(row, language)}{sentences(row, language)}</details></li>"
    )


def moved(row: InspectedHit, language: Language) -> str:
    """What the ranker made of the rank."""
    if row.fused_rank is None or "address" in row.hit.scores:
        return f'<span class="moved">{escape(text("inspect.looked", language, after=row.hit.rank))}</span>'
    by = row.fused_rank - row.hit.rank
    sign = f" ▲{by}" if by > 0 else f" ▼{-by}" if by else ""
    words = text("inspect.moved", language, before=row.fused_rank, after=row.hit.rank)
    kind = "up" if by > 0 else "down" if by else ""
    return f'<span class="moved {kind}">{escape(words)}{sign}</span>'


def marked(row: InspectedHit) -> str:
    """The text with the words of the question marked."""
    return "".join(
        f"<mark>{escape(piece)}</mark>" if hit else escape(piece)
        for piece, hit in pieces(row.hit.passage.text, row.matched)
    )


def pieces(content: str, spans: Sequence[tuple[int, int]]) -> Iterator[tuple[str, bool]]:
    """The text in order, and whether each piece lies in one of the spans: "abc", (1, 2) gives a, b, c."""
    last = 0
    for start, end in spans:
        yield content[last:start], False
        yield content[start:end], True
        last = end
    yield content[last:], False


def scores(row: InspectedHit, language: Language) -> str:
    """Every number behind the bars."""
    heads = (
        "inspect.part",
        "inspect.score",
        "inspect.rank",
        "inspect.standard",
        "inspect.weight",
        "inspect.adds",
    )
    absent = escape(text("inspect.absent", language))
    rows = [
        (
            name,
            f"{vote.score:.3f}" if vote.score is not None else absent,
            str(vote.rank or "–"),
            f"{vote.standard:+.2f}",
            f"{vote.weight:.2f}",
            f"{vote.standard * vote.weight:+.2f}",
        )
        for name, vote in row.votes.items()
    ]
    rows += [
        (name, f"{value:.3f}", "–", "–", f"{weight:.2f}", f"{value * weight:+.2f}")
        for name, (value, weight) in row.features.items()
    ]
    return table(heads, [(said(name, PARTS, language), *cells) for name, *cells in rows], language)


def sentences(row: InspectedHit, language: Language) -> str:
    """Each sentence of the passage with its cosine."""
    held = row.hit.passage
    rows = [
        (
            escape(held.text[start - held.start : end - held.start].strip()),
            f"{bar(score, COSINES)}<b>{score:.3f}</b>",
        )
        for (start, end), score in zip(held.sentences, row.hit.sentence_scores, strict=False)
    ]
    return table(("inspect.sentence", "inspect.near.question"), rows, language) if rows else ""


def table(heads: Sequence[str], rows: Sequence[Sequence[str]], language: Language) -> str:
    """A table; cells are HTML already, the first of a row names it."""
    head = "".join(f'<th scope="col">{escape(text(key, language))}</th>' for key in heads)
    body = "".join(
        f'<tr><th scope="row">{first}</th>{"".join(f"<td>{cell}</td>" for cell in rest)}</tr>'
        for first, *rest in rows
    )
    return f'<div class="scroll" tabindex="0"><table class="scores"><tr>{head}</tr>{body}</table></div>'
