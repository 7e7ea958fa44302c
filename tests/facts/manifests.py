"""A manifest held to the fields, types and lengths that Slack's schema gives."""

from collections.abc import Iterator
from typing import Any

from tests.facts.kept import kept

OF_TYPE: dict[str, type] = {
    "object": dict,
    "array": list,
    "string": str,
    "boolean": bool,
    "integer": int,
}


def manifest_problems(manifest: dict[str, Any]) -> list[str]:
    """Return each fault with the way to it, in the order of the ways; none for a valid manifest."""
    return sorted(_problems(kept("manifest"), manifest, ""))


def _problems(facts: dict[str, Any], part: Any, path: str) -> Iterator[str]:
    fact = facts[path]
    if not isinstance(part, OF_TYPE[fact["type"]]):
        yield f"{path}: not {fact['type']}"
        return
    if "one_of" in fact and part not in fact["one_of"]:
        yield f"{path}: not one of {', '.join(fact['one_of'])}"
    if isinstance(part, str):
        yield from _sizes(fact, part, path, "length")
    elif isinstance(part, list):
        yield from _sizes(fact, part, path, "items")
        for item in part:
            yield from _problems(facts, item, f"{path}[]")
    elif isinstance(part, dict):
        yield from _fields(facts, part, path)


def _sizes(fact: dict[str, Any], part: Any, path: str, unit: str) -> Iterator[str]:
    if len(part) > fact.get(f"max_{unit}", len(part)):
        yield f"{path}: longer than {fact[f'max_{unit}']}"
    if len(part) < fact.get(f"min_{unit}", 0):
        yield f"{path}: shorter than {fact[f'min_{unit}']}"
    if fact.get("unique") and len({repr(item) for item in part}) < len(part):
        yield f"{path}: something twice"


def _fields(facts: dict[str, Any], part: dict[str, Any], path: str) -> Iterator[str]:
    fact = facts[path]
    for name in sorted(set(fact.get("required", ())) - part.keys()):
        yield f"{path}: needs {name}"
    for name, inner in part.items():
        deeper = f"{path}/{name}".removeprefix("/")
        if deeper in facts:
            yield from _problems(facts, inner, deeper)
        elif fact.get("closed"):
            yield f"{deeper}: unknown"
