"""The charts in the documents are the code's tables."""

import re

import pytest

from bot.letters import endorsement, phases
from bot.letters.endorsement import State
from bot.letters.phases import Phase
from tests.support import charts


@pytest.mark.parametrize("path", charts.DOCUMENTS, ids=lambda path: path.name)
def test_charts_are_current(path: charts.Path) -> None:
    """Every chart in a document is what the code's tables say now; `make charts` renews them."""
    document = path.read_text()

    assert charts.drawn(document) == document


def test_documents_show_them_all() -> None:
    """ARCHITECTURE.md shows every chart and table but the list of modules, docs/modules.md that."""
    architecture, modules = (charts.named(path.read_text()) for path in charts.DOCUMENTS)

    assert sorted(architecture) == sorted(charts.CHARTS.keys() - {"modules"})
    assert modules == ["modules"]


def test_a_chart_has_every_move() -> None:
    """Every state and every move of a table is a line of its chart, and nothing else is."""
    for drawn, moves, states in (
        (charts.letter_chart(), phases.MOVES, Phase),
        (charts.endorsement_chart(), endorsement.MOVES, State),
    ):
        read: dict[tuple[str, str], str] = {}
        seen: set[str] = set()
        state = ""
        for line in drawn.splitlines()[1:-1]:
            name = line.partition("  ")[0].strip()
            state = name or state
            seen.add(state)
            if not line.rstrip().endswith("■"):
                found = re.search(r"── (\w+) ─+(?:▶ (\w+)| ↺)$", line)
                assert found is not None, line
                read[state, found[1]] = found[2] or state
        assert read == {(a.value, b.value): to.value for (a, b), to in moves.items()}
        assert seen == {one.value for one in states}
