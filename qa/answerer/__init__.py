"""From hits to a short answer with exact citations, or to an honest no."""

from qa.answerer.alignment import Alignment
from qa.answerer.citations import verify
from qa.answerer.extractive import ExtractiveAnswerer

__all__ = ["Alignment", "ExtractiveAnswerer", "verify"]
