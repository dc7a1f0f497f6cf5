"""Text of .csv and .tsv: the rows of a table."""

import csv
import io
from collections.abc import Callable, Iterator
from functools import partial

from qa.corpus.decoding import decode
from qa.corpus.reading import Read
from qa.corpus.tables import captioned, grid, write_table
from qa.corpus.writing import Writer
from qa.errors import CorpusError

LONGEST_LINE = 1_000_000
"""Characters; a spreadsheet has at most 16,384 columns."""
_SEPARATORS = ",;\t|，"


def _read(data: bytes, separator: str) -> Read:
    text, encoding = decode(data)
    text = text.removeprefix("\ufeff")
    lines = io.StringIO(text, newline="")
    if max(map(len, lines), default=0) > LONGEST_LINE:
        raise CorpusError(
            f"a line has more than {LONGEST_LINE:,} characters, so it is no row; put one row a line"
            " / 有一行过长,不像表格"
        )
    lines.seek(0)
    out = Writer()
    write_table(out, grid(_rows(lines, separator or _separator(text))))
    return captioned(out.finish(encoding=encoding))


def _rows(lines: io.StringIO, separator: str) -> Iterator[list[str]]:
    try:
        yield from csv.reader(lines, delimiter=separator)
    except csv.Error as exc:
        raise CorpusError(f"the table cannot be read ({exc}); save it again as UTF-8 .csv") from exc


def _separator(text: str) -> str:
    """Return the separator that most of the first lines have equally often, a comma by default."""
    first = [line for line in text[:20_000].splitlines()[:20] if line.strip()]

    def worth(separator: str) -> int:
        counts = [line.count(separator) for line in first]
        usual = max(set(counts), key=counts.count, default=0)
        return counts.count(usual) * (usual > 0)

    return max(_SEPARATORS, key=worth)


read_csv: Callable[[bytes], Read] = partial(_read, separator="")
"""Read a .csv, whatever separates its columns. Raises CorpusError."""
read_tsv: Callable[[bytes], Read] = partial(_read, separator="\t")
"""Read a .tsv. Raises CorpusError."""
