"""The map of the passages as SVG: documents differ in colour and in shape. Pure functions."""

import math
from collections.abc import Mapping, Sequence
from html import escape
from typing import Any

from qa import Inspection
from ui.texts import Language, text

WIDTH, HEIGHT, MARGIN = 640, 420, 22
NAMED = 10
"""Documents that have a colour and a shape of their own; all others share one."""
RANKED = 10
"""Hits that are numbered on the map."""


def polygon(x: float, y: float, corners: Sequence[tuple[float, float]]) -> str:
    """A path through points given by angle, in turns, and distance."""
    turned = [(x + r * math.sin(math.tau * at), y - r * math.cos(math.tau * at)) for at, r in corners]
    return "M" + "L".join(f"{a:.1f} {b:.1f}" for a, b in turned) + "Z"


def even(count: int, r: float, shift: float = 0.0) -> list[tuple[float, float]]:
    """The corners of a regular polygon."""
    return [(at / count + shift, r) for at in range(count)]


def shape(kind: int, x: float, y: float, r: float = 4.5) -> str:
    """The path of one of ten shapes around a point; any other number is a dot."""
    if kind == 5:
        wide, arm = 0.5 * r, 0.8 * r
        return (
            f"M{x - wide:.1f} {y - wide - arm:.1f}h{2 * wide:.1f}v{arm:.1f}h{arm:.1f}v{2 * wide:.1f}"
            f"h{-arm:.1f}v{arm:.1f}h{-2 * wide:.1f}v{-arm:.1f}h{-arm:.1f}v{-2 * wide:.1f}h{arm:.1f}Z"
        )
    if kind == 0:
        return f"M{x - r:.1f} {y:.1f}a{r} {r} 0 1 0 {2 * r} 0a{r} {r} 0 1 0 {-2 * r} 0Z"
    corners = {
        1: even(4, 1.2 * r, 1 / 8),
        2: even(3, 1.3 * r),
        3: even(4, 1.3 * r),
        4: even(3, 1.3 * r, 1 / 2),
        6: [(at / 8, 1.5 * r if at % 2 else 0.5 * r) for at in range(8)],
        7: [(at / 10, 1.5 * r if at % 2 == 0 else 0.6 * r) for at in range(10)],
        8: even(6, 1.15 * r),
        9: [(0.2, 1.5 * r), (0.3, 1.5 * r), (0.7, 1.5 * r), (0.8, 1.5 * r)],
    }
    return polygon(x, y, corners.get(kind, even(6, 0.5 * r)))


def at(place: tuple[float, float]) -> tuple[float, float]:
    """Where a place of the map, in [0, 1], is in the picture."""
    return MARGIN + place[0] * (WIDTH - 2 * MARGIN), HEIGHT - MARGIN - place[1] * (HEIGHT - 2 * MARGIN)


def kinds(found: Inspection) -> dict[str, int]:
    """Which documents have a colour and a shape: those of the best hits, then the longest."""
    counts = found.map.counts
    best = [row.hit.passage.doc_id for row in found.hits if row.hit.passage.doc_id in counts]
    longest = sorted(counts, key=lambda doc_id: -counts[doc_id])
    return {doc_id: kind for kind, doc_id in enumerate(list(dict.fromkeys([*best, *longest]))[:NAMED])}


def chart(found: Inspection, language: Language) -> str:
    """The map with its legend; nothing where there are no passages."""
    if not found.map.points:
        return ""
    kind_of, title = kinds(found), escape(text("inspect.map", language))
    name = escape(text("inspect.map.name", language))
    picture = (
        f'<svg class="map" viewBox="0 0 {WIDTH} {HEIGHT}" role="img" aria-label="{name}">'
        f"{points(found, kind_of)}{hits(found)}{asked(found, language)}</svg>"
    )
    note = text(
        "inspect.map.note",
        language,
        drawn=len(found.map.points),
        total=found.map.total,
        explained=f"{found.map.explained:.0%}",
    )
    return (
        f"<section><h3>{title}</h3>{picture}"
        f'{legend(found, kind_of, language)}<p class="note">{escape(note)}</p></section>'
    )


def points(found: Inspection, kind_of: Mapping[str, int]) -> str:
    """All passages, those of a document together; those without a shape of their own lie below."""
    groups: dict[int, list[str]] = {}
    for point in found.map.points:
        kind = kind_of.get(point.doc_id, -1)
        title = found.map.titles[point.doc_id]
        label = f"{title} › {point.heading}" if point.heading and point.heading != title else title
        drawn = shape(kind, *at(point.place))
        groups.setdefault(kind, []).append(
            f'<path d="{drawn}"{opens(point.doc_id, point.span)}><title>{escape(label)}</title></path>'
        )
    return "".join(f'<g class="points s{kind}">{"".join(groups[kind])}</g>' for kind in sorted(groups))


def opens(doc_id: str, span: Sequence[Any]) -> str:
    """What a click needs to open a passage."""
    return f' data-event="passage" data-doc="{escape(doc_id)}" data-start="{span[0]}" data-end="{span[1]}"'


def hits(found: Inspection) -> str:
    """The best hits as numbers in circles, the best on top."""
    drawn = []
    for row in found.hits[:RANKED]:
        if row.place is None:
            continue
        x, y = at(row.place)
        passage = row.hit.passage
        drawn.append(
            f'<g class="hit"{opens(passage.doc_id, (passage.start, passage.end))}>'
            f'<circle cx="{x:.1f}" cy="{y:.1f}" r="9"/>'
            f'<text x="{x:.1f}" y="{y + 4:.1f}">{row.hit.rank}</text>'
            f"<title>{escape(row.hit.title)}</title></g>"
        )
    return "".join(drawn[::-1])


def asked(found: Inspection, language: Language) -> str:
    """Where the question lies."""
    if found.place is None:
        return ""
    x, y = at(found.place)
    return (
        f'<g class="asked-point"><rect x="{x - 11:.1f}" y="{y - 11:.1f}" width="22" height="22" rx="3"/>'
        f'<text x="{x:.1f}" y="{y + 5:.1f}">{escape(text("inspect.asked", language))}</text>'
        f"<title>{escape(found.query)}</title></g>"
    )


def legend(found: Inspection, kind_of: Mapping[str, int], language: Language) -> str:
    """Shape, colour, title and number of points of each document that has them."""
    rows = [(kind, found.map.titles[doc_id], found.map.counts[doc_id]) for doc_id, kind in kind_of.items()]
    rest = found.map.counts.keys() - kind_of.keys()
    if rest:
        others = text("inspect.others", language, count=len(rest))
        rows.append((-1, others, sum(found.map.counts[doc_id] for doc_id in rest)))
    items = "".join(
        f'<li><svg viewBox="0 0 16 16" width="16" height="16" aria-hidden="true">'
        f'<g class="points s{kind}"><path d="{shape(kind, 8, 8)}"/></g></svg>'
        f"<span>{escape(title)}</span> <b>{count}</b></li>"
        for kind, title, count in rows
    )
    return f'<ul class="legend">{items}</ul>'
