"""Turns a validation error into a sentence that helps, in Chinese and in English."""

from collections.abc import Mapping, Sequence
from typing import Any

SHOWN = 60

SENTENCES = {
    "missing": ("缺少字段 {field}。", "{field} is required."),
    "extra_forbidden": ("没有名为 {field} 的字段。", "{field} is not a known field."),
    "string_type": ("{field} 应是字符串,收到 {got}。", "{field} must be a string; got {got}."),
    "string_too_short": ("{field} 不能为空。", "{field} must not be empty."),
    "string_pattern_mismatch": ("{field} 不能只有空白。", "{field} must not be blank."),
    "string_too_long": (
        "{field} 最多 {max_length} 个字,收到 {length} 个。",
        "{field} may have at most {max_length} characters; got {length}.",
    ),
    "string_unicode": (
        "{field} 含有不成对的代理字符,不是有效的 Unicode 文本。",
        "{field} has a lone surrogate and is not valid Unicode text.",
    ),
    "int_type": ("{field} 应是整数,收到 {got}。", "{field} must be an integer; got {got}."),
    "between": (
        "{field} 应在 {low} 到 {high} 之间,收到 {got}。",
        "{field} must be between {low} and {high}; got {got}.",
    ),
    "day": (
        "{field} 应写成 2024、2024-05 或 2024-05-06,收到 {got}。",
        "{field} must be written YYYY, YYYY-MM or YYYY-MM-DD; got {got}.",
    ),
    "span": (
        "{field} 应写成“起-止”,如 120-147,收到 {got}。",
        "{field} must be written start-end, such as 120-147; got {got}.",
    ),
    "outside": (
        "{start}-{end} 不在全文之内,全文 {characters} 个字。",
        "{start}-{end} does not lie within the text of {characters} characters.",
    ),
    "list_type": ("{field} 应是列表,收到 {got}。", "{field} must be a list; got {got}."),
    "too_long": (
        "{field} 最多 {max_length} 项,收到 {length} 项。",
        "{field} may have at most {max_length} items; got {length}.",
    ),
    "json_invalid": ("请求体不是有效的 JSON。", "The body is not valid JSON."),
    "model_type": ("{field} 应是 JSON 对象,收到 {got}。", "{field} must be a JSON object; got {got}."),
}
ALIASES = {
    "model_attributes_type": "model_type",
    "dict_type": "model_type",
    "int_parsing": "int_type",
    "int_from_float": "int_type",
}
OTHERWISE = ("{field} 不合要求。", "{field} is not acceptable: {msg}.")


def readable(text: str) -> str:
    """The text with lone surrogates replaced, so that it can be written as UTF-8."""
    return text.encode("utf-8", "replace").decode("utf-8")


def shown(value: object) -> str:
    """A scalar as JSON would write it, cut to a glance; for anything else only its kind."""
    match value:
        case None:
            text = "null"
        case bool():
            text = str(value).lower()
        case str():
            text = f'"{value}"'
        case int() | float():
            text = str(value)
        case list():
            text = "[…]"
        case dict():
            text = "{…}"
        case _:
            text = "…"
    return readable(text if len(text) <= SHOWN else text[:SHOWN] + "…")


def field_of(location: Sequence[str | int]) -> str:
    """field_of(("body", "history", 0, "answer")) == "history.0.answer"; the body itself is "body"."""
    field = readable(".".join(str(part) for part in location[1:])) or "body"
    return field if len(field) <= SHOWN else field[:SHOWN] + "…"


def sentence(error: Mapping[str, Any]) -> tuple[str, str]:
    """The field and the bilingual sentence of one pydantic error."""
    kind = ALIASES.get(error["type"], error["type"])
    field = "body" if kind == "json_invalid" else field_of(error["loc"])
    value = error.get("input")
    facts = {
        **error.get("ctx", {}),
        "field": field,
        "got": shown(value),
        "length": len(value) if isinstance(value, str | list) else 0,
        "msg": error["msg"],
    }
    chinese, english = SENTENCES.get(kind, OTHERWISE)
    return field, chinese.format(**facts) + english.format(**facts)
