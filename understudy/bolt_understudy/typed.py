"""Conversion of typed text to Slack's own form, with mentions by name, and back."""

import re
from typing import Any

from bolt_understudy.rich_text import rich_text
from bolt_understudy.workspace.store import Workspace

TOKEN = re.compile(r"<([@#])([UWCDG][A-Z0-9]+)(?:\|[^<>]*)?>|<(https?://[^<>|\s]+)(?:\|[^<>]*)?>")
NAMED = re.compile(r"<@(\w+)\|[^<>]*>")
KEPT = re.compile("\0(\\d+)\0")
ADDRESS = re.compile(r"(?<![<|\w])https?://[^\s<>|]+")


def escaped(workspace: Workspace, text: str) -> str:
    """Return a text in Slack's escaped form: `<@U…|name>`, `<#C…|name>`, `<https://…>`, `&amp;`.

    A person is mentioned by display name after `@`, a channel by name after `#`; the escaped form
    may be typed as well.
    """
    kept: list[str] = []

    def keep(token: str) -> str:
        kept.append(token)
        return f"\0{len(kept) - 1}\0"

    def from_token(match: re.Match[str]) -> str:
        sign, known_id, address = match.groups()
        if address:
            return keep(f"<{address}>")
        return keep(_mention(workspace, sign, known_id))

    text = TOKEN.sub(from_token, text)
    for name, token in _names(workspace, text):
        text = re.sub(rf"(?<!\w){re.escape(name)}(?!\w)", lambda _, token=token: keep(token), text)
    text = ADDRESS.sub(lambda match: keep(f"<{match[0]}>"), text)
    text = text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")
    return KEPT.sub(lambda match: kept[int(match[1])], text)


def as_message(workspace: Workspace, text: str) -> tuple[str, list[dict[str, Any]]]:
    """Return a message as Slack stores it: escaped text, and the rich text of its composer."""
    form = NAMED.sub(r"<@\1>", escaped(workspace, text))
    return form, [rich_text(form)]


def plain(workspace: Workspace, text: str) -> str:
    """Return the text for a command without `should_escape`: with names instead of ids."""

    def from_token(match: re.Match[str]) -> str:
        sign, known_id, address = match.groups()
        if address:
            return address
        if sign == "@" and known_id in workspace.people:
            return "@" + workspace.people[known_id].name
        if sign == "#" and known_id in workspace.channels:
            return "#" + workspace.channels[known_id].name
        return sign + known_id

    return TOKEN.sub(from_token, text)


def _mention(workspace: Workspace, sign: str, known_id: str) -> str:
    if sign == "@" and known_id in workspace.people:
        return f"<@{known_id}|{workspace.people[known_id].name}>"
    if sign == "#" and known_id in workspace.channels:
        return f"<#{known_id}|{workspace.channels[known_id].name}>"
    return f"<{sign}{known_id}>"


def _names(workspace: Workspace, text: str) -> list[tuple[str, str]]:
    """Return the names that may occur in the text with their mentions, the longest first."""
    found: dict[str, str] = {}
    if "@" in text:
        for person in workspace.people.values():
            for name in (person.name, person.display_name):
                if name and f"@{name}" in text:
                    found[f"@{name}"] = _mention(workspace, "@", person.id)
    if "#" in text:
        for channel in workspace.channels.values():
            if channel.name and f"#{channel.name}" in text:
                found[f"#{channel.name}"] = _mention(workspace, "#", channel.id)
    return sorted(found.items(), key=lambda pair: -len(pair[0]))
