"""The process in which files are parsed: what goes wrong in it costs one file.

Each request is a line of JSON and as many bytes as it says; each reply is lines of JSON, the last of them
``{"end": …}``, and a picture behind the line that tells its size. Nothing is unpickled on either side.
"""

import contextlib
import json
import os
import re
import sys
from pathlib import Path
from typing import IO, Any

from qa.corpus.readers import read_parts
from qa.corpus.reading import Read
from qa.errors import CorpusError, NotFoundError
from qa.types import Annotation

EXHAUSTED = "the file needs more memory than a document should; split it / 文件占用内存过多,请拆分"


def main() -> None:
    """Serve standard input until it ends; the first argument is the most memory, in bytes."""
    _limit(int(sys.argv[1]))
    replies = os.fdopen(os.dup(1), "wb")
    with Path(os.devnull).open("wb") as nowhere:
        os.dup2(nowhere.fileno(), 1)
    serve(sys.stdin.buffer, replies)


def serve(requests: IO[bytes], replies: IO[bytes]) -> None:
    """Answer every request."""
    while line := requests.readline():
        request = json.loads(line)
        data = requests.read(request["size"])
        end: dict[str, Any] = {}
        try:
            if "page" in request:
                _picture(replies, data, request)
            else:
                _parts(replies, request["suffix"], data)
        except NotFoundError as exc:
            end = {"missing": str(exc)}
        except CorpusError as exc:
            end = {"reason": str(exc)}
        except MemoryError:
            end = {"reason": EXHAUSTED, "exhausted": True}
        _send(replies, {"end": end, "peak": peak()})
        replies.flush()


def _parts(replies: IO[bytes], suffix: str, data: bytes) -> None:
    for name, part in read_parts(suffix, data):
        _send(replies, {"name": name, "reason": part} if isinstance(part, str) else _fields(name, part))


def _picture(replies: IO[bytes], data: bytes, request: dict[str, Any]) -> None:
    from qa.corpus.pdf_image import page_image

    drawn = page_image(data, request["page"], request["scale"], boxes=request["boxes"])
    _send(replies, {"size": len(drawn)})
    replies.write(drawn)


def peak() -> int:
    """The most memory this process has held, in bytes; 0 where the system does not tell."""
    # on Linux, what resource tells is at least what the parent held when it started this process
    with contextlib.suppress(OSError):
        told = re.search(r"VmHWM:\s*(\d+) kB", Path("/proc/self/status").read_text(encoding="utf-8"))
        if told:
            return int(told[1]) * 1024
    try:
        import resource
    except ImportError:
        return 0
    unit = 1 if sys.platform == "darwin" else 1024
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * unit


def _fields(name: str, read: Read) -> dict[str, Any]:
    annotations = [[one.kind, one.start, one.end, *one.values] for one in read.annotations]
    return {
        "name": name,
        "read": [read.text, annotations, read.title, read.date, read.source, read.encoding, read.notes],
    }


def received(fields: dict[str, Any]) -> Read:
    """Make what was read of what was sent."""
    text, annotations, title, date, source, encoding, notes = fields["read"]
    made = (Annotation(kind, start, end, tuple(values)) for kind, start, end, *values in annotations)
    return Read(text, tuple(made), title, date, source, encoding, tuple(notes))


def _send(replies: IO[bytes], reply: dict[str, Any]) -> None:
    replies.write(json.dumps(reply, separators=(",", ":")).encode() + b"\n")


def _limit(memory: int) -> None:
    """Bound the memory where the system lets a process do so."""
    with contextlib.suppress(ImportError, ValueError, OSError):
        import resource

        resource.setrlimit(resource.RLIMIT_AS, (memory, memory))
        resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
