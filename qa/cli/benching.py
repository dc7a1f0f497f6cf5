"""``qa bench``: how fast this is on this machine, beside sentence-transformers, FAISS and bm25s."""

import typer

from qa.cli.bench_options import (
    ENCODE_UP_TO,
    Alone,
    Beir,
    Clients,
    EncodeUpTo,
    Keep,
    Markdown,
    Out,
    Plot,
    Questions,
    Repeat,
    Sizes,
    Texts,
    Threads,
    passages_of,
)
from qa.cli.bench_running import Shown, run
from qa.cli.options import Encoder, FolderOption, read_settings

bench = typer.Typer(
    help="测量速度与内存 · Measure speed and memory, beside other systems on the same machine.",
    no_args_is_help=True,
)


@bench.command()
def encode(  # noqa: PLR0913 - one for each option
    *,
    folder: FolderOption = None,
    beir: Beir = None,
    questions: Questions = 200,
    texts: Texts = 400,
    encoder: Encoder = None,
    threads: Threads = None,
    out: Out = None,
    markdown: Markdown = False,
    plot: Plot = None,
) -> None:
    """编码器对 PyTorch · Our encoders against sentence-transformers on PyTorch."""
    from qa.benchmark import bench_encode

    settings = read_settings(folder=folder, encoder=encoder, threads=threads)
    run(
        lambda plan, on_progress: bench_encode(plan, texts=texts, on_progress=on_progress),
        Shown(out, markdown, plot),
        settings,
        beir=beir,
        questions=questions,
    )


@bench.command()
def search(  # noqa: PLR0913 - one for each option
    *,
    folder: FolderOption = None,
    beir: Beir = None,
    sizes: Sizes = "",
    encode_up_to: EncodeUpTo = ENCODE_UP_TO,
    questions: Questions = 200,
    alone: Alone = False,
    keep: Keep = None,
    encoder: Encoder = None,
    threads: Threads = None,
    out: Out = None,
    markdown: Markdown = False,
    plot: Plot = None,
) -> None:
    """一次搜索,从一千到一百万段 · A search, beside encoding its question and other systems."""
    from qa.benchmark import bench_search

    settings = read_settings(folder=folder, encoder=encoder, threads=threads)
    run(
        lambda plan, on_progress: bench_search(plan, alone=alone, on_progress=on_progress),
        Shown(out, markdown, plot),
        settings,
        keep=keep,
        beir=beir,
        sizes=passages_of(sizes),
        encode_up_to=encode_up_to,
        questions=questions,
    )


@bench.command()
def ask(  # noqa: PLR0913 - one for each option
    *,
    folder: FolderOption = None,
    beir: Beir = None,
    sizes: Sizes = "",
    encode_up_to: EncodeUpTo = ENCODE_UP_TO,
    questions: Questions = 200,
    repeat: Repeat = 5,
    keep: Keep = None,
    encoder: Encoder = None,
    threads: Threads = None,
    out: Out = None,
    markdown: Markdown = False,
    plot: Plot = None,
) -> None:
    """一次回答,也从新进程开始 · An answer, from a running service and from a new process."""
    from qa.benchmark import bench_ask

    settings = read_settings(folder=folder, encoder=encoder, threads=threads)
    run(
        lambda plan, on_progress: bench_ask(plan, repeat=repeat, on_progress=on_progress),
        Shown(out, markdown, plot),
        settings,
        keep=keep,
        beir=beir,
        sizes=passages_of(sizes),
        encode_up_to=encode_up_to,
        questions=questions,
    )


@bench.command()
def index(  # noqa: PLR0913 - one for each option
    *,
    folder: FolderOption = None,
    beir: Beir = None,
    sizes: Sizes = "",
    encode_up_to: EncodeUpTo = ENCODE_UP_TO,
    keep: Keep = None,
    encoder: Encoder = None,
    threads: Threads = None,
    out: Out = None,
    markdown: Markdown = False,
    plot: Plot = None,
) -> None:
    """建索引的时间和内存 · Building an index: time by stage, memory, and how both grow."""
    from qa.benchmark import bench_index

    run(
        lambda plan, on_progress: bench_index(plan, on_progress=on_progress),
        Shown(out, markdown, plot),
        read_settings(folder=folder, encoder=encoder, threads=threads),
        keep=keep,
        beir=beir,
        sizes=passages_of(sizes),
        encode_up_to=encode_up_to,
    )


@bench.command()
def serve(  # noqa: PLR0913 - one for each option
    *,
    folder: FolderOption = None,
    beir: Beir = None,
    sizes: Sizes = "",
    encode_up_to: EncodeUpTo = ENCODE_UP_TO,
    questions: Questions = 200,
    clients: Clients = 32,
    repeat: Repeat = 3,
    keep: Keep = None,
    encoder: Encoder = None,
    threads: Threads = None,
    out: Out = None,
    markdown: Markdown = False,
    plot: Plot = None,
) -> None:
    """服务的启动、内存和吞吐 · A server: start, memory, one client against many."""
    from qa.benchmark import bench_serve

    settings = read_settings(folder=folder, encoder=encoder, threads=threads)
    run(
        lambda plan, on_progress: bench_serve(plan, clients=clients, repeat=repeat, on_progress=on_progress),
        Shown(out, markdown, plot),
        settings,
        keep=keep,
        beir=beir,
        sizes=passages_of(sizes),
        encode_up_to=encode_up_to,
        questions=questions,
    )
