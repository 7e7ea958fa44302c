"""Everyone who signed or objected is told how an entry stands now."""

from bot.features.letter_rules import use_cases as letter_rules
from bot.features.organisations.use_cases import removals, standing
from bot.letters.letter import Letter
from bot.letters.notices import LetterTopic
from bot.letters.refusals import Reason
from bot.letters.rules import Confirmation, Rules
from bot.storage.database import Database
from bot.storage.states import Decision
from tests.support.letters import (
    MEMBER,
    ORGANISER,
    OTHER_MEMBER,
    a_trigger,
    an_open_letter,
    for_organisation,
    rows,
    signs,
)
from tests.support.refusing import refused

ANEW, EDITED = "receipt", "receipt_changed"
"""A new receipt, and a change of the one that a signer has."""


async def told(database: Database) -> set[tuple[str, str]]:
    """Recipients and topics of what is owed since the last time, as if all had been sent."""
    owed = await rows(database, "outbox")
    await database.write(lambda tx: tx.connection.exec_driver_sql("DELETE FROM outbox"))
    return {
        (row["target"], str(row["subject"].get("about", row["kind"])))
        for row in owed
        if row["kind"] in {"signer", "word", ANEW, EDITED}
    }


async def a_contested_entry(database: Database) -> tuple[Letter, str]:
    """An organisation signed, and somebody objected."""
    letter = await an_open_letter(database)
    await signs(database, MEMBER, letter, for_organisation(MEMBER, letter, "Harbour Watch"))
    await told(database)
    (party,) = [row["id"] for row in await rows(database, "signatories")]
    await objects(database, party, "Nobody asked us.")
    return letter, party


async def objects(database: Database, party: str, reason: str) -> None:
    await standing.object_to(
        database, signatory=party, actor=OTHER_MEMBER, name="Jo Roe", role="Chair", reason=reason,
        trigger=a_trigger(),
    )  # fmt: skip


async def test_an_objection(database: Database) -> None:
    """A new receipt says to the signer that the entry is off the list."""
    await a_contested_entry(database)
    assert await told(database) == {
        (MEMBER.person.user, ANEW),
        (ORGANISER.person.user, LetterTopic.DISPUTED),
    }


async def test_a_restored_entry(database: Database) -> None:
    """The objector who was told that the entry is removed hears that it stays."""
    _, party = await a_contested_entry(database)
    await standing.decide(
        database, signatory=party, actor=ORGANISER, decision=Decision.REMOVED, why="Forged.",
        trigger=a_trigger(),
    )  # fmt: skip
    removed = {
        (OTHER_MEMBER.person.user, LetterTopic.OBJECTION_DECIDED),
        (MEMBER.person.user, ANEW),
    }
    assert await told(database) >= removed

    await removals.restore(database, signatory=party, actor=ORGANISER, trigger=a_trigger())

    assert await told(database) == {
        (OTHER_MEMBER.person.user, LetterTopic.OBJECTION_DECIDED),
        (MEMBER.person.user, EDITED),
    }


async def test_objecting_again(database: Database) -> None:
    """An open objection takes its author's later words; "a" is no reason."""
    _, party = await a_contested_entry(database)
    await refused(objects(database, party, "a"), Reason.TOO_SHORT)
    await objects(database, party, "Our board said no.")
    heard = await rows(database, "objections")
    assert [row["reason"] for row in heard] == ["Our board said no."]


async def test_a_second_signer(database: Database) -> None:
    """The first signer's receipt says that the entry waits no longer."""
    letter = await an_open_letter(database, rules=Rules(confirmation=Confirmation.SECOND))
    await signs(database, MEMBER, letter, for_organisation(MEMBER, letter, "Harbour Watch"))
    await told(database)
    theirs = for_organisation(OTHER_MEMBER, letter, "Harbour Watch", name="Jo Roe")
    await signs(database, OTHER_MEMBER, letter, theirs, confirms=True)
    assert await told(database) == {
        (MEMBER.person.user, EDITED),
        (OTHER_MEMBER.person.user, ANEW),
    }


async def test_other_rules(database: Database) -> None:
    """A new receipt says that an entry waits, once the rules ask for a confirmation."""
    letter = await an_open_letter(database)
    await signs(database, MEMBER, letter, for_organisation(MEMBER, letter, "Harbour Watch"))
    await told(database)
    rules = Rules(confirmation=Confirmation.SECOND)
    await letter_rules.set_rules(database, letter=letter.id, actor=ORGANISER, rules=rules)
    assert await told(database) == {(MEMBER.person.user, ANEW)}
