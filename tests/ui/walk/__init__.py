"""A walk through the page: one file for each item that it promises."""

import pytest

PARTS = ("asking", "documents", "evaluation", "feedback", "inspection", "look", "scope", "source", "visitor")
pytest.register_assert_rewrite(*(f"{__name__}.{part}" for part in PARTS))
