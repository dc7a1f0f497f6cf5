"""``qa serve``: page and API on one port; the index is prepared while the server already answers."""

import errno
import ipaddress
import logging
import socket
import threading
from collections.abc import Collection
from typing import TYPE_CHECKING, Annotated

import typer

from qa.cli.options import Encoder, Folder, Vectors, read_settings
from qa.cli.parts import Desk, Parts
from qa.cli.progress import progress_bar
from qa.errors import QAError

if TYPE_CHECKING:
    from rich.console import Console

log = logging.getLogger(__name__)

Host = Annotated[
    str | None,
    typer.Option(help="监听地址 · Address to listen on (QA_HOST, default 127.0.0.1)", show_default=False),
]
Port = Annotated[
    int | None,
    typer.Option(
        min=0, max=65535, help="端口 · Port, 0 for any free one (QA_PORT, default 8000)", show_default=False
    ),
]
PATIENCE = 3
"""Seconds that a stop waits for open requests."""


class ListenError(QAError):
    """The address cannot be listened on."""

    code = "listen"


def listen(host: str, port: int) -> socket.socket:
    """A socket bound to the address. Raises ListenError that says why not."""
    try:
        family, kind, protocol, _, address = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)[0]
        listener = socket.socket(family, kind, protocol)
    except (OSError, UnicodeError) as exc:
        raise ListenError(f"{host!r} 不是可用的地址。{host!r} is not an address to listen on: {exc}") from exc
    listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    try:
        listener.bind(address)
    except OSError as exc:
        listener.close()
        if exc.errno == errno.EADDRINUSE:
            raise ListenError(
                f"端口 {port} 已被占用,请用 --port 换一个。Port {port} is taken; name another with --port"
            ) from exc
        raise ListenError(f"无法监听 cannot listen on {host}:{port}: {exc.strerror}") from exc
    return listener


def url_of(listener: socket.socket) -> str:
    """Where a browser on this machine finds the page."""
    host, port = listener.getsockname()[:2]
    if ipaddress.ip_address(host).is_unspecified:
        host = "127.0.0.1"
    return f"http://[{host}]:{port}" if ":" in host else f"http://{host}:{port}"


def names_of(listener: socket.socket, host: str) -> Collection[str]:
    """The host names to answer to: for a loopback address only this machine's own, else any."""
    from qa.api import LOOPBACK

    bound = ipaddress.ip_address(listener.getsockname()[0])
    return {*LOOPBACK, str(bound), host} if bound.is_loopback else ()


def prepare(desk: Desk, console: "Console") -> None:
    """Prepare the index and say how it went; the server keeps answering either way."""
    try:
        with progress_bar(console) as on_progress:
            desk.prepare(on_progress=on_progress)
            desk.resume()
    except QAError as exc:
        console.print(f"准备失败 Preparation failed: {exc}", style="red", markup=False)
    except Exception:
        log.exception("preparation failed")
        console.print("准备失败 Preparation failed; see the log", style="red")
    else:
        from qa.cli.rendering import skipped_lines

        console.print(skipped_lines(desk.skipped()), end="")
        console.print(f"就绪 Ready: {len(desk.documents())} documents", markup=False)


def serve(  # noqa: PLR0913 - one for each option
    ctx: typer.Context,
    folder: Folder = None,
    *,
    host: Host = None,
    port: Port = None,
    vectors: Vectors = None,
    encoder: Encoder = None,
) -> None:
    """打开网页和 API · Serve page and API; the folder is indexed first when it is new or changed."""
    parts: Parts = ctx.obj
    settings = read_settings(folder=folder, vectors=vectors, encoder=encoder, host=host, port=port)
    with listen(settings.host, settings.port) as listener:
        run(parts, parts.desks(settings), listener, settings.host)


def run(parts: Parts, desk: Desk, listener: socket.socket, host: str) -> None:
    """Serve until stopped with Ctrl-C."""
    import uvicorn
    from rich.console import Console

    from qa.api import create_app

    console = Console(stderr=True, highlight=False, emoji=False)
    console.print("正在启动 Starting…")
    hosts = names_of(listener, host)
    shelf = parts.collections(desk)
    app = create_app(desk, mount=lambda api: parts.mount(api, desk, shelf), hosts=hosts, collections=shelf)
    if not hosts:
        console.print("注意:网络上的其他机器也能访问。Note: other machines can reach this server.")
    server = uvicorn.Server(
        uvicorn.Config(app, log_level="warning", access_log=False, timeout_graceful_shutdown=PATIENCE)
    )
    typer.echo(url_of(listener))
    # a daemon: stopping the server must not wait for an index that is half built and will be discarded
    threading.Thread(target=prepare, args=(desk, console), daemon=True).start()
    try:
        server.run(sockets=[listener])
    except KeyboardInterrupt:
        console.print("已停止 Stopped")
