"""The languages of the interface, and what a table of its words is."""

from collections.abc import Mapping
from typing import Literal

Language = Literal["zh", "en"]
Table = Mapping[str, Mapping[Language, str]]
