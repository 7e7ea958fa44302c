from collections.abc import Sequence

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import delete

from bot.letters import names
from bot.letters.endorsement import Kind
from bot.letters.order import ListedLine, in_order
from bot.storage import signatories as parties
from bot.storage import tables
from bot.storage.database import Database, Transaction
from bot.storage.signatories import Signatory
from tests.support.letters import WORKSPACE, a_draft

_NAMES = st.one_of(
    st.sampled_from(
        ["The Web", "web", "Wéb", "we b", "Web 2", "Web 10", "Ærø", "Zoë", "zz", "ﬀ", "🗽 Liberty"]
    ),
    st.text(
        st.characters(exclude_categories=["Cs"], exclude_characters="\0"), min_size=1, max_size=12
    ),
)
_LINES = st.lists(
    st.tuples(st.sampled_from(list(Kind)), _NAMES, st.integers(0, 3), st.integers(0, 2)),
    max_size=14,
)
_SEARCH = settings(
    max_examples=40,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture],
)
Drawn = Sequence[tuple[Kind, str, int, int]]


def _signatories(letter: int, drawn: Drawn) -> list[Signatory]:
    return [
        Signatory(
            id=f"{number:032}",
            letter=letter,
            kind=kind,
            key=f"key {number}",
            line=name,
            sort_fold=names.sort_fold(name),
            pinned=pinned,
            endorsements=voices,
            speaker=f"{number:032}",
        )
        for number, (kind, name, pinned, voices) in enumerate(drawn)
    ]


def _put(tx: Transaction, letter: int, drawn: Drawn) -> None:
    tx.connection.execute(delete(tables.signatories))
    if drawn:
        parties.put(tx, _signatories(letter, drawn), WORKSPACE)


def _expected(letter: int, drawn: Drawn) -> list[str]:
    lines = [
        ListedLine(
            kind=party.kind,
            line=party.line,
            sort_fold=party.sort_fold,
            pinned_rank=party.pinned or None,
            tiebreak=party.id,
        )
        for party in _signatories(letter, drawn)
        if party.endorsements
    ]
    return [line.tiebreak for line in in_order(lines)]


@_SEARCH
@given(_LINES)
async def test_order(database: Database, drawn: Drawn) -> None:
    """SQL keeps the list in the very order that the rule gives, and leaves out who left."""
    letter = (await a_draft(database)).id
    await database.write(lambda tx: _put(tx, letter, drawn))
    found = await database.read(lambda tx: parties.listed(tx, letter))
    assert [party.id for _, party in found] == _expected(letter, drawn)


@_SEARCH
@given(_LINES, st.integers(1, 7))
async def test_pages(database: Database, drawn: Drawn, size: int) -> None:
    """Pages of any size, one behind the other, show every line exactly once."""
    letter = (await a_draft(database)).id
    await database.write(lambda tx: _put(tx, letter, drawn))
    seen: list[str] = []
    after = None
    while True:
        page = await database.read(
            lambda tx, after=after: parties.listed(tx, letter, after=after, limit=size)
        )
        if not page:
            break
        assert len(page) <= size
        seen += [party.id for _, party in page]
        assert len(seen) <= len(drawn)
        after = page[-1][0]
    assert seen == _expected(letter, drawn)
