"""`python -m tests.facts.derive`: the facts about Slack that the tests need, from reference files.

The reference files are Slack's own samples, schemas and tables and the notes beside them. They are
not part of this project, and nothing is copied from them: only names of fields, types, lengths,
figures and error names are kept, each with its source and the day on which it was read.
"""

import argparse
import json
import re
import sys
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from tests.facts.block_kit import block_kit
from tests.facts.kept import KEPT
from tests.support.shared import SHARED

JAVA = "official/java-slack-sdk/json-logs/samples"
BOLT = "official/bolt-python/extracted"
PAGES = "official/slack-api-ref/docs.slack.dev/methods"
SCHEMA = "official/manifest-schema/schemas/manifest.schema.2.0.0.json"
SDK_TIERS = "official/java-slack-sdk/metadata/web-api/rate_limit_tiers.json"

UNIONS = {
    "slash_command": "app-backend/slash-commands/SlashCommandPayload",
    "block_actions": "app-backend/interactive-components/BlockActionPayload",
    "message_action": "app-backend/interactive-components/MessageShortcutPayload",
    "view_submission": "app-backend/views/ViewSubmissionPayload",
    "view_closed": "app-backend/views/ViewClosedPayload",
    "app_home_opened": "events/AppHomeOpenedPayload",
    "app_uninstalled": "events/AppUninstalledPayload",
    "channel_archive": "events/ChannelArchivePayload",
    "member_joined_channel": "events/MemberJoinedChannelPayload",
    "team_join": "events/TeamJoinPayload",
    "tokens_revoked": "events/TokensRevokedPayload",
    "user_change": "events/UserChangePayload",
    "auth.test": "api/auth.test",
    "bots.info": "api/bots.info",
    "chat.postMessage": "api_pruned/chat.postMessage",
    "conversations.info": "api/conversations.info",
    "team.info": "api/team.info",
    "users.info": "api/users.info",
}
"""Samples of the Java SDK: every field that was ever seen, with the values blanked."""

REAL = {
    "block_actions": ("test_block_actions", "body"),
    "shortcut": ("test_shortcut", "global_shortcut_body"),
    "message_action": ("test_shortcut", "message_shortcut_body"),
}
"""Samples of Bolt: payloads as Slack sent them, made anonymous."""

OPEN_FIELDS = frozenset(
    {
        *("blocks", "state", "values", "metadata"),
        *("attachments", "assistant_app_thread", "file", "files", "room", "root"),
    }
)
"""Fields whose insides are left out: apps and people fill the first, and the local Slack never
sends the others."""

OUR_PART = ("_metadata", "display_information", "features", "oauth_config", "settings")
"""The parts of a manifest that this app has."""

LINE = 160
FIGURES = ("surface", "ids", "objects", "blocks", "elements")
LENGTHS = {
    "minLength": "min_length",
    "maxLength": "max_length",
    "minItems": "min_items",
    "maxItems": "max_items",
    "uniqueItems": "unique",
    "enum": "one_of",
    "required": "required",
}
TYPES = {str: "string", bool: "boolean", int: "number", float: "number", list: "list"}


def read(path: Path) -> Any:
    return json.loads(path.read_text(encoding="utf-8"))


def type_name(value: Any) -> str:
    """Return JSON's name for the type of a value."""
    if value is None:
        return "null"
    return TYPES.get(type(value), "object")


def fields(sample: Any, path: str = "") -> dict[str, set[str]]:
    """Return the types of each field of a sample, keyed by the way to it: `a/b[]/c`."""
    found: dict[str, set[str]] = {path: {type_name(sample)}} if path else {}
    inner: list[tuple[str, Any]] = []
    if path.rpartition("/")[2] in OPEN_FIELDS:
        return found
    if isinstance(sample, dict):
        inner = [(f"{path}/{key}".lstrip("/"), value) for key, value in sample.items()]
    elif isinstance(sample, list):
        inner = [(f"{path}[]", item) for item in sample]
    for way, value in inner:
        for deeper, types in fields(value, way).items():
            found.setdefault(deeper, set()).update(types)
    return found


def listed(sample: Any) -> dict[str, str]:
    return {path: "|".join(sorted(types)) for path, types in sorted(fields(sample).items())}


def payloads(root: Path) -> dict[str, Any]:
    """Return the fields of each payload and answer: of every sample, and of real ones."""
    every = {name: listed(read(root / JAVA / f"{file}.json")) for name, file in UNIONS.items()}
    real = {
        name: listed(read(root / BOLT / f"{file}.json")[key]) for name, (file, key) in REAL.items()
    }
    return {"every_field": every, "always": real}


def numbers(part: Any, path: str) -> dict[str, Any]:
    """Return every number and every pair of numbers, keyed by the way to it."""
    if isinstance(part, dict):
        return {
            way: figure
            for name, inner in part.items()
            for way, figure in numbers(inner, f"{path}/{name}").items()
        }
    pair = isinstance(part, list) and part and all(type(item) is int for item in part)
    return {path: part} if pair or type(part) is int else {}


def limits(root: Path) -> dict[str, Any]:
    """Return the figures of Block Kit, the surfaces of its blocks, and the calls of each tier."""
    given = read(root / "limits.json")
    surfaces = {
        name: sorted(block["surfaces"])
        for name, block in given["blocks"].items()
        if isinstance(block, dict) and "surfaces" in block
    }
    return {
        "figures": {
            way: number for room in FIGURES for way, number in numbers(given[room], room).items()
        },
        "surfaces": surfaces,
        "calls_a_minute": given["rate"]["tiers_per_minute"],
    }


def methods(root: Path) -> dict[str, Any]:
    """Return of each Web API method its tiers, its scopes and its own errors."""
    of_sdk = read(root / SDK_TIERS)
    found: dict[str, Any] = {}
    for file in sorted((root / PAGES).glob("*.*.json")):
        page = read(file)
        found[file.stem] = {
            "tier": str(page.get("rate_limits", "")).removeprefix("t"),
            "sdk_tier": of_sdk.get(file.stem, "").removeprefix("Tier"),
            "scopes": sorted((page.get("scope") or {}).get("bot", [])),
            "errors": sorted(page.get("errors") or {}),
        }
    return found


def manifest(root: Path) -> dict[str, Any]:
    """Return the fields of a manifest with their types and lengths, keyed by the way to each."""
    schema = read(root / SCHEMA)
    named: dict[str, Any] = schema["definitions"]
    found: dict[str, Any] = {}

    def note(node: dict[str, Any], path: str) -> None:
        if "$ref" in node:
            node = named[node["$ref"].rpartition("/")[2]]
        fact = {"type": node["type"]} if "type" in node else {}
        fact |= {ours: node[theirs] for theirs, ours in LENGTHS.items() if theirs in node}
        if node.get("additionalProperties") is False:
            fact["closed"] = True
        found[path] = fact
        for key, inner in node.get("properties", {}).items():
            note(inner, f"{path}/{key}")
        if isinstance(node.get("items"), dict):
            note(node["items"], f"{path}[]")

    found[""] = {
        "type": "object",
        "required": schema["required"],
        "closed": True,
        "keys": sorted(schema["properties"]),
    }
    for part in OUR_PART:
        note(schema["properties"][part], part)
    return found


DERIVED: dict[str, tuple[Callable[[Path], Any], tuple[str, ...]]] = {
    "payloads": (payloads, ("java-slack-sdk", "bolt-python")),
    "block_kit": (block_kit, ("python-slack-sdk", "bolt-python", "slack-api-ref")),
    "limits": (limits, ("limits.json",)),
    "methods": (methods, ("slack-api-ref", "java-slack-sdk")),
    "manifest": (manifest, ("manifest-schema",)),
}
"""Each file of facts: how it is derived, and the reference folders that it is derived from."""


def sources(root: Path, folders: tuple[str, ...]) -> list[str]:
    """Return the repository, commit and day of each folder, as the list of sources names them."""
    rows = [
        [cell.strip() for cell in line.split("|")]
        for line in (root / "official/SOURCES.md").read_text(encoding="utf-8").splitlines()
        if line.startswith("| `")
    ]
    found: list[str] = []
    for folder in folders:
        if folder == "limits.json":
            found.append(
                f"docs.slack.dev, @slack/types and slack_sdk, collected {limits_day(root)}"
            )
            continue
        row = next(row for row in rows if row[1].startswith(f"`{folder}/"))
        found.append(f"{row[2]} {row[3].partition(';')[0].rstrip(')')})")
    return found


def limits_day(root: Path) -> str:
    """Return the day on which the limits were collected, from the note at their head."""
    return re.findall(r"\d{4}-\d\d-\d\d", read(root / "limits.json")["_note"])[0]


def written(name: str, root: Path, day: str) -> str:
    """Return the content of one file of facts."""
    derive, folders = DERIVED[name]
    whole = {"source": sources(root, folders), "derived": day, "facts": derive(root)}
    return laid_out(whole) + "\n"


def laid_out(part: Any, indent: str = "") -> str:
    """Return JSON with each part on one line if it fits."""
    line = json.dumps(part, ensure_ascii=False)
    if len(line) + len(indent) <= LINE or not isinstance(part, dict | list) or not part:
        return line
    deeper = f"{indent} "
    if isinstance(part, dict):
        items = [f"{json.dumps(name)}: {laid_out(inner, deeper)}" for name, inner in part.items()]
    else:
        items = [laid_out(inner, deeper) for inner in part]
    opens, closes = "{}" if isinstance(part, dict) else "[]"
    return f"{opens}\n" + ",\n".join(deeper + item for item in items) + f"\n{indent}{closes}"


def main() -> int:
    parser = argparse.ArgumentParser(prog="python -m tests.facts.derive", description=__doc__)
    parser.add_argument("--reference", type=Path, default=SHARED / "slack")
    root: Path = parser.parse_args().reference
    if not (root / "limits.json").exists():
        print(
            f"The reference files are not at {root}: say where with --reference.", file=sys.stderr
        )
        return 2
    for name, (derive, _) in DERIVED.items():
        file = KEPT / f"{name}.json"
        if file.exists() and json.loads(file.read_text(encoding="utf-8"))["facts"] == derive(root):
            continue
        file.write_text(written(name, root, datetime.now(UTC).date().isoformat()), encoding="utf-8")
        print(f"{file.name}: derived anew")
    return 0


if __name__ == "__main__":
    sys.exit(main())
