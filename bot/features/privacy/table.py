"""The history of a letter as CSV."""

from collections.abc import Iterable
from typing import Any

from bot.documents.cells import write_table
from bot.features.privacy.rules import HistoryRow

COLUMNS = (
    "at", "by", "act", "entry", "other", "before", "after", "reason", "about", "facts",
)  # fmt: skip


def write_history(rows: Iterable[HistoryRow]) -> str:
    """Return a history as CSV. People are named by `team:user`; `facts` reads `name=value, …`."""
    return write_table(COLUMNS, map(_cells, rows))


def _cells(row: HistoryRow) -> dict[str, Any]:
    entry = row.entry
    return {
        "at": entry.at.isoformat(timespec="seconds"),
        "by": str(entry.by or ""),
        "act": entry.act.value,
        "entry": row.line,
        "other": row.other,
        "before": row.before,
        "after": row.after,
        "reason": entry.ground,
        "about": str(entry.about or ""),
        "facts": ", ".join(f"{name}={_value(of)}" for name, of in entry.facts.items()),
    }


def _value(of: Any) -> str:
    return " ".join(map(str, of)) if isinstance(of, list) else str(of)
