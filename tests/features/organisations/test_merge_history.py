"""Merges are listed, and undone until the letter is delivered."""

from datetime import timedelta
from typing import Any

import pytest

from bot.features.amendments.use_cases import amendments
from bot.features.invitations.use_cases import invitations
from bot.features.invitations.use_cases.invitations import Invitee, Kind
from bot.features.organisations.slack import pair_views
from bot.features.organisations.use_cases import merge_history, merges, removals, standing
from bot.features.organisations.use_cases.merge_history import MergedPair
from bot.features.withdrawals import use_cases as withdrawals
from bot.letters.amendment import AmendmentKind
from bot.letters.letter import Letter, Tally
from bot.letters.people import Actor
from bot.letters.phases import Phase
from bot.letters.refusals import Reason
from bot.letters.rules import Confirmation, Rules
from bot.letters.standing import Ground, Permission
from bot.locales import words
from bot.storage.database import Database
from bot.use_cases import pinning
from bot.use_cases.seen import seen
from tests.support.amending import amends
from tests.support.clock import START, Clock
from tests.support.letters import (
    GUEST,
    MEMBER,
    ORGANISER,
    OTHER_MEMBER,
    a_row,
    a_signature,
    a_trigger,
    adds,
    an_actor,
    an_open_letter,
    everything,
    for_organisation,
    rows,
    signs,
    the_list,
    the_tally,
)
from tests.support.live_marks import check_view
from tests.support.refusing import refused
from tests.support.scenes.invitations import may_object
from tests.support.scenes.phases import led_to
from tests.support.scenes.worst import a_letter, long_words
from tests.support.scenes.worst_facts import NOW, a_signatory

T = words("en-GB")
KEPT, GONE, THIRD = "Net Freedom", "Orchard Press", "Coastal Weavers"
ANN, BOB, EVE = an_actor("U0ANN"), an_actor("U0BOB"), an_actor("U0EVE")
CHANGED = {"outbox", "inbox", "audit_entries", "merges", "tally_quarters"}


async def spoken(
    database: Database, letter: Letter, actor: Actor, organisation: str, **more: Any
) -> str:
    """Somebody signs for an organisation; the id of the endorsement."""
    signature = for_organisation(actor, letter, organisation, name=actor.person.user, **more)
    return (await signs(database, actor, letter, signature, confirms=True)).endorsement


async def ids(database: Database) -> dict[str, str]:
    """Signatories by their entries."""
    return {row["entry"]: row["id"] for row in await rows(database, "signatories")}


async def merge(database: Database, keeps: str, goes: str) -> None:
    """An organiser merges two entries."""
    known = await ids(database)
    await merges.merge(
        database, keeps=known[keeps], goes=(known[goes],), actor=ORGANISER, trigger=a_trigger()
    )


async def undo(database: Database, letter: Letter, which: int = 0, actor: Actor = ORGANISER) -> str:
    """An organiser undoes a merge, the newest unless another is meant; the entry that comes back."""
    _, made = await merge_history.merges_of(database, letter=letter.id, actor=ORGANISER)
    back = await merge_history.undo_merge(
        database, merge=made[which].merge, actor=actor, trigger=a_trigger()
    )
    return back.entry


async def kept_rows(database: Database) -> dict[str, Any]:
    """All rows that a merge and its undoing leave as they were."""
    return {
        table: found
        for table, found in (await everything(database)).items()
        if table not in CHANGED and table != "letters"
    }


async def busy(database: Database, letter: Letter) -> None:
    """Two organisations with all that can be said of either, and a person who signed for both."""
    for actor, name in ((MEMBER, KEPT), (ANN, KEPT), (ANN, GONE), (BOB, GONE), (EVE, THIRD)):
        await spoken(database, letter, actor, name)
    await adds(database, letter, a_row(organisation=KEPT, name="Jo Doe"))
    await adds(database, letter, a_row(organisation=GONE, name="Jo Roe"))
    known = await ids(database)
    await may_object(database, letter, GUEST, KEPT, GONE)
    for name, actor in ((KEPT, GUEST), (GONE, GUEST), (GONE, OTHER_MEMBER)):
        await standing.object_to(
            database, signatory=known[name], actor=actor, name="Jo", role="Chair", reason="No.",
            trigger=a_trigger(),
        )  # fmt: skip
    await standing.confirm(
        database, signatory=known[GONE], actor=ORGANISER, trigger=a_trigger(),
        permission=Permission(
            ground=Ground.SPOKEN_WORD, given_by="D", given_role="D", given_on=START.date()
        ),
    )  # fmt: skip
    for one, other in ((GONE, THIRD),):
        await merges.different(
            database, parties=(known[one], known[other]), actor=ORGANISER, trigger=a_trigger()
        )
    await pinning.pin(database, letter=letter.id, actor=ORGANISER, name=GONE)


@pytest.mark.parametrize("keeps", [KEPT, GONE])
async def test_as_it_was(database: Database, keeps: str) -> None:
    """Undoing a merge right away leaves every row of the letter as it was before."""
    letter = await an_open_letter(database, rules=Rules(confirmation=Confirmation.ORGANISER))
    await busy(database, letter)
    before, tally = await kept_rows(database), await the_tally(database, letter)
    await merge(database, keeps, GONE if keeps == KEPT else KEPT)
    assert await kept_rows(database) != before

    assert await undo(database, letter) == (GONE if keeps == KEPT else KEPT)

    assert await kept_rows(database) == before
    assert await the_tally(database, letter) == tally


@pytest.mark.on_both
async def test_chain(database: Database) -> None:
    """Merges of one entry are undone the last one first, and leave everything as it was."""
    letter = await an_open_letter(database)
    await busy(database, letter)
    before = await kept_rows(database)
    await merge(database, GONE, KEPT)
    between = await kept_rows(database)
    await merge(database, THIRD, GONE)
    await refused(undo(database, letter, 1), Reason.UNDO_LATER_FIRST)
    _, made = await merge_history.merges_of(database, letter=letter.id, actor=ORGANISER)
    assert [one.may_undo for one in made] == [True, False]
    assert await undo(database, letter) == GONE
    assert await kept_rows(database) == between
    assert await undo(database, letter) == KEPT
    assert await kept_rows(database) == before


async def test_person_comes_back(database: Database) -> None:
    """A paper signature that was merged into an account is an entry of its own again."""
    letter = await an_open_letter(database)
    await signs(database, MEMBER, letter, a_signature(MEMBER, letter, name="Ann Smith"))
    await adds(database, letter, a_row(name="A. Smith"))
    await merge(database, "Ann Smith", "A. Smith")
    assert await the_list(database, letter) == ["Ann Smith"]
    await undo(database, letter)
    assert await the_list(database, letter) == ["A. Smith", "Ann Smith"]
    assert await the_tally(database, letter) == Tally(people=2)


async def test_what_came_since(database: Database) -> None:
    """A signer since goes with the name they signed; one who withdrew since holds neither."""
    letter = await an_open_letter(database)
    await spoken(database, letter, MEMBER, KEPT)
    own = await spoken(database, letter, ANN, KEPT)
    await spoken(database, letter, ANN, GONE)
    await spoken(database, letter, BOB, GONE)
    await merge(database, KEPT, GONE)
    await withdrawals.withdraw(database, endorsement=own, actor=ANN, trigger=a_trigger())
    await spoken(database, letter, EVE, GONE)
    await spoken(database, letter, GUEST, KEPT)
    await undo(database, letter)
    backed = {
        name: {
            row["user"]
            for row in await rows(database, "endorsements")
            if row["signatory"] == party and row["withdrawn_at"] is None
        }
        for name, party in (await ids(database)).items()
    }
    users = [one.person.user for one in (MEMBER, GUEST, BOB, EVE)]
    assert backed == {KEPT: set(users[:2]), GONE: set(users[2:])}
    counted = {row["entry"]: row["endorsements"] for row in await rows(database, "signatories")}
    assert counted == {KEPT: 2, GONE: 2}


@pytest.mark.on_both
@pytest.mark.parametrize("kept", ["before", "since"])
async def test_kept_for_both(database: Database, clock: Clock, kept: str) -> None:
    """A signer who kept the merged signature for a changed text has kept both, by no clock."""
    letter = await an_open_letter(database)
    own = await spoken(database, letter, ANN, KEPT)
    await spoken(database, letter, ANN, GONE)
    letter = await amends(
        database, letter=letter.id, actor=ORGANISER, body="Other.", kind=AmendmentKind.MATERIAL,
        note="Why.", answer_by=clock.now() + timedelta(days=2),
    )  # fmt: skip
    keeping = amendments.keep(
        database, endorsement=own, actor=ANN, text=letter.text_sha256, consent="It stays.",
        trigger=a_trigger(),
    )  # fmt: skip
    if kept == "before":
        await keeping
        await merge(database, KEPT, GONE)
    else:
        await merge(database, KEPT, GONE)
        await keeping
    await undo(database, letter)
    held = [(row["meaning"], row["kept_consent"]) for row in await rows(database, "endorsements")]
    assert held == [(2, "It stays."), (1, "") if kept == "before" else (2, "It stays.")]


@pytest.mark.parametrize("restored", [False, True])
async def test_decided_since(database: Database, *, restored: bool) -> None:
    """An organiser's decision about the merged entry since holds for both."""
    letter = await an_open_letter(database)
    for actor, name in ((MEMBER, KEPT), (BOB, GONE)):
        await spoken(database, letter, actor, name)
    known = await ids(database)

    async def removes(name: str) -> None:
        await removals.remove(
            database, signatory=known[name], actor=ORGANISER, why="No.", trigger=a_trigger()
        )

    if restored:
        await removes(GONE)
    await merge(database, KEPT, GONE)
    if restored:
        await removals.restore(
            database, signatory=known[KEPT], actor=ORGANISER, trigger=a_trigger()
        )
    else:
        await removes(KEPT)
    await undo(database, letter)
    assert await the_list(database, letter) == ([KEPT, GONE] if restored else [])


async def test_invitations(database: Database) -> None:
    """An invitation under either name is signed exactly where somebody backs that entry."""
    letter = await an_open_letter(database)
    for actor, name in ((MEMBER, KEPT), (BOB, GONE)):
        given = await spoken(database, letter, actor, name)
    await invitations.invite(
        database, letter=letter.id, actor=ORGANISER, trigger=a_trigger(),
        wanted=[
            Invitee(kind=Kind.ORGANISATION, organisation=name, contact="by post")
            for name in (KEPT, GONE)
        ],
    )  # fmt: skip
    await merge(database, KEPT, GONE)
    await withdrawals.withdraw(database, endorsement=given, actor=BOB, trigger=a_trigger())
    states = [row["state"] for row in await rows(database, "invitations")]
    assert states == ["signed", "signed"]
    await undo(database, letter)
    states = [row["state"] for row in await rows(database, "invitations")]
    assert states == ["signed", "withdrew"]


async def test_told(database: Database) -> None:
    """The receipts of all signers say how they are listed again."""
    letter = await an_open_letter(database)
    for actor, name in ((MEMBER, KEPT), (BOB, GONE)):
        await spoken(database, letter, actor, name)
    await merge(database, KEPT, GONE)
    await database.write(lambda tx: tx.connection.exec_driver_sql("DELETE FROM outbox"))
    await undo(database, letter)
    owed = await rows(database, "outbox")
    changed = {row["target"] for row in owed if row["kind"] == "receipt_changed"}
    assert changed == {MEMBER.person.user, BOB.person.user}


async def test_refused(database: Database, clock: Clock) -> None:
    """A merge is undone once, by an organiser, and not after delivery."""
    letter = await an_open_letter(database)
    for actor, name in ((MEMBER, KEPT), (BOB, GONE), (EVE, THIRD)):
        await spoken(database, letter, actor, name)
    await merge(database, KEPT, GONE)
    await refused(undo(database, letter, actor=MEMBER), Reason.NOT_ORGANISER)
    _, (made,) = await merge_history.merges_of(database, letter=letter.id, actor=ORGANISER)
    await undo(database, letter)

    async def again(merge: str) -> None:
        await merge_history.undo_merge(database, merge=merge, actor=ORGANISER, trigger=a_trigger())

    for number in (made.merge, "m" * 26):
        await refused(again(number), Reason.NOTHING_TO_UNDO)
    await merge(database, KEPT, GONE)
    await led_to(database, clock, letter, Phase.DELIVERED)
    await refused(undo(database, letter), Reason.IS_DELIVERED)


async def test_one_that_ends_ends_no_other(database: Database) -> None:
    """A paper signature that gives way to another one takes no other signer's with it."""
    letter = await an_open_letter(database, rules=Rules(confirmation=Confirmation.SECOND))
    own = for_organisation(ANN, letter, KEPT, name="Ann Lee")
    await signs(database, ANN, letter, own)
    await adds(database, letter, a_row(organisation=KEPT, name="Bob Roy"))
    await adds(database, letter, a_row(organisation=GONE, name="Cy Poe"))
    assert await the_tally(database, letter) == Tally(organisations=1, waiting=1)
    await merge(database, GONE, KEPT)
    assert await the_tally(database, letter) == Tally(organisations=1)
    held = [(row["name"], row["ended"]) for row in await rows(database, "endorsements")]
    assert held == [("Ann Lee", None), ("Bob Roy", "merged"), ("Cy Poe", None)]


@pytest.mark.parametrize("text", long_words(600))
def test_worst(text: str) -> None:
    """Slack takes the page of merges, however long the entries are."""
    one = MergedPair(
        merge="m" * 26, kept=text[:300], gone=text[:300], by=ORGANISER.person, made_at=NOW,
        read=seen(text[:300], text[:300]), may_undo=True,
    )  # fmt: skip
    done = pair_views.undone_words(T, a_signatory(text[:300], endorsements=0))
    assert "isn’t on the list" in done
    view = pair_views.merges_page(T, a_letter(), [one] * merge_history.MOST, done=done)
    assert check_view(view) == []
