from collections.abc import Sequence
from datetime import timedelta

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import delete

from bot.letters.endorsement import Kind
from bot.letters.rules import Confirmation, Ordering, Printing, Rules
from bot.letters.signatory import Signatory, settled
from bot.letters.standing import Standing
from bot.names import filing
from bot.names.filing import collation_key
from bot.storage import signatories, tables
from bot.storage.database import Database, Transaction
from tests.support.clock import START
from tests.support.letters import WORKSPACE, a_draft
from tests.support.machine.ordering import order_key

_NAMES = st.one_of(
    st.sampled_from(
        ["The Web", "web", "Wéb", "we b", "Web 2", "Web 10", "Ærø", "Zoë", "zz", "ﬀ", "🗽 Liberty"]
    ),
    st.text(
        st.characters(exclude_categories=["Cs"], exclude_characters="\0"), min_size=1, max_size=12
    ),
)
_ENTRIES = st.lists(
    st.tuples(
        st.sampled_from(list(Kind)),
        _NAMES,
        st.integers(0, 3),
        st.integers(0, 2),
        st.sampled_from(["", "fiji", "peru"]),
        st.integers(0, 2),
        st.booleans(),
    ),
    max_size=14,
)
_SEARCH = settings(
    max_examples=40,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture],
)
Drawn = Sequence[tuple[Kind, str, int, int, str, int, bool]]
_RULES = st.builds(
    Rules,
    ordering=st.sampled_from(list(Ordering)),
    grouped=st.booleans(),
    printing=st.builds(Printing, groups=st.sampled_from([(), ("B",), ("B", "A")])),
)


def _signatories(letter: int, drawn: Drawn) -> list[Signatory]:
    return [
        settled(
            Signatory(
                id=f"{number:032}",
                letter=letter,
                kind=kind,
                key=f"key {number}",
                entry=name,
                sort_fold=filing.sort_fold(name),
                sort_key=collation_key(name, "en"),
                country_fold=country,
                came_at=START + timedelta(minutes=came),
                pinned=pinned,
                heading=("", "A", "B")[came],
                endorsements=voices,
                speaker=f"{number:032}",
                late=late and not pinned,
            ),
            Confirmation.SECOND,
        )
        for number, (kind, name, pinned, voices, country, came, late) in enumerate(drawn)
    ]


def _put(tx: Transaction, letter: int, drawn: Drawn, rules: Rules) -> None:
    tx.connection.execute(delete(tables.signatories))
    if drawn:
        signatories.put(tx, _signatories(letter, drawn), WORKSPACE, Rules())
        signatories.reorder(tx, letter, rules, {})


def _expected(letter: int, drawn: Drawn, rules: Rules) -> list[str]:
    shown = [one for one in _signatories(letter, drawn) if one.standing is Standing.LISTED]
    return [one.id for one in sorted(shown, key=lambda one: order_key(one, rules))]


@_SEARCH
@given(_ENTRIES, _RULES)
async def test_order(database: Database, drawn: Drawn, rules: Rules) -> None:
    """SQL keeps the list in the very order that the rule gives, and leaves out who is not on it."""
    letter = (await a_draft(database)).id
    await database.write(lambda tx: _put(tx, letter, drawn, rules))
    found = await database.read(lambda tx: signatories.listed(tx, letter))
    assert [party.id for _, party in found] == _expected(letter, drawn, rules)


@_SEARCH
@given(_ENTRIES, _RULES, st.integers(1, 7))
async def test_pages(database: Database, drawn: Drawn, rules: Rules, size: int) -> None:
    """Pages of any size, one behind the other, show every entry exactly once."""
    letter = (await a_draft(database)).id
    await database.write(lambda tx: _put(tx, letter, drawn, rules))
    seen: list[str] = []
    after = None
    while True:
        page = await database.read(
            lambda tx, after=after: signatories.listed(tx, letter, after=after, limit=size)
        )
        if not page:
            break
        assert len(page) <= size
        seen += [party.id for _, party in page]
        assert len(seen) <= len(drawn)
        after = page[-1][0]
    assert seen == _expected(letter, drawn, rules)
