"""The history of a letter as CSV, and the data stored about a person as JSON and HTML."""

import json
from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime
from html import escape
from typing import Any, cast

from bot.documents.cells import write_table
from bot.features.privacy.rules import HistoryRow
from bot.letters.people import Person

Rows = Sequence[Mapping[str, Any]]
COLUMNS = (
    "at", "by", "act", "entry", "other", "before", "after", "reason", "about", "facts",
)  # fmt: skip


def write_history(rows: Iterable[HistoryRow]) -> str:
    """Return a history as CSV; people are `team:user` or `erased`, and `facts` are `name=value, …`."""
    return write_table(COLUMNS, map(_cells, rows))


def _cells(row: HistoryRow) -> dict[str, Any]:
    entry = row.entry

    def value(of: object) -> str:
        return " ".join(map(str, cast("list[object]", of))) if isinstance(of, list) else str(of)

    return {
        "at": entry.at.isoformat(timespec="seconds"),
        "by": str(entry.by or ("erased" if entry.erased else "")),
        "act": entry.act.value,
        "entry": row.reads,
        "other": row.other,
        "before": row.before,
        "after": row.after,
        "reason": entry.ground,
        "about": str(entry.about or ""),
        "facts": ", ".join(f"{name}={value(of)}" for name, of in entry.facts.items()),
    }


def kept_as_json(person: Person, at: datetime, tables: Mapping[str, Rows]) -> str:
    """Return everything stored about a person as JSON."""
    whole = {"person": str(person), "at": at.isoformat(), "kept": tables}
    return f"{json.dumps(whole, ensure_ascii=False, indent=2, default=str)}\n"


def kept_as_page(
    person: Person,
    at: datetime,
    tables: Mapping[str, Rows],
    titles: Mapping[int, str],
    headings: Mapping[str, str],
    labels: Mapping[str, str] | None = None,
) -> str:
    """Return everything stored about a person as a page of HTML to read and to print.

    `titles` has the letters by number, `headings` the tables by name, and `labels` the columns; a
    column without a label keeps its name.
    """
    parts = [
        "<!doctype html>",
        '<html lang="en"><meta charset="utf-8"><title>What Undersigned keeps about you</title>',
        '<meta name="viewport" content="width=device-width, initial-scale=1">',
        (
            "<style>:root{color-scheme:light dark}"
            "body{font:16px/1.5 sans-serif;max-width:50rem;margin:2rem auto;padding:0 1rem}"
            "dt{font-weight:bold}dd{margin:0 0 .3rem 1rem;overflow-wrap:anywhere}</style>"
        ),
        "<main><h1>What Undersigned keeps about you</h1>",
        f"<p>{escape(str(person))}, as of {at.isoformat(timespec='minutes')}</p>",
    ]
    if not tables:
        parts.append("<p>Nothing.</p>")
    for name, rows in tables.items():
        parts.append(f"<h2>{escape(headings.get(name, name))}</h2>")
        for row in rows:
            parts.append("<dl>")
            for column, value in row.items():
                shown = titles.get(value, value) if column == "letter" else value
                label = (labels or {}).get(column, column)
                if shown not in (None, ""):
                    parts.append(f"<dt>{escape(label)}</dt><dd>{escape(str(shown))}</dd>")
            parts.append("</dl>")
    return "\n".join([*parts, "</main></html>", ""])
