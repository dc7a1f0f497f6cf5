"""Text of .html and .mht: the main text of a page with its headings, lists and tables.

Dropped: navigation, scripts, styles, forms, hidden text, pictures, links' addresses.
"""

from __future__ import annotations

import functools
import logging
import re
from collections.abc import Callable, Sequence
from dataclasses import replace
from typing import TYPE_CHECKING

from qa.corpus.dates import date_in
from qa.corpus.decoding import decode, plausibility
from qa.corpus.elements import Block, blocks
from qa.corpus.reading import Read
from qa.corpus.stated import stated
from qa.corpus.tables import write_table
from qa.corpus.writing import Writer, one_line
from qa.errors import CorpusError
from qa.text import squeeze

if TYPE_CHECKING:
    from lxml.etree import _Element as Element

_CHARSET = re.compile(
    rb"<(?:meta|\?xml)[^>]{0,200}?(?:charset|encoding)\s*=\s*[\"']?\s*([\w-]{1,40})", re.IGNORECASE
)
_CODECS = {"gb2312": "gb18030", "gbk": "gb18030", "gb18030": "gb18030", "big5": "big5hkscs"}
_BROKEN = "\N{REPLACEMENT CHARACTER}"
_MOST_BROKEN = 0.01
"""Share of characters that are cut in two, as by sites that shorten a text by bytes; more is no such text."""
_ABOUT = 0.05
"""A difference in plausibility that tells nothing."""
_TITLES = ("articletitle", "og:title", "twitter:title")
_LOST = "{0} 个字在文件中已损坏,显示为 � / {0} characters are broken in the file and shown as �"
_DATES = ("pubdate", "publishdate", "article:published_time", "og:release_date", "firstpublishedtime", "date")
_SOURCES = ("contentsource", "source", "mediaid", "og:site_name", "sitename")
_SURE = 12
"""Characters of a block by which it is told that it belongs to the main text."""
log = logging.getLogger(__name__)
_FURNITURE = frozenset({"nav", "footer", "aside", "header"})


def read_html(data: bytes) -> Read:
    """Read a page in the encoding that it names, or that its bytes show. Raises CorpusError."""
    return read_page(*_decoded(data))


def read_mht(data: bytes) -> Read:
    """Read a page that a browser saved with its pictures. Raises CorpusError when there is none in it."""
    from email import message_from_bytes, policy

    message = message_from_bytes(data, policy=policy.default)
    for part in message.walk():
        if part.get_content_type() in {"text/html", "application/xhtml+xml"}:
            body = part.get_payload(decode=True)
            if isinstance(body, bytes) and body.strip():
                return read_page(*_decoded(body, str(part.get_content_charset() or "")))
    raise CorpusError("the file holds no page; save it as .html / 文件里没有网页,请另存为 .html")


def _decoded(data: bytes, charset: str = "") -> tuple[str, str]:
    named = _CHARSET.search(data[:4096])
    charset = charset or (named[1].decode() if named else "")
    codec = _CODECS.get(charset.lower())
    try:
        text, encoding = decode(data)
    except CorpusError as exc:
        return _mended(data, ("utf-8", codec or "gb18030"), exc)
    if codec is None or encoding.startswith("utf"):
        return text, encoding
    try:  # pages name encodings that they are not in: the name decides only between likely ones
        named_text = data.decode(codec)
    except UnicodeDecodeError:
        return text, encoding
    if plausibility(named_text) + _ABOUT < plausibility(text):
        return text, encoding
    return named_text, codec.removesuffix("hkscs")


def _mended(data: bytes, codecs: Sequence[str], wrong: CorpusError) -> tuple[str, str]:
    """The text with marks for what is broken, as a browser shows it; raises ``wrong`` when too much is."""
    texts = {codec: data.decode(codec, "replace") for codec in codecs}
    codec, text = min(texts.items(), key=lambda item: item[1].count(_BROKEN))
    if "\0" in text or not 0 < text.count(_BROKEN) <= _MOST_BROKEN * len(text):
        raise wrong
    return text, codec.removesuffix("hkscs")


def read_page(page: str, encoding: str = "") -> Read:
    """Read the source of a page. Raises CorpusError when nothing is to be read on it."""
    from lxml import etree

    parser = etree.HTMLParser(encoding="utf-8", remove_comments=True, remove_pis=True)
    source = page.removeprefix("\ufeff").encode("utf-8", "replace")
    root = etree.fromstring(source, parser) if source.strip() else None
    if root is None:
        raise CorpusError("the page is empty; save it again / 网页是空的")
    if any("depth" in entry.message for entry in parser.error_log):  # what lies deeper was not read
        raise CorpusError("the page is nested too deeply; save its text / 网页嵌套过深,请另存其文字")
    everything = blocks(root)
    shown = _main(everything, _main_text(source))
    out = Writer()
    for block in shown:
        if block.kind == "table":
            write_table(out, block.rows, headers=block.headers or None, form=block.form)
        elif block.kind == "heading":
            out.heading(block.text, block.level)
        else:
            out.block(block.kind, block.label + block.text, *([block.level] if block.kind == "item" else []))
    meta = _metadata(root)
    head = root.find(".//head/title")
    titles = [meta.get(name, "") for name in _TITLES] + [
        _site_cut(head.text or "") if head is not None else ""
    ]
    date, source_stated = stated(_lines(everything))
    dates = [date_in(meta[name]) for name in _DATES if name in meta] + [_own_date(everything, shown), date]
    sources = [meta.get(_SOURCES[0], ""), source_stated, *(meta.get(name, "") for name in _SOURCES[1:])]
    read = out.finish(title=_first(titles), date=_first(dates), source=_first(sources), encoding=encoding)
    return replace(read, notes=(_LOST.format(read.text.count(_BROKEN)),)) if _BROKEN in read.text else read


def _own_date(everything: Sequence[Block], shown: Sequence[Block]) -> str:
    """The date that the page states down to the end of its main text, which its footer does not sign."""
    last = next((at for at, block in enumerate(everything) if shown and block is shown[-1]), -1)
    return stated(_lines(everything[: last + 1]))[0]


def _lines(told: Sequence[Block]) -> str:
    return "\n".join(block.text for block in told)


def _main_text(source: bytes) -> str:
    """The main text as trafilatura finds it, squeezed; empty when it finds none."""
    extract = _extract()
    try:
        return squeeze(extract(source.decode()) or "") if extract else ""
    except Exception:  # noqa: BLE001 - whatever it fails at, the text of the page is there still
        return ""


@functools.cache
def _extract() -> Callable[[str], str | None] | None:
    try:
        from trafilatura import extract
    except ImportError as exc:
        log.warning("pages are read whole, for their main text cannot be told: %s", exc)
        return None
    return functools.partial(extract, favor_recall=True, include_comments=False, include_tables=True)


def _main(everything: list[Block], main: str) -> list[Block]:
    """The blocks from the first to the last that belong to the main text, or all outside the furniture.

    What lies between is kept whole: what finds the main text drops tables and short lines of it.
    """
    page = [block for block in everything if not _FURNITURE & block.within] or everything
    told = [[squeeze(line) for line in block.text.splitlines()] for block in page]
    held = [all(line in main for line in lines) for lines in told]
    lengths = [sum(map(len, lines)) for lines in told]
    sure = [place for place, length in enumerate(lengths) if length >= _SURE and held[place]]
    if not sure or 2 * sum(lengths[place] for place in sure) < len(main):
        return page
    first, last = sure[0], sure[-1]
    while last + 1 < len(page) and held[last + 1]:
        last += 1
    while first and (page[first - 1].kind == "heading" or held[first - 1]):
        first -= 1
    title = [block for block in page[:first] if block.kind == "heading" and block.level == 1][-1:]
    return title + page[first : last + 1]


def _metadata(root: Element) -> dict[str, str]:
    """What the page's head says, by names in lower case; the first of a name stands."""
    found: dict[str, str] = {}
    for meta in root.iter("meta"):
        name = (meta.get("name") or meta.get("property") or "").strip().lower()
        content = one_line(meta.get("content") or "")
        if name and content:
            found.setdefault(name, content[:300])
    return found


def _site_cut(title: str) -> str:
    """The title of a page without the names of its site: _site_cut("公报_镜湖市") == "公报"."""
    return re.split(r"\s*[_|\-–—]+\s*(?=[^_|\-–—]*$)", one_line(title), maxsplit=1)[0]


def _first(values: list[str]) -> str:
    return next((value for value in values if value), "")
