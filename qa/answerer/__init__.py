"""From hits to a short answer with exact citations, or to an honest no."""

from qa.answerer.alignment import Alignment
from qa.answerer.citations import verify
from qa.answerer.extractive import NOT_FOUND, ExtractiveAnswerer
from qa.answerer.quoting import quoted
from qa.answerer.refusal import Decision

__all__ = ["NOT_FOUND", "Alignment", "Decision", "ExtractiveAnswerer", "quoted", "verify"]
