"""What the OpenAPI document shows: one made-up question with its answer."""

from pydantic import JsonValue

EXAMPLE_QUESTION = "办理居住证需要哪些材料?"
EXAMPLE_TEXT = "申领居住证,应当提交本人身份证、近期照片和居住地址证明。"
EXAMPLE_PLACE: dict[str, JsonValue] = {
    "doc_id": "办事指南.txt",
    "title": "居住证办事指南",
    "date": "2024-03-01",
    "heading": "二、申请材料",
    "start": 120,
    "end": 120 + len(EXAMPLE_TEXT),
}
EXAMPLE_TIMINGS: dict[str, JsonValue] = {"search": 21.5, "total": 24.0}
EXAMPLE_HIT: dict[str, JsonValue] = {
    "rank": 1,
    "score": 2.31,
    "scores": {"dense": 0.87, "sparse": 14.2},
    **EXAMPLE_PLACE,
    "text": EXAMPLE_TEXT,
    "agrees_with": [],
}
EXAMPLE_CITATION: dict[str, JsonValue] = {"number": 1, **EXAMPLE_PLACE, "quote": EXAMPLE_TEXT, "score": 2.31}
EXAMPLE_LISTED: dict[str, JsonValue] = {
    "doc_id": "办事指南.txt",
    "title": "居住证办事指南",
    "date": "2024-03-01",
    "source": "市公安局",
    "characters": 2310,
    "format": "docx",
    "number": "市公规〔2024〕2号",
    "status": "current",
}
EXAMPLE_SECTION: dict[str, JsonValue] = {
    "heading": "二、申请材料",
    "speaker": "",
    "office": "",
    "start": 0,
    "end": len(EXAMPLE_TEXT),
}
EXAMPLE_DOCUMENT: dict[str, JsonValue] = {
    **{name: EXAMPLE_LISTED[name] for name in ("doc_id", "title", "date", "source")},
    **{name: EXAMPLE_LISTED[name] for name in ("format", "number", "status")},
    "issuer": "",
    "recipients": "",
    "attachments": [],
    "text": EXAMPLE_TEXT,
    "sections": [EXAMPLE_SECTION],
}

EXAMPLE_JOB: dict[str, JsonValue] = {
    "job_id": "6f1d2c3b4a596877",
    "kind": "upload",
    "state": "running",
    "files": ["办事指南.txt"],
    "stage": "sentences",
    "done": 24,
    "total": 96,
    "created": "2024-03-01T08:00:00.000+00:00",
    "ended": "",
    "reason": "",
    "skipped": [],
}
