"""The page for data protection officers knows every table and column."""

import re

from bot.storage.privacy.personal import PAIRS
from bot.storage.tables import metadata
from tests.support.shared import ROOT


def _columns(cell: str) -> list[str]:
    return re.findall(r"`(\w+)`", cell)


def test_every_column() -> None:
    """Each column is on the page once; whatever holds an account or somebody's words is about people."""
    page = (ROOT / "docs" / "privacy.md").read_text()
    part = page.partition("## Every column\n")[2].partition("\n## ")[0]
    found = dict[str, tuple[list[str], list[str]]]()
    for line in part.splitlines():
        if line.startswith("| `"):
            table, people, rest, kept = (cell.strip() for cell in line.strip("|").split("|"))
            found[_columns(table)[0]] = _columns(people), _columns(rest)
            assert kept
    assert {name: sorted(people + rest) for name, (people, rest) in found.items()} == {
        name: sorted(table.c.keys()) for name, table in metadata.tables.items()
    }
    accounts = {name for pair in PAIRS for name in pair}
    for _, rest in found.values():
        assert not accounts & {*rest}
