"""What people say of answers: the buttons under an answer, the form, and the list. Pure functions to HTML."""

from collections.abc import Sequence
from hashlib import blake2b
from html import escape
from urllib.parse import urlencode

from qa import Answer, Judged, Mark, Opinion
from ui.texts import TEXTS, Language, text

REASONS = ("wrong", "citation", "incomplete", "answerable")
VERDICTS = ("good", "bad")
LONGEST_REMARK = 2000
PER_PAGE = 20
SAID = ("thanks", "withdrawn", "marked", "unmark", "nothing.marked", "elsewhere")
"""What the script says: the words for it are sent along."""


THUMB = (
    "M2 9h3v9H2zM7 9l4-7c1.6 0 2.3 1.3 2 2.6L12.3 8H17c1.3 0 2 1.1 1.7 2.3l-1.5 6c-.3 1-1.1 1.7-2.2 1.7H7z"
)


def thumb(verdict: str) -> str:
    """A thumb up or down, drawn: not every machine has letters for them."""
    turned = "" if verdict == "good" else ' transform="rotate(180 10 10)"'
    return (
        '<svg viewBox="0 0 20 20" width="18" height="18" aria-hidden="true">'
        f'<path d="{THUMB}"{turned}/></svg>'
    )


def bar(question: str, answer: Answer, turn: int, language: Language) -> str:
    """The buttons under an answer; the script knows by ``data-key`` what was said of it before."""
    made_of = f"{turn}\0{question}\0{answer.index_version}\0{answer.text}"
    key = blake2b(made_of.encode("utf-8", "replace"), digest_size=8).hexdigest()
    buttons = "".join(
        f'<button type="button" data-verdict="{verdict}" aria-pressed="false" '
        f'aria-label="{name}" title="{name}">{thumb(verdict)}</button>'
        for verdict in VERDICTS
        for name in (_say(f"feedback.{verdict}", language),)
    )
    named = f'role="group" aria-label="{_say("feedback.group", language)}"'
    told = '<span class="told" aria-hidden="true"></span>'
    return f'<p class="rating" data-turn="{turn}" data-key="{key}" {named}>{buttons}{told}</p>'


def form(language: Language) -> str:
    """What is wrong with an answer, and the words that are the answer; shown beside the source."""
    words = "".join(
        f' data-{key.replace(".", "-")}="{escape(TEXTS[f"feedback.{key}"][language])}"' for key in SAID
    )
    reasons = "".join(
        f'<label><input type="radio" name="reason" value="{reason}" required> '
        f"{_say(f'feedback.{reason}', language)}</label>"
        for reason in REASONS
    )
    send, cancel = (_say(f"feedback.{key}", language) for key in ("send", "cancel"))
    return (
        f'<div class="rater"{words}>'
        f'<dialog aria-labelledby="rating-title"><form method="dialog"><h3 id="rating-title">'
        f'{_say("feedback.why", language)}</h3><p class="about"></p><fieldset><legend>'
        f"{_say('feedback.reason', language)}</legend>{reasons}</fieldset>"
        f'<label class="remark">{_say("feedback.remark", language)}'
        f'<textarea name="remark" rows="2" maxlength="{LONGEST_REMARK}"></textarea></label>'
        f'<p class="note">{_say("feedback.how", language)}</p><ul class="marks"></ul>'
        f'<p class="acts"><button type="submit">{send}</button>'
        f'<button type="button" data-act="close">{cancel}</button></p></form></dialog>'
        f'<div class="marking"><span class="note">{_say("feedback.select", language)}</span> '
        f'<button type="button" data-act="mark">{_say("feedback.here", language)}</button>'
        '<span class="told" aria-hidden="true"></span></div>'
        '<p class="said" role="status"></p></div>'
    )


def given(key: str, feedback_id: str, verdict: str) -> str:
    """What the script remembers of an answer; ``verdict`` is empty where it was taken back."""
    return (
        f'<i data-key="{escape(key)}" data-id="{escape(feedback_id)}" data-verdict="{escape(verdict)}"></i>'
    )


def refused(message: str) -> str:
    """Why something was not kept."""
    return f'<p class="notice" role="alert">{escape(message)}</p>'


def tools(verdict: str, language: Language) -> str:
    """Which verdicts are shown."""
    options = "".join(
        f'<option value="{one}"{" selected" if one == verdict else ""}>'
        f"{_say('feedback.show.' + (one or 'all'), language)}</option>"
        for one in ("", *VERDICTS)
    )
    return (
        f'<form class="tools"><label>{_say("feedback.show", language)} '
        f'<select name="verdict">{options}</select></label></form>'
    )


def listing(opinions: Sequence[Opinion], language: Language, *, page: int = 1, total: int = 0) -> str:
    """The opinions, the newest first."""
    if not opinions:
        return f'<p class="note" tabindex="-1">{_say("feedback.none", language)}</p>'
    items = "".join(item(one, language) for one in opinions)
    return f'<ol class="opinions">{items}</ol>{pager(page, total, language)}'


def export(judged: Judged, language: Language, collection: str = "") -> str:
    """How many questions there are, why others are none, and the file, which is named with the collection."""
    words = [_say("feedback.questions", language, count=len(judged.lines))]
    left = {"unmarked": judged.unmarked, "changed": judged.changed, "repeated": judged.repeated}
    words += [_say(f"feedback.{key}", language, count=count) for key, count in left.items() if count]
    query = f"?{urlencode({'collection': collection})}" if collection else ""
    file = f"feedback-{collection}.jsonl" if collection else "feedback.jsonl"
    address = f'href="v1/feedback/questions{escape(query)}" download="{escape(file)}"'
    link = f"<a {address}>{_say('feedback.export', language)}</a>"
    return f'<p class="export" tabindex="-1">{" · ".join(words)} {link if judged.lines else ""}</p>'


def item(one: Opinion, language: Language) -> str:
    """One opinion: the question, what was answered, what was said of it, and where."""
    reason = f" · {_say(f'feedback.{one.reason}', language)}" if one.reason else ""
    head = (
        f'<p class="head"><span class="verdict {one.verdict}">{thumb(one.verdict)} '
        f"{_say(f'feedback.{one.verdict}.said', language)}{reason}</span> "
        f'<time datetime="{escape(one.time)}">{escape(one.time[:16].replace("T", " "))}</time></p>'
    )
    remark = f'<p class="remark">{escape(one.remark)}</p>' if one.remark else ""
    turns = "".join(f"<li>{escape(turn.question)}</li>" for turn in one.history)
    before = (
        f"<details><summary>{_say('feedback.before', language)}</summary><ol>{turns}</ol></details>"
        if turns
        else ""
    )
    answered = (
        f'<p class="was"><strong>{_say(one.status, language)}</strong> '
        f'<span class="short">{escape(one.answer[:300])}</span></p>'
    )
    places = [("feedback.cited", one.citations), ("feedback.right", one.marks)]
    spans = "".join(marks(key, found, language) for key, found in places if found)
    inside = f"{head}<h3>{escape(one.question)}</h3>{before}{answered}{spans}{remark}{acts(one, language)}"
    return f'<li class="opinion">{inside}</li>'


def marks(key: str, spans: Sequence[Mark], language: Language) -> str:
    """Words of documents as buttons that open them."""
    items = "".join(
        f'<li><button type="button" class="open" data-event="open" data-doc="{escape(one.doc_id)}" '
        f'data-start="{one.start}" data-end="{one.end}"><q>{escape(one.quote[:200])}</q> '
        f'<span class="date">{escape(one.doc_id)}</span></button></li>'
        for one in spans
    )
    return f'<h4>{_say(key, language)}</h4><ul class="spans">{items}</ul>'


def acts(one: Opinion, language: Language) -> str:
    """Asking again, with the question as it was understood, and forgetting."""
    again = (
        f'<button type="button" data-act="again" data-question="{escape(one.query or one.question)}">'
        f"{_say('feedback.again', language)}</button>"
    )
    forget = (
        f'<button type="button" data-act="forget" data-id="{escape(one.feedback_id)}" '
        f'data-sure="{_say("feedback.sure", language)}">{_say("feedback.forget", language)}</button>'
    )
    return f'<p class="acts">{again}{forget}</p>'


def pager(page: int, total: int, language: Language) -> str:
    """Older and newer opinions; nothing where all are shown."""
    pages = max(1, -(-total // PER_PAGE))
    if pages == 1:
        return ""

    def to(key: str, target: int) -> str:
        off = "" if 1 <= target <= pages else " disabled"
        act = f'data-act="page" data-page="{target}"{off}'
        return f'<button type="button" {act}>{_say(key, language)}</button>'

    newer, older = to("papers.previous", page - 1), to("papers.next", page + 1)
    where = _say("papers.page", language, page=page, pages=pages)
    named = f'aria-label="{_say("papers.pages", language)}"'
    return f'<nav class="pager" {named}>{newer}<span>{where}</span>{older}</nav>'


def _say(key: str, language: Language, **values: object) -> str:
    return escape(text(key, language, **values))
