"""Evaluations that are run beside other work, one at a time, and kept with their reports."""

import datetime
import logging
import secrets
import threading
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

from qa.errors import CancelledError, NotReadyError, QAError
from qa.evaluated import Evaluated, evaluate
from qa.quotes import standing
from qa.runs import EvaluationRun, Runs
from qa.types import Progress

if TYPE_CHECKING:
    from qa.evaluation import Question, Report

_FIGURES = {"R@5": "legs", "MRR@10": "legs", "containment": "answers", "F1": "refusals"}

log = logging.getLogger(__name__)


class Evaluations(Runs):
    """Runs question files below ``folder`` over ``desk``, which may be a ``collection``.

    Safe to use from many threads of one process.
    """

    def __init__(self, folder: Path, desk: Evaluated, *, collection: str = "") -> None:
        super().__init__(folder)
        self._desk, self._collection = desk, collection
        self._lock = threading.Lock()
        self._running: EvaluationRun | None = None
        self._stopping = False

    @property
    def running(self) -> EvaluationRun | None:
        """The run that is running."""
        return self._running

    def start(self, name: str) -> EvaluationRun:
        """Run the questions of a file beside other work. Raises NotFoundError, EvaluationError.

        Raises NotReadyError while another evaluation is running: only one runs at a time.
        """
        from qa.evaluation import parse_questions

        text = self.text(name)
        questions = parse_questions(text, name)
        with self._lock:
            if self._running:
                raise NotReadyError(
                    f"{self._running.name} is being evaluated; wait until it is done or stop it"
                    " / 正在评测另一份,请等它结束或取消"
                )
            now = datetime.datetime.now(datetime.UTC)
            run = EvaluationRun(
                run_id=f"{now:%Y%m%dT%H%M%S}-{now.microsecond:05x}{secrets.token_hex(2)[1:]}",
                name=name,
                state="running",
                questions=len(questions),
                created=_now(),
                index_version=self._desk.index_version,
                collection=self._collection,
            )
            self.write(run.run_id, "questions.jsonl", text)
            self.keep(run)
            self._running, self._stopping = run, False
        threading.Thread(target=self._work, args=(run, questions), daemon=True, name="evaluation").start()
        return run

    def cancel(self) -> None:
        """Stop the run that is running, if one is; nothing of it is kept."""
        self._stopping = True

    def remove(self, run_id: str) -> None:
        """Delete a run, which is stopped first if it is running. Raises NotFoundError."""
        if self.run(run_id).state == "running":
            self.cancel()
        else:
            self.drop(run_id)

    def read(self, run_id: str) -> EvaluationRun | None:
        """A run as it is now, None for what is none."""
        running = self._running
        return running if running and running.run_id == run_id else super().read(run_id)

    def _work(self, run: EvaluationRun, questions: "Sequence[Question]") -> None:
        def on_progress(step: Progress) -> None:
            if self._stopping:
                raise CancelledError("the evaluation was cancelled / 评测已取消")
            self._running = replace(run, done=step.done)

        try:
            ended = self._finish(run, evaluate(self._desk, questions, on_progress=on_progress))
        except CancelledError:
            self.drop(run.run_id)
            ended = None
        except (QAError, OSError) as exc:
            ended = replace(run, state="failed", reason=str(exc))
        except Exception as exc:  # the person must be told, and the next run must be possible
            log.exception("evaluation %s failed", run.run_id)
            reason = f"it failed unexpectedly ({type(exc).__name__}); see the log / 意外失败,详见日志"
            ended = replace(run, state="failed", reason=reason)
        with self._lock:
            if ended:
                self.keep(replace(ended, ended=_now()))
            self._running = None

    def _finish(self, run: EvaluationRun, report: "Report") -> EvaluationRun:
        self.write_report(run, report)
        if self._desk.index_version != run.index_version:  # a document may have gone meanwhile
            self.sift_run(run, standing(self._desk.document))
        wrong = len({failure.query_id for failure in report.failures})
        return replace(run, state="done", done=run.questions, wrong=wrong, figures=_figures(report))


def _figures(report: "Report") -> dict[str, float]:
    """What tells runs apart at a glance; what could not be measured is left out."""
    groups = {"legs": list(report.legs.values())[-1], "answers": report.answers, "refusals": report.refusals}
    found = {name: groups[group][name] for name, group in _FIGURES.items()}
    return {name: round(one.value, 6) for name, one in found.items() if one.n}


def _now() -> str:
    return datetime.datetime.now(datetime.UTC).isoformat(timespec="seconds")
