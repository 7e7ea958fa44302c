"""Everyone who signed or objected is told how an entry stands now."""

import pytest

from bot.features.desk.use_cases.home import page
from bot.features.desk.use_cases.needs import NeedKind
from bot.features.letter_rules import use_cases as letter_rules
from bot.features.organisations.slack import views
from bot.features.organisations.use_cases import removals, standing
from bot.features.withdrawals import use_cases as withdrawals
from bot.letters.letter import Letter
from bot.letters.notices import LetterTopic
from bot.letters.people import Actor
from bot.letters.refusals import Reason
from bot.letters.rules import Confirmation, Rules
from bot.locales import words
from bot.outbox.dispatch import send_due
from bot.storage.database import Database
from bot.storage.states import Decision
from bot.use_cases import addressees
from tests.outbox.mailbox import Mailbox
from tests.support.clock import Clock
from tests.support.letters import (
    MEMBER,
    ORGANISER,
    OTHER_MEMBER,
    a_trigger,
    an_open_letter,
    for_organisation,
    members,
    rows,
    signs,
    the_list,
)
from tests.support.reading import words_of
from tests.support.refusing import refused
from tests.support.scenes.invitations import may_object
from tests.support.scenes.telling import FEATURES, letter_message

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
    await may_object(database, letter, OTHER_MEMBER, "Harbour Watch")
    await signs(database, MEMBER, letter, for_organisation(MEMBER, letter, "Harbour Watch"))
    await told(database)
    (party,) = [row["id"] for row in await rows(database, "signatories")]
    await objects(database, party, "Nobody asked us.")
    return letter, party


async def objects(database: Database, party: str, reason: str, actor: Actor = OTHER_MEMBER) -> None:
    await standing.object_to(
        database, signatory=party, actor=actor, name="Jo Roe", role="Chair", reason=reason,
        trigger=a_trigger(),
    )  # fmt: skip


async def decides(database: Database, party: str, decision: Decision) -> None:
    await standing.decide(
        database, signatory=party, actor=ORGANISER, decision=decision, why="Looked into.",
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
    await decides(database, party, Decision.REMOVED)
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
    """An open objection takes its author's later words; one letter is no reason, two may be."""
    _, party = await a_contested_entry(database)
    for nothing in ("a", "a!!", "…"):
        await refused(objects(database, party, nothing), Reason.TOO_SHORT)
    for said in ("Our board said no.", "伪造"):
        await objects(database, party, said)
        heard = await rows(database, "objections")
        assert [row["reason"] for row in heard] == [said]


@pytest.mark.on_both
async def test_many_objections_in_an_hour(database: Database, clock: Clock) -> None:
    """Objections on a letter are one message an hour to each organiser, with their number."""
    letter = await an_open_letter(database)
    for actor, name in zip(members(3), ("Fen Trust", "Moor Society", "Quay Forum"), strict=True):
        await signs(database, actor, letter, for_organisation(actor, letter, name))
    for row in await rows(database, "signatories"):
        await objects(database, row["id"], "Nobody asked us.")
        await send_due(database, Mailbox(database, clock.now))
    first, then = [one for one in await rows(database, "outbox") if "disputed:" in one["key"]]
    assert (then["due_at"] - first["due_at"]).total_seconds() == 3600
    assert [one["subject"]["facts"]["count"] for one in (first, then)] == [1, 3]
    # What was gathered is told although the newest objection ended.
    third = (await rows(database, "signatories"))[2]["id"]
    await decides(database, third, Decision.LISTED)
    assert await addressees.done_with(database, subject=then["subject"]) is None
    said, _ = letter_message(words("en-GB"), LetterTopic.DISPUTED, letter, then["subject"]["facts"])
    assert said.endswith("*3 entries* have objections.")


@pytest.mark.on_both
async def test_strangers_take_nothing_off(database: Database) -> None:
    """People without a tie to an organisation take it off no list: an organiser looks first."""
    letter = await an_open_letter(database)
    four, eight = (
        members(4),
        [f"Harbour {name}" for name in ["Ash", "Elm", "Fir", "Oak", "Yew", "Bay", "Fig", "Ivy"]],
    )
    for number, name in enumerate(eight):
        signer = (MEMBER, OTHER_MEMBER)[number % 2]
        await signs(database, signer, letter, for_organisation(signer, letter, name))
    parties = [row["id"] for row in await rows(database, "signatories")]
    await told(database)
    for actor in four:
        for party in parties[:3]:
            await objects(database, party, "Forged.", actor)

    assert len(await the_list(database, letter)) == 8
    assert await told(database) == {(ORGANISER.person.user, LetterTopic.DISPUTED)}
    needed = (await page(database, actor=ORGANISER)).needs
    assert [one.signatory for one in needed if one.kind is NeedKind.OBJECTION] == parties[:3]
    case = await standing.case(database, signatory=parties[0], actor=ORGANISER)
    said = words_of(views.case_page(words("en-GB"), case, []))
    assert said.count("We don’t know whether they’re from this organisation.") == 4
    await decides(database, parties[0], Decision.LISTED)
    await decides(database, parties[1], Decision.REMOVED)
    assert len(await the_list(database, letter)) == 7
    decided = {(one.person.user, LetterTopic.OBJECTION_DECIDED) for one in four}
    assert await told(database) == decided | {(OTHER_MEMBER.person.user, ANEW)}


@pytest.mark.parametrize("whose", ["first", "second", "removed"])
async def test_whose_objection_counts(database: Database, whose: str) -> None:
    """Nobody takes it off who has signed for it and left, first, second or removed."""
    letter = await an_open_letter(database)
    one, other = (MEMBER, OTHER_MEMBER) if whose == "second" else (OTHER_MEMBER, MEMBER)
    for actor in (one, other):
        signature = for_organisation(actor, letter, "Harbour Watch", name=actor.person.user)
        await signs(database, actor, letter, signature, confirms=True)
    (given,) = [
        row["id"]
        for row in await rows(database, "endorsements")
        if row["user"] == OTHER_MEMBER.person.user
    ]
    if whose == "removed":
        await removals.remove(
            database, endorsement=given, actor=ORGANISER, why="Forged.", trigger=a_trigger()
        )
    else:
        await withdrawals.withdraw(
            database, endorsement=given, actor=OTHER_MEMBER, trigger=a_trigger()
        )
    (party,) = [row["id"] for row in await rows(database, "signatories")]
    await objects(database, party, "Our board said no.")
    assert await the_list(database, letter) == ["Harbour Watch"]


async def test_nothing_left_to_decide(database: Database) -> None:
    """The objector hears that everyone who signed has withdrawn."""
    _, party = await a_contested_entry(database)
    (given,) = [row["id"] for row in await rows(database, "endorsements")]
    await told(database)
    await withdrawals.withdraw(database, endorsement=given, actor=MEMBER, trigger=a_trigger())
    assert (OTHER_MEMBER.person.user, LetterTopic.OBJECTION_DECIDED) in await told(database)
    found = await addressees.objector(database, signatory=party)
    assert found is not None
    message = FEATURES.messages[LetterTopic.OBJECTION_DECIDED].write(words("en-GB"), found)
    assert isinstance(message, tuple)
    assert "Everyone who signed for it has withdrawn." in message[0]


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
