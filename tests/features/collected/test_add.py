"""An organiser adds signatures that were gathered elsewhere."""

import threading
from datetime import datetime

import pytest

from bot.features.invitations.use_cases import invitations
from bot.features.invitations.use_cases.invitations import Invitee
from bot.features.organisations.use_cases import standing
from bot.features.withdrawals import use_cases as withdrawals
from bot.letters.endorsement import Kind
from bot.letters.invitation import InvitationState
from bot.letters.letter import Tally
from bot.letters.refusals import Reason, Refused
from bot.letters.rules import Confirmation, Rules
from bot.letters.standing import Standing
from bot.storage import endorsements
from bot.storage.database import Database
from tests.features.collected.tables import a_table, brings, looks
from tests.support.clock import START, Clock
from tests.support.letters import (
    MEMBER,
    ORGANISER,
    OTHER_MEMBER,
    PERMITTED,
    a_row,
    a_trigger,
    adds,
    an_open_letter,
    everything,
    for_organisation,
    rows,
    signs,
    the_list,
    the_tally,
)
from tests.support.refusing import refused

BY_SECOND = Rules(confirmation=Confirmation.SECOND)
BY_ORGANISER = Rules(confirmation=Confirmation.ORGANISER)


async def test_equal_on_the_list(database: Database) -> None:
    """People and organisations from elsewhere are among the others, in their order."""
    letter = await an_open_letter(database)
    await signs(database, MEMBER, letter, for_organisation(MEMBER, letter, "Web Group"))
    await adds(database, letter, a_row(organisation="TEDIC", country="Paraguay"))
    await adds(database, letter, a_row(organisation="The Aid Fund", via="the Coalition"))
    await adds(
        database,
        letter,
        a_row(name="Ada King", affiliation="Web Group", for_identification_only="yes"),
    )

    assert await the_list(database, letter) == [
        "The Aid Fund via the Coalition",
        "TEDIC (Paraguay)",
        "Web Group",
        "Ada King, Web Group (for identification only)",
    ]
    assert await the_tally(database, letter) == Tally(people=1, organisations=3)


async def test_marked_in_the_record(database: Database) -> None:
    """The record says where it came from, who added it, for which text, and on what ground."""
    letter = await an_open_letter(database)
    await adds(database, letter, a_row(organisation="Web Group", role="Chair", **PERMITTED))

    (row,) = await rows(database, "endorsements")
    given = await database.read(lambda tx: endorsements.find(tx, row["id"]))
    assert given is not None
    assert (given.person, given.source) == (None, "A petition on paper")
    assert given.added_by == ORGANISER.person
    assert given.stands_for == letter.text_sha256
    assert (given.signature.facts.name, given.signature.facts.role) == ("The Director", "Chair")
    (record,) = await rows(database, "permissions")
    assert (record["ground"], record["given_by"], record["given_role"], record["given_on"]) == (
        "written_permission", "The Director", "Director", START.date(),
    )  # fmt: skip


@pytest.mark.parametrize(
    ("rule", "said", "stands"),
    [
        (Confirmation.NONE, {}, Standing.LISTED),
        (Confirmation.SECOND, {}, Standing.UNCONFIRMED),
        (Confirmation.SECOND, PERMITTED, Standing.CONFIRMED),
        (Confirmation.ORGANISER, {}, Standing.UNCONFIRMED),
        (Confirmation.ORGANISER, PERMITTED, Standing.LISTED),
    ],
)
async def test_by_the_letters_rule(
    database: Database, rule: Confirmation, said: dict[str, str], stands: Standing
) -> None:
    """An organiser's record is the organiser's confirmation; what else the rule asks is waited for."""
    letter = await an_open_letter(database, rules=Rules(confirmation=rule))
    added = await adds(database, letter, a_row(organisation="Web Group", **said))

    assert added.standing is stands
    assert (await the_tally(database, letter)).organisations == (stands is Standing.LISTED)


async def test_added_once(database: Database) -> None:
    """A submit that Slack sends again has no second effect and the same answer."""
    letter = await an_open_letter(database)
    first = await adds(database, letter, a_row(), trigger="one")
    before = await everything(database)

    assert await adds(database, letter, a_row(), trigger="one") == first
    assert await everything(database) == before


async def test_there_already(database: Database) -> None:
    """A signatory that was added is not added again, however the name is written."""
    letter = await an_open_letter(database)
    await adds(database, letter, a_row(name="Ada King"))
    await adds(database, letter, a_row(organisation="The Web Group Ltd"))
    for row in (a_row(name="ada  KING"), a_row(organisation="Web Group", given_by="")):
        await refused(adds(database, letter, row), Reason.ALREADY_ADDED)
    assert await the_tally(database, letter) == Tally(people=1, organisations=1)


async def test_joins(database: Database) -> None:
    """Another person from elsewhere is a second voice of an organisation that signed here."""
    letter = await an_open_letter(database, rules=BY_SECOND)
    here = for_organisation(MEMBER, letter, "Web Group", name="First Member")
    await signs(database, MEMBER, letter, here)
    row = a_row(organisation="The Web Group", **PERMITTED)
    _, (outlook,) = await looks(database, letter, [row])
    assert outlook.party is not None
    assert (outlook.joins, outlook.party.entry) == (True, "Web Group")

    await database.write(lambda tx: tx.connection.exec_driver_sql("DELETE FROM outbox"))
    added = await adds(database, letter, row)

    assert (added.entry, added.standing) == ("Web Group", Standing.LISTED)
    assert await the_tally(database, letter) == Tally(organisations=1)
    owed = [row for row in await rows(database, "outbox") if row["kind"] == "receipt_changed"]
    assert [row["target"] for row in owed] == [MEMBER.person.user]


@pytest.mark.parametrize("name", ["", "first MEMBER"])
async def test_no_second_voice(database: Database, name: str) -> None:
    """Without another person's name nobody's voice is added: the same one would count twice."""
    letter = await an_open_letter(database, rules=BY_SECOND)
    here = for_organisation(MEMBER, letter, "Web Group", name="First Member")
    await signs(database, MEMBER, letter, here)
    assert (
        await refused(
            adds(database, letter, a_row(organisation="Web Group", name=name)),
            Reason.SAME_SIGNER,
        )
    ).field == "organisation"


async def test_never_oneself(database: Database) -> None:
    """An organiser who signed for an organisation does not add the voice that confirms it."""
    letter = await an_open_letter(database, rules=BY_SECOND)
    await signs(database, ORGANISER, letter, for_organisation(ORGANISER, letter, "Web Group"))
    await refused(
        adds(database, letter, a_row(organisation="Web Group", **PERMITTED)),
        Reason.OWN_SIGNATURE,
    )


async def test_removed_stays_off(database: Database) -> None:
    """An organiser's decision holds for its signers, though they withdraw and sign again."""
    letter = await an_open_letter(database)
    signed = await signs(
        database, OTHER_MEMBER, letter, for_organisation(OTHER_MEMBER, letter, "Web Group")
    )
    (party,) = await rows(database, "signatories")
    await standing.object_to(
        database, signatory=party["id"], actor=MEMBER, name="An Objector", role="Chair",
        reason="Nobody asked us.", trigger=a_trigger(),
    )  # fmt: skip
    await standing.decide(
        database, signatory=party["id"], actor=ORGANISER, decision=standing.Decision.REMOVED,
        why="A mistake.", trigger=a_trigger(),
    )  # fmt: skip
    await withdrawals.withdraw(
        database, endorsement=signed.endorsement, actor=OTHER_MEMBER, trigger=a_trigger()
    )
    again = signs(
        database, OTHER_MEMBER, letter, for_organisation(OTHER_MEMBER, letter, "Web Group")
    )
    for story in (again,):
        await refused(story, Reason.ENTRY_REMOVED)
    assert await the_list(database, letter) == []
    assert await the_tally(database, letter) == Tally()


async def test_refused(database: Database) -> None:
    """A wrong value is refused by its field, before and at the yes, and nothing of it is written."""
    letter = await an_open_letter(database)
    before = await everything(database)
    row = a_row(**(PERMITTED | {"given_on": "tomorrow"}))
    assert (await refused(adds(database, letter, row), Reason.NOT_A_DATE)).field == "given_on"
    _, (outlook,) = await looks(database, letter, [row])
    assert [(one.field, one.reason) for one in outlook.refusals] == [
        ("given_on", Reason.NOT_A_DATE)
    ]
    # But for the submit, which is answered once.
    inbox = (await everything(database))["inbox"]
    assert await everything(database) == before | {"inbox": inbox}


async def test_another_text(database: Database) -> None:
    """A signature is added for the text that was looked at."""
    letter = await an_open_letter(database)
    await refused(adds(database, letter, a_row(), text="0" * 64), Reason.TEXT_CHANGED)


@pytest.mark.on_both
async def test_invitations_are_answered(database: Database) -> None:
    """An invited signatory who signed elsewhere has signed, and is asked no more."""
    letter = await an_open_letter(database)
    await invitations.invite(
        database,
        letter=letter.id,
        actor=ORGANISER,
        wanted=[
            Invitee(kind=Kind.ORGANISATION, organisation="Web Group", contact="a@example.org"),
            Invitee(kind=Kind.PERSON, name="Ada King", contact="b@example.org"),
            Invitee(kind=Kind.PERSON, name="Somebody Else", contact="c@example.org"),
        ],
        trigger=a_trigger(),
    )
    await brings(
        database, letter, a_table(a_row(organisation="The Web Group"), a_row(name="Ada King"))
    )

    page = await invitations.page(database, letter=letter.id, actor=ORGANISER, limit=10)
    assert [invitation.state for invitation in page.invitations] == [
        InvitationState.SIGNED,
        InvitationState.SIGNED,
        InvitationState.INVITED,
    ]


@pytest.mark.on_both
async def test_likeness_asks(database: Database) -> None:
    """Before it is added, names that look like it are named; adding it is still possible."""
    letter = await an_open_letter(database)
    await signs(database, MEMBER, letter)
    await adds(database, letter, a_row(organisation="Electronic Frontier Foundation"))
    for row, entry in (
        (a_row(organisation="Electronic Fronteir Foundation"), "Electronic Frontier Foundation"),
        (a_row(name="Dr. A Member", title="Analyst"), None),
        (a_row(name="Member, A"), "A Member"),
    ):
        _, (outlook,) = await looks(database, letter, [row])
        if entry:
            assert outlook.alike == (entry,)
    await adds(database, letter, a_row(organisation="Electronic Fronteir Foundation"))


async def test_comes_back_after_withdrawals(database: Database) -> None:
    """An organisation that everybody withdrew can be added again, without what was said before."""
    letter = await an_open_letter(database, rules=BY_ORGANISER)
    signed = await signs(
        database, OTHER_MEMBER, letter, for_organisation(OTHER_MEMBER, letter, "Web Group")
    )
    await withdrawals.withdraw(
        database, endorsement=signed.endorsement, actor=OTHER_MEMBER, trigger=a_trigger()
    )
    added = await adds(database, letter, a_row(organisation="Web Group (WG)"))
    assert added.standing is Standing.UNCONFIRMED
    assert (await the_tally(database, letter)).waiting == 1


async def test_not_for_others(database: Database) -> None:
    """Nobody but an organiser adds signatures."""
    letter = await an_open_letter(database)
    with pytest.raises(Refused):
        await adds(database, letter, a_row(), actor=MEMBER)


@pytest.mark.on_both
async def test_decided_aside(database: Database, database_url: str, clock: Clock) -> None:
    """A table is decided about in another thread: everybody's clicks go on."""
    letter = await an_open_letter(database)
    threads: list[int] = []

    def now() -> datetime:
        threads.append(threading.get_ident())
        return clock.now()

    async with Database(database_url, clock=now) as other:
        await looks(other, letter, [a_row()])
    assert len(set(threads)) == 2
