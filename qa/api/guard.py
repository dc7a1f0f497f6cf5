"""What every request passes first: the host it names, the size of its body; and what every reply carries."""

from collections.abc import Collection
from urllib.parse import urlsplit

from starlette.datastructures import Headers, MutableHeaders
from starlette.exceptions import HTTPException
from starlette.types import ASGIApp, Message, Receive, Scope, Send
from starlette.websockets import WebSocketClose

from qa.api.problems import DETAILS, problem

MAX_BODY = 1_000_000
MAX_UPLOAD = 256_000_000
UPLOAD = ("POST", "/v1/documents")
LOOPBACK = frozenset({"127.0.0.1", "localhost", "::1"})
AREA = frozenset({"v1", "healthz", "readyz", "docs", "openapi.json"})
"""First parts of the paths that are the API's; a page beside it sets its own limits and policy."""

COMMON_HEADERS = {
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "no-referrer",
    "X-Frame-Options": "SAMEORIGIN",
}
API_HEADERS = {
    **COMMON_HEADERS,
    "Cache-Control": "no-store",
    "Content-Security-Policy": "default-src 'none'; frame-ancestors 'none'",
}
FOREIGN_HOST = "只回答发给本机的请求。This server only answers requests addressed to this machine."


def host_of(headers: Headers) -> str:
    """The host name a request is addressed to, without port and brackets; empty when it names none."""
    try:
        return (urlsplit(f"//{headers.get('host', '')}").hostname or "").lower()
    except ValueError:
        return ""


def in_api(scope: Scope) -> bool:
    """Whether the address is the API's."""
    return scope["path"].lstrip("/").partition("/")[0] in AREA


def most(scope: Scope) -> int:
    """Bytes that the body of a request to the API may have."""
    return MAX_UPLOAD if (scope.get("method"), scope["path"]) == UPLOAD else MAX_BODY


class Guard:
    """ASGI middleware. ``hosts``: the names answered to (empty: all), against DNS rebinding."""

    def __init__(self, app: ASGIApp, *, hosts: Collection[str] = ()) -> None:
        self.app = app
        self.hosts = frozenset(host.lower() for host in hosts)

    def refusal(self, scope: Scope) -> ASGIApp | None:
        """The reply to a request that need not be read to be refused."""
        headers = Headers(scope=scope)
        if self.hosts and host_of(headers) not in self.hosts:
            return (
                WebSocketClose(1008)
                if scope["type"] == "websocket"
                else problem("misdirected", FOREIGN_HOST, scope["path"])
            )
        length = headers.get("content-length", "")
        if in_api(scope) and length.isdecimal() and int(length[:20]) > most(scope):
            return problem("too-large", DETAILS[413], scope["path"])
        return None

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Refuse, or pass on with the body counted and the headers added."""
        if scope["type"] == "lifespan":
            await self.app(scope, receive, send)
            return
        api = in_api(scope)
        size = 0

        async def counted() -> Message:
            nonlocal size
            message = await receive()
            size += len(message.get("body", b""))
            if api and size > most(scope):
                raise HTTPException(413)
            return message

        async def dressed(message: Message) -> None:
            if message["type"] == "http.response.start":
                headers = MutableHeaders(scope=message)
                for name, value in (API_HEADERS if api else COMMON_HEADERS).items():
                    headers.setdefault(name, value)
            await send(message)

        app = self.refusal(scope) or self.app
        await app(scope, counted, dressed)
