"""A delivery copy as a file, exactly as it was cut."""

import json
from enum import StrEnum

from bot.features.delivery.rules import DeliveredCopy


class CopyFormat(StrEnum):
    """Format of a delivered copy."""

    LINES = "lines"
    """One line a signatory, as on the letter."""
    JSON = "json"
    """All of it: list, text, counts, hashes, time and clock."""
    LIST = "list"
    """The very bytes whose SHA-256 is the hash of the list."""
    TEXT = "text"
    """The very bytes whose SHA-256 is the hash of the text."""


def write_copy(form: CopyFormat, copy: DeliveredCopy) -> str:
    """A delivery copy in one of the formats."""
    match form:
        case CopyFormat.LINES:
            return "".join(f"{entry['entry']}\n" for entry in copy.entries_read())
        case CopyFormat.LIST:
            return copy.entries
        case CopyFormat.TEXT:
            return copy.body
        case CopyFormat.JSON:
            return _json(copy)


def _json(copy: DeliveredCopy) -> str:
    whole = {
        "letter": copy.letter,
        "title": copy.title,
        "cut_at": copy.cut_at.isoformat(),
        "clock": copy.clock,
        "organisations": copy.organisations,
        "people": copy.people,
        "text_sha256": copy.text_sha256,
        "text": copy.body,
        "list_sha256": copy.list_sha256,
        "list": copy.entries_read(),
    }
    return f"{json.dumps(whole, ensure_ascii=False, indent=2)}\n"
