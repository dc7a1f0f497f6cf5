"""Options that the benchmarks share."""

from pathlib import Path
from typing import Annotated

import typer

from qa.errors import InvalidInputError

FEWEST, MOST = 100, 1_000_000
"""Passages of a synthetic corpus."""
ENCODE_UP_TO = 10_000

Beir = Annotated[
    Path | None,
    typer.Option(help="BEIR 文件夹,代替 --folder · A collection instead of --folder", show_default=False),
]
Threads = Annotated[
    int | None,
    typer.Option(min=1, max=64, help="线程数 · Threads (QA_THREADS, default 2)", show_default=False),
]
Questions = Annotated[int, typer.Option(min=10, max=10_000, help="问题数 · Questions, all different")]
Texts = Annotated[
    int, typer.Option(min=20, max=100_000, help="至多编码的段落和句子 · Passages, and sentences")
]
Sizes = Annotated[
    str,
    typer.Option(
        help="段落数,逗号分隔;不给就用原样的文件 · Passages of synthetic corpora, such as 1000,10000; "
        "without it the documents as they are",
        show_default=False,
    ),
]
EncodeUpTo = Annotated[
    int,
    typer.Option(min=0, help="更大时由分句的向量合成 · Above so many passages vectors are put together"),
]
Keep = Annotated[
    Path | None,
    typer.Option(help="保留并重用索引的文件夹 · Folder to keep and reuse indexes in", show_default=False),
]
Alone = Annotated[bool, typer.Option("--alone", help="不测别的系统 · Without the systems beside")]
Clients = Annotated[int, typer.Option(min=2, max=512, help="同时的客户端 · Clients at once")]
Repeat = Annotated[
    int, typer.Option(min=1, max=100, help="次数,取中位数 · Starts, of which the median counts")
]
Out = Annotated[Path | None, typer.Option("--json", help="另存为 JSON · Also write JSON", show_default=False)]
Markdown = Annotated[bool, typer.Option("--markdown", help="输出 Markdown 表格 · Print Markdown tables")]
Plot = Annotated[
    Path | None, typer.Option(help="另存为图 · Also draw a picture: .png, .svg, .pdf", show_default=False)
]


def passages_of(sizes: str) -> tuple[int, ...]:
    """The numbers of ``--sizes``: passages_of("1000, 10000") == (1000, 10000). Raises InvalidInputError."""
    try:
        found = tuple(int(size) for size in sizes.replace("_", "").split(",") if size.strip())
    except ValueError:
        found = (0,)
    if not all(FEWEST <= size <= MOST for size in found):
        raise InvalidInputError(
            f"--sizes 应是 {FEWEST} 到 {MOST} 的整数。--sizes is {sizes!r}; "
            f"whole numbers from {FEWEST} to {MOST} are wanted, such as 1000,10000"
        )
    return found
