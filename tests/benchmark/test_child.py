import io
import json
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import numpy as np

from qa.benchmark.child import KINDS, Kind, serve
from qa.benchmark.subjects import Request, Verb
from qa.config import Settings
from qa.encoder import CompactEncoder
from qa.types import Progress


def said(*requests: dict[str, Any], kinds: Mapping[str, Kind] = KINDS) -> list[dict[str, Any]]:
    """What a child answers to these lines."""
    replies = io.StringIO()
    serve([json.dumps(request) for request in requests], replies, kinds)
    return [json.loads(line) for line in replies.getvalue().splitlines()]


def load(kind: str, **settings: object) -> dict[str, Any]:
    values = Settings(**settings).model_dump(mode="json")  # type: ignore[arg-type]
    return {"verb": "load", "kind": kind, "settings": values}


def test_an_encoder_encodes_says_how_long_and_writes_its_vectors(tmp_path: Path) -> None:
    path = tmp_path / "vectors.npy"
    texts = ["东岭水厂建成投产", "图书馆几点开门"]
    loaded, encoded = said(load("compact"), {"verb": "queries", "texts": texts, "save": str(path)})
    assert loaded == {"reply": {}}
    assert 0 < encoded["reply"]["ms"] < 60_000
    expected = CompactEncoder(cache=Settings().cache).encode_queries(texts)
    np.testing.assert_allclose(np.load(path, allow_pickle=False), expected, atol=1e-5)


def test_memory_can_always_be_asked_for() -> None:
    (reply,) = said({"verb": "memory"})
    assert set(reply["reply"]) == {"now", "peak"}


def test_what_goes_wrong_is_said_and_the_next_line_is_read(tmp_path: Path) -> None:
    missing, unknown, memory = said(
        load("service", vectors=tmp_path / "none"), {"verb": "dance"}, {"verb": "memory"}
    )
    assert "holds no index" in missing["error"]
    assert "dance" in unknown["error"]
    assert "reply" in memory


def test_progress_is_reported_now_and_then_and_at_the_end() -> None:
    def counting(_settings: Settings, _request: Request) -> dict[str, Verb]:
        def count(_request: Request, on_progress: Any) -> dict[str, int]:  # noqa: ANN401
            for done in range(1, 1001):
                on_progress(Progress("count", done, 1000))
            return {"done": 1000}

        return {"count": count}

    _, *steps, reply = said(load("counting"), {"verb": "count"}, kinds={"counting": counting})
    assert reply == {"reply": {"done": 1000}}
    assert 1 <= len(steps) < 1000
    assert steps[-1] == {"progress": ["count", 1000, 1000]}
