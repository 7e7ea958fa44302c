"""The shape of every view and message in Slack's samples, without the words in them."""

import json
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

FOLDERS = (
    "official/python-slack-sdk/tests/data",
    "official/python-slack-sdk/extracted",
    "official/bolt-python/extracted",
    "official/slack-api-ref/docs.slack.dev/methods",
)
"""Not the samples of the Java SDK: they are unions of fields with the values blanked."""

ADDED_BY_SLACK = {
    *("id", "team_id", "app_id", "bot_id", "app_installed_team_id"),
    *("state", "hash", "root_view_id", "previous_view_id"),
}
NOT_OF_HOME = {"title", "submit", "close", "clear_on_close", "notify_on_close"}
VOCABULARY = {"type", "style", "include", "trigger_actions_on", "range"}
"""Keys whose values are words of Slack's own, and so are facts."""

DATE = re.compile(r"\d{4}-\d\d-\d\d")
TIME = re.compile(r"\d\d:\d\d")
LENGTH = re.compile(r'(?<=\d )\d+(?=")')
NUMBER = re.compile(r"-?\d{1,12}(\.\d{1,6})?")


def as_sent(view: dict[str, Any]) -> dict[str, Any]:
    """Return a view without what Slack adds in an answer; a field that is null was not sent."""
    added = ADDED_BY_SLACK | (NOT_OF_HOME if view["type"] == "home" else set())
    return {name: part for name, part in view.items() if name not in added and part is not None}


def payloads(part: Any) -> Iterator[dict[str, Any]]:
    """Yield every view and every message in a sample, as the arguments of a call."""
    if isinstance(part, dict):
        if part.get("type") in ("modal", "home") and "blocks" in part:
            yield {"view": as_sent(part)}
        elif isinstance(part.get("blocks"), list):
            yield {"blocks": part["blocks"]}
        for inner in part.values():
            yield from payloads(inner)
    elif isinstance(part, list):
        for inner in part:
            yield from payloads(inner)


def samples(root: Path) -> list[dict[str, Any]]:
    return [
        payload
        for folder in FOLDERS
        for file in sorted((root / folder).glob("*.json"))
        for payload in payloads(json.loads(file.read_text(encoding="utf-8")))
    ]


def outline(part: Any, key: str, seen: dict[str, int]) -> Any:
    """Return a payload with each text replaced by its kind, a number and its length.

    Args:
        part: a part of the payload.
        key: the field that holds it.
        seen: the texts met so far, so that equal texts get the same number.
    """
    if isinstance(part, dict):
        return {name: outline(inner, name, seen) for name, inner in part.items()}
    if isinstance(part, list):
        return [outline(inner, key, seen) for inner in part]
    if not isinstance(part, str):
        return part if isinstance(part, bool) or part is None else "number"
    if key in VOCABULARY:
        return part
    kinds = {"date": DATE, "time": TIME, "digits": NUMBER}
    kind = next((name for name, form in kinds.items() if form.fullmatch(part)), "text")
    if part.startswith(("https://", "http://")):
        kind = "url"
    return f"{kind} {seen.setdefault(part, len(seen))} {len(part)}"


def filled(shape: Any) -> Any:
    """Return a payload of that shape, with texts of our own of the same kinds and lengths."""
    if isinstance(shape, dict):
        return {
            name: inner if name in VOCABULARY else filled(inner) for name, inner in shape.items()
        }
    if isinstance(shape, list):
        return [filled(inner) for inner in shape]
    if shape == "number":
        return 1
    if not isinstance(shape, str) or shape.count(" ") != 2:
        return shape
    kind, number, length = shape.split()
    starts = {
        "date": "2028-02-29",
        "time": "23:59",
        "digits": "1" * int(length),
        "url": f"https://e.io/{number}",
        "text": f"t{number}",
    }
    return starts[kind].ljust(int(length) if kind in {"url", "text"} else 0, "x")[: int(length)]


def longest(shapes: list[Any]) -> list[Any]:
    """Return the shapes, those that differ only in the length of texts as one, the longest."""
    found: dict[str, list[int]] = {}
    for shape in map(json.dumps, shapes):
        lengths = [int(length) for length in LENGTH.findall(shape)]
        alike = LENGTH.sub("%d", shape.replace("%", "%%"))
        found[alike] = list(map(max, found.get(alike, lengths), lengths))
    return [json.loads(alike % tuple(lengths)) for alike, lengths in found.items()]


def block_kit(root: Path) -> dict[str, list[Any]]:
    """Return the shapes of all views without their blocks, and of all blocks, each once.

    Keys: `views`, and the blocks of each surface: `modal`, `home` and `message`.
    """
    found: dict[str, list[Any]] = {"views": [], "modal": [], "home": [], "message": []}
    for sample in samples(root):
        view = sample.get("view")
        if view:
            frame = {name: part for name, part in view.items() if name != "blocks"}
            found["views"].append(outline(frame, "", {}))
        blocks = found[view["type"] if view else "message"]
        blocks += [outline(block, "", {}) for block in (view or sample)["blocks"]]
    return {name: longest(shapes) for name, shapes in found.items()}
