"""The door of the page: Gradio behind a list of the few addresses that the page needs.

Gradio serves far more than a page: uploads, a file and URL proxy, its own API documents. Whatever is not
listed here is left to the application, so that its own 404 and 405 answers stay what they are.
"""

import re
from collections.abc import MutableMapping
from typing import Any

from fastapi import FastAPI
from starlette.routing import Match, Mount
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from qa import Service, Shelf
from ui.page import build_page, page_head, page_theme

PAGE_PATHS = re.compile(
    r"/(?:theme\.css|favicon\.ico|manifest\.json|(?:assets|static)/.+"
    r"|gradio_api/(?:run/predict|heartbeat/\w+|app_id))?"
)
OUTSIDE_TAGS = re.compile(rb'\s*<meta\s+(?:property="og:|name="twitter:)[^>]*>')
# Gradio compiles its templates in the browser, hence 'unsafe-eval'; nothing may be fetched from elsewhere.
POLICY = (
    b"default-src 'self' 'unsafe-inline' 'unsafe-eval' data: blob:; "
    b"base-uri 'self'; form-action 'self'; frame-ancestors 'self'; object-src 'none'"
)


class PageMount(Mount):
    """Matches only what the page needs; everything else falls through to the application."""

    def matches(self, scope: Scope) -> tuple[Match, Scope]:
        """Full for an address of the page, none for any other."""
        if scope["type"] != "http" or not PAGE_PATHS.fullmatch(scope["path"]):
            return Match.NONE, {}
        return super().matches(scope)


class FrontPage:
    """Gradio's first page without its links to other machines, and forbidden to fetch from them."""

    def __init__(self, app: ASGIApp) -> None:
        self.app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Rewrite ``GET /``; hand everything else through."""
        if scope["path"] != "/" or scope["method"] != "GET":
            await self.app(scope, receive, send)
            return
        headers = [pair for pair in scope["headers"] if pair[0] != b"accept-encoding"]
        start: MutableMapping[str, Any] = {}
        body = bytearray()

        async def collect(message: Message) -> None:
            if message["type"] == "http.response.start":
                start.update(message)
                return
            if message["type"] != "http.response.body":
                await send(message)
                return
            body.extend(message.get("body", b""))
            if not message.get("more_body", False):
                page = clean(bytes(body))
                start["headers"] = [
                    *replace_length(start["headers"], page),
                    (b"content-security-policy", POLICY),
                ]
                await send(start)
                await send({"type": "http.response.body", "body": page})

        await self.app({**scope, "headers": headers}, receive, collect)


def clean(page: bytes) -> bytes:
    """Take out the share cards, which point at other machines, and state the language."""
    return OUTSIDE_TAGS.sub(b"", page).replace(b'lang="en"', b'lang="zh-CN"', 1)


def replace_length(headers: list[tuple[bytes, bytes]], body: bytes) -> list[tuple[bytes, bytes]]:
    """The same headers with the length of ``body``."""
    kept = [(name, value) for name, value in headers if name.lower() != b"content-length"]
    return [*kept, (b"content-length", str(len(body)).encode())]


def mount_page(app: FastAPI, service: Service, collections: Shelf | None = None) -> FastAPI:
    """Put the page at ``/`` of ``app``, behind the routes that are already there.

    ``collections`` are those beside the service; without them the page offers none.
    """
    import gradio

    gradio.mount_gradio_app(
        app,
        build_page(service, collections),
        path="/",
        footer_links=[],
        run_history=False,
        show_error=False,
        max_file_size=1,
        ssr_mode=False,
        mcp_server=False,
        enable_monitoring=False,
        pwa=False,
        theme=page_theme(),
        head=page_head(),
    )
    mounted = app.router.routes.pop()
    app.router.routes.append(PageMount("/", app=FrontPage(mounted.handle)))
    return app
