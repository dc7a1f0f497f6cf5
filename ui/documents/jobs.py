"""Jobs: what is done with documents, how far it is, and what went wrong. Pure functions to HTML."""

from collections.abc import Mapping, Sequence
from html import escape

from qa import Job
from ui.texts import Language, text

STAGES: Mapping[str, str] = {
    "read": "read",
    "split": "characters",
    "embed": "sentences passages gist",
    "write": "write",
}
"""What a person is told of a job: each stage stands for some of the job's own."""
ACTIVE = ("waiting", "running")
ENDED_SHOWN = 20
FILES_SHOWN = 3


def jobs(known: Sequence[Job], language: Language, collection: str = "") -> str:
    """What is being done in a collection and what was done last; those that ended are folded.

    They are open where one went wrong.
    """
    active = [one for one in known if one.state in ACTIVE]
    ended = [one for one in known if one.state not in ACTIVE][:ENDED_SHOWN]
    if not known:
        return ""
    shown = f'<ol class="jobs">{"".join(job(one, language) for one in active)}</ol>' if active else ""
    if ended:
        opened = " open" if ended[0].skipped or ended[0].state == "failed" else ""
        items = "".join(job(one, language) for one in ended)
        summary = f"<summary>{_say('papers.ended.jobs', language, count=len(ended))}</summary>"
        shown += f'<details class="ended"{opened}>{summary}<ol class="jobs">{items}</ol></details>'
    of = f'data-collection="{escape(collection)}"'
    return f"<section {of}><h3>{_say('papers.jobs', language)}</h3>{shown}</section>"


def job(one: Job, language: Language) -> str:
    """A job: what it is about, how far it is, and what of it could not be done."""
    files = escape("、".join(one.files[:FILES_SHOWN]))
    more = (
        f" {_say('papers.more', language, count=len(one.files) - FILES_SHOWN)}"
        if len(one.files) > FILES_SHOWN
        else ""
    )
    name = _say(f"papers.kind.{'upload' if one.kind == 'upload' else 'index'}", language)
    state = f'<span class="state">{_say(f"papers.job.{one.state}", language)}</span>'
    head = f'<p class="head"><strong>{name}</strong> {state} <span class="files">{files}{more}</span></p>'
    active = ' data-active=""' if one.state in ACTIVE else ""
    inside = progress(one, language) if active else outcome(one)
    return f'<li data-job="{escape(one.job_id)}" data-state="{one.state}"{active}>{head}{inside}</li>'


def progress(one: Job, language: Language) -> str:
    """The stages, the one that is done now, how much of it, and a button that cancels."""
    steps = "".join(
        f'<li data-of="{parts}"{" aria-current=step" if one.stage in parts.split() else ""}>'
        f"{_say(f'papers.stage.{name}', language)}</li>"
        for name, parts in STAGES.items()
    )
    named = f'aria-label="{_say("papers.progress", language)}"'
    bar = f'<progress {named} max="{max(one.total, 1)}" value="{one.done}">'
    count = f"{one.done} / {one.total}" if one.total else ""
    cancel = f'<button type="button" data-act="cancel">{_say("papers.cancel", language)}</button>'
    return (
        f'<ol class="stages">{steps}</ol>{bar}</progress> <span class="count">{count}</span> {cancel}'
        if one.state == "running"
        else cancel
    )


def outcome(one: Job) -> str:
    """Why a job failed, and which of its files could not be read."""
    reason = f'<p class="reason">{escape(one.reason)}</p>' if one.reason else ""
    items = "".join(
        f"<li><strong>{escape(file.doc_id)}</strong> {escape(file.reason)}</li>" for file in one.skipped
    )
    return reason + (f'<ul class="refused">{items}</ul>' if items else "")


def _say(key: str, language: Language, **values: object) -> str:
    return escape(text(key, language, **values))
