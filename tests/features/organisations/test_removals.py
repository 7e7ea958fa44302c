"""An organiser removes an entry from the list, a person's too, and restores it."""

from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest

from bot.features.delivery.use_cases.exports import Scope
from bot.features.organisations.slack import removal_views, views
from bot.features.organisations.use_cases import merges, removals, standing
from bot.features.organisations.use_cases.shown import Organisation
from bot.features.signing.slack.messages import receipt
from bot.features.signing.slack.own_views import my_signatures
from bot.features.signing.use_cases import own_signature
from bot.features.withdrawals import use_cases as withdrawals
from bot.letters.audit import AuditEntry
from bot.letters.letter import Letter, Tally
from bot.letters.people import Actor
from bot.letters.phases import Phase
from bot.letters.refusals import Reason
from bot.letters.rules import Confirmation, Rules, WithdrawnEntry
from bot.letters.standing import Standing, Waits
from bot.locales import Words, words
from bot.slack.block_kit import modal, section
from bot.storage.database import Database
from bot.use_cases.audit import Act
from tests.support.clock import Clock
from tests.support.exporting import stretches
from tests.support.letters import (
    GUEST,
    MEMBER,
    ORGANISER,
    OTHER_MEMBER,
    a_row,
    a_signature,
    a_trigger,
    adds,
    an_open_letter,
    changes,
    everything,
    for_organisation,
    rows,
    signs,
    the_list,
    the_tally,
)
from tests.support.live_marks import check_message, check_view
from tests.support.pseudo import spoken
from tests.support.reading import words_of
from tests.support.refusing import refused
from tests.support.scenes.phases import led_to
from tests.support.scenes.worst import long_words
from tests.support.scenes.worst_facts import NOW, a_signatory

T = words("en-GB")
WHY = "The name isn't theirs."


async def party_of(database: Database, entry: str) -> str:
    """The id of the signatory of an entry."""
    return next(row["id"] for row in await rows(database, "signatories") if row["entry"] == entry)


async def remove(database: Database, entry: str, **more: Any) -> str:
    """An organiser removes an entry; its id."""
    said: dict[str, Any] = {"actor": ORGANISER, "why": WHY, "trigger": a_trigger()}
    party = await party_of(database, entry)
    await removals.remove(database, signatory=party, **(said | more))
    return party


async def restore(database: Database, party: str, actor: Actor = ORGANISER) -> Standing:
    """An organiser restores an entry."""
    await removals.restore(database, signatory=party, actor=actor, trigger=a_trigger())
    found = next(row for row in await rows(database, "signatories") if row["id"] == party)
    return Standing(found["standing"])


async def told(database: Database) -> list[tuple[str, str]]:
    """List the receipts that are sent anew or edited, and whose they are."""
    return [
        ("anew" if row["subject"].get("anew") else "edited", row["target"])
        for row in await rows(database, "outbox")
        if row["subject"].get("anew") or row["kind"] == "receipt_changed"
    ]


async def each_kind(database: Database, letter: Letter) -> list[str]:
    """A person and an organisation that signed here, and one of each that were collected."""
    await signs(database, MEMBER, letter, a_signature(MEMBER, letter, name="The Pope"))
    await signs(database, OTHER_MEMBER, letter, for_organisation(OTHER_MEMBER, letter, "Net Group"))
    await adds(database, letter, a_row(name="Ada King"))
    await adds(database, letter, a_row(organisation="Paper Group", name="Jane Doe"))
    return ["Net Group", "Paper Group", "Ada King", "The Pope"]


@pytest.mark.parametrize("which", range(4))
async def test_any_entry(database: Database, which: int) -> None:
    """Any entry can be removed, leaves list, count and exports, and comes back as it was."""
    letter = await an_open_letter(database)
    everyone = await each_kind(database, letter)
    before = await the_tally(database, letter)
    entry = everyone[which]

    party = await remove(database, entry)

    left = [one for one in everyone if one != entry]
    assert await the_list(database, letter) == left
    assert (await the_tally(database, letter)).total == before.total - 1
    listed, everything_kept = [
        [one.entry for one in (await stretches(database, letter.id, scope))[0].entries]
        for scope in (Scope.LISTED, Scope.ALL)
    ]
    assert listed == left
    assert sorted(everything_kept) == sorted(everyone)
    assert await restore(database, party) is Standing.LISTED
    assert await the_list(database, letter) == everyone
    assert await the_tally(database, letter) == before


async def test_the_signer_is_told(database: Database) -> None:
    """Signers here get a receipt with the reason of a removal, which a restoring changes."""
    letter = await an_open_letter(database)
    await each_kind(database, letter)
    await database.write(lambda tx: tx.connection.exec_driver_sql("DELETE FROM outbox"))
    trigger = a_trigger()
    party = await remove(database, "The Pope", trigger=trigger)
    assert await remove(database, "The Pope", trigger=trigger) == party
    assert await told(database) == [("anew", MEMBER.person.user)]
    shown = await own_signature.receipt(database, letter=letter.id, person=MEMBER.person, why=WHY)
    assert shown is not None
    assert "off the list" in receipt(T, shown)[0]
    assert f"Reason: \u2068{WHY}\u2069" in words_of({"blocks": receipt(T, shown)[1]})
    await restore(database, party)
    assert await told(database) == [("anew", MEMBER.person.user), ("edited", MEMBER.person.user)]
    shown = await own_signature.receipt(database, letter=letter.id, person=MEMBER.person, why=WHY)
    assert shown is not None
    assert WHY not in words_of({"blocks": receipt(T, shown)[1]})
    await remove(database, "Ada King")
    assert len(await told(database)) == 2


async def test_stays_out(database: Database) -> None:
    """A removed person stays out however they come again, and so do an organisation's signers."""
    letter = await an_open_letter(database)
    await each_kind(database, letter)
    mine = (await own_signature.mine(database, actor=MEMBER))[0][1]
    person, paper, group = [
        await remove(database, entry) for entry in ("The Pope", "Ada King", "Net Group")
    ]
    new = a_signature(MEMBER, letter, name="Pope Francis")
    story = changes(database, endorsement=mine.id, actor=MEMBER, signature=new)
    await refused(story, Reason.ENTRY_REMOVED)
    assert await the_list(database, letter) == ["Paper Group"]
    theirs = (await own_signature.mine(database, actor=OTHER_MEMBER))[0][1]
    for actor, one in ((MEMBER, mine), (OTHER_MEMBER, theirs)):
        await withdrawals.withdraw(database, endorsement=one.id, actor=actor, trigger=a_trigger())
    before = await everything(database)
    again = a_signature(MEMBER, letter)
    await refused(signs(database, MEMBER, letter, again), Reason.ENTRY_REMOVED)
    spoken = for_organisation(OTHER_MEMBER, letter, "NET group")
    for confirms in (False, True):
        story = signs(database, OTHER_MEMBER, letter, spoken, confirms=confirms)
        await refused(story, Reason.ENTRY_REMOVED)
    await refused(adds(database, letter, a_row(name="Ada King")), Reason.ENTRY_REMOVED)
    # But for the submit of the collected one, which is answered once.
    inbox = (await everything(database))["inbox"]
    assert await everything(database) == before | {"inbox": inbox}
    for party in (person, group):
        assert await restore(database, party) is Standing.GONE
    assert await restore(database, paper) is Standing.LISTED
    await signs(database, MEMBER, letter, again)
    await signs(database, OTHER_MEMBER, letter, spoken)
    assert await the_list(database, letter) == ["NET group", "Paper Group", "Ada King", "A Member"]


@pytest.mark.on_both
async def test_where_organisers_find_it(database: Database) -> None:
    """Organisers find each removed entry with its reason, also where its signer withdrew since."""
    letter = await an_open_letter(database)
    await each_kind(database, letter)
    mine = (await own_signature.mine(database, actor=MEMBER))[0][1]
    party = await remove(database, "The Pope")
    await remove(database, "Paper Group")
    for left in (False, True):
        if left:
            await withdrawals.withdraw(
                database, endorsement=mine.id, actor=MEMBER, trigger=a_trigger()
            )
        _, page = await standing.unlisted(database, letter=letter.id, actor=ORGANISER)
        assert [one.party.entry for one in page] == ["The Pope", "Paper Group"]
        case = await standing.case(database, signatory=party, actor=ORGANISER)
        assert case.removal is not None
        assert (case.removal.ground, case.removal.by) == (WHY, ORGANISER.person)
        for view in (views.case_page(T, case, []), views.list_page(T, letter, page, [])):
            assert check_view(view) == []
        assert WHY in words_of(views.case_page(T, case, []))
    await refused(removals.entry(database, signatory=party, actor=MEMBER), Reason.NOT_ORGANISER)


async def test_refused(database: Database) -> None:
    """Nobody but an organiser removes or restores, never without a reason, and neither twice."""
    letter = await an_open_letter(database)
    await each_kind(database, letter)
    before = await everything(database)
    party = await party_of(database, "The Pope")
    for actor in (MEMBER, GUEST):
        await refused(remove(database, "The Pope", actor=actor), Reason.NOT_ORGANISER)
        await refused(restore(database, party, actor), Reason.NOT_ORGANISER)
    for why, reason in (("", Reason.EMPTY), (" \n", Reason.EMPTY), ("x" * 301, Reason.TOO_LONG)):
        refusal = await refused(remove(database, "The Pope", why=why), reason)
        assert refusal.field == "why"
    await refused(restore(database, party), Reason.NOT_REMOVED)
    nobody = removals.remove(
        database, signatory="s" * 26, actor=ORGANISER, why=WHY, trigger=a_trigger()
    )
    await refused(nobody, Reason.NO_SUCH_SIGNATORY)
    assert await everything(database) == before
    await remove(database, "The Pope")
    await refused(remove(database, "The Pope"), Reason.ENTRY_REMOVED)


@pytest.mark.on_both
async def test_contested(database: Database) -> None:
    """Removing an organisation accepts its open objections, and restoring rejects later ones."""
    rules = Rules(confirmation=Confirmation.SECOND)
    letter = await an_open_letter(database, rules=rules)
    await signs(database, OTHER_MEMBER, letter, for_organisation(OTHER_MEMBER, letter, "Net Group"))
    party = await party_of(database, "Net Group")

    async def objects(actor: Actor) -> None:
        await standing.object_to(
            database, signatory=party, actor=actor, name="Jo", role="Chair", reason="No.",
            trigger=a_trigger(),
        )  # fmt: skip

    await objects(MEMBER)
    await remove(database, "Net Group")
    assert await told(database) == [("anew", OTHER_MEMBER.person.user)]
    await objects(GUEST)
    assert await the_tally(database, letter) == Tally()
    assert await restore(database, party) is Standing.UNCONFIRMED
    assert await the_tally(database, letter) == Tally(waiting=1)
    decisions = [row["decision"] for row in await rows(database, "objections")]
    assert decisions == ["removed", "listed"]
    words_owed = {
        (row["subject"]["about"], row["target"])
        for row in await rows(database, "outbox")
        if row["kind"] == "word" and row["target"] != ORGANISER.person.user
    }
    assert words_owed == {
        ("objection_decided", MEMBER.person.user),
        ("objection_decided", GUEST.person.user),
    }


@pytest.mark.parametrize("rule", WithdrawnEntry)
async def test_after_delivery(database: Database, clock: Clock, rule: WithdrawnEntry) -> None:
    """After delivery an entry leaves the living list, marked ones too, and comes back as it was."""
    letter = await an_open_letter(database, rules=Rules(withdrawn_entry=rule))
    given = await signs(database, MEMBER, letter)
    await adds(database, letter, a_row(name="Ada King"))
    await led_to(database, clock, letter, Phase.DELIVERED)
    party = await remove(database, "Ada King")
    assert await the_list(database, letter) == ["A Member"]
    assert await restore(database, party) is Standing.LISTED
    await withdrawals.withdraw(
        database, endorsement=given.endorsement, actor=MEMBER, trigger=a_trigger()
    )
    if rule is WithdrawnEntry.REMOVED:
        await refused(remove(database, "A Member"), Reason.SIGNATURE_GONE)
        return
    assert await the_list(database, letter) == ["Ada King", "A Member"]
    marked = await remove(database, "A Member")
    assert await the_list(database, letter) == ["Ada King"]
    assert await restore(database, marked) is Standing.MARKED
    assert await the_list(database, letter) == ["Ada King", "A Member"]


async def test_merged_one(database: Database) -> None:
    """Signers of a merged entry that was removed stay out under every name of it."""
    letter = await an_open_letter(database)
    await signs(database, MEMBER, letter, for_organisation(MEMBER, letter, "Net Group"))
    await signs(database, GUEST, letter, for_organisation(GUEST, letter, "Networkers"))
    keeps, goes = await party_of(database, "Net Group"), await party_of(database, "Networkers")
    await merges.merge(database, keeps=keeps, goes=(goes,), actor=ORGANISER, trigger=a_trigger())
    await removals.remove(database, signatory=goes, actor=ORGANISER, why=WHY, trigger=a_trigger())
    assert await the_list(database, letter) == []
    assert len([one for one in await told(database) if one[0] == "anew"]) == 2
    await signs(
        database, OTHER_MEMBER, letter, for_organisation(OTHER_MEMBER, letter, "Networkers")
    )
    onto = signs(database, MEMBER, letter, for_organisation(MEMBER, letter, "Networkers"))
    await refused(onto, Reason.ENTRY_REMOVED)
    assert await the_list(database, letter) == ["Networkers"]


async def test_what_signers_see(database: Database, clock: Clock) -> None:
    """A person whose entry was removed sees that in their receipt and among their signatures."""
    letter = await an_open_letter(database)
    await each_kind(database, letter)
    await remove(database, "The Pope")
    clock.advance(timedelta(hours=1))
    ((_, _, party),) = await own_signature.mine(database, actor=MEMBER)
    assert party.standing is Standing.REMOVED
    held = await own_signature.mine(database, actor=MEMBER)
    said, blocks = my_signatures(T, held)
    assert "Removed by an organiser" in said
    assert check_message(blocks) == []


@spoken
@pytest.mark.parametrize("text", long_words(600))
def test_worst(t: Words, text: str) -> None:
    """Slack takes every page and message of it, whatever people typed."""
    removal = AuditEntry(
        id="a" * 26, letter=1, act=Act.REMOVED, at=NOW, by=ORGANISER.person, ground=text[:300]
    )
    for known in (removal, replace(removal, by=None, ground=""), None):
        party = a_signatory(text[:300], removed=True, standing=Standing.REMOVED)
        one = Organisation(party=party, endorsements=(), confirmed=None, objections=())
        removed = modal("–", removal_views.removal_blocks(t, known) or [section("–")], close="x")
        for view in (
            removal_views.removal_form(t, one),
            removal_views.removed_page(t, one),
            removed,
        ):
            assert check_view(view) == []


@pytest.mark.parametrize(("waits", "verb"), [(Waits.LOOK, "Refuse"), (Waits.NO, "Remove")])
def test_one_verb(waits: Waits, verb: str) -> None:
    """An entry that never was on the list is refused, not removed from it."""
    party = a_signatory(standing=Standing.UNCONFIRMED, waits=waits)
    one = Organisation(party=party, endorsements=(), confirmed=None, objections=())
    assert removal_views.removal_form(T, one)["submit"]["text"] == verb


@pytest.mark.on_both
async def test_signs_for_an_organisation_instead(database: Database) -> None:
    """A removed person's organisation waits for a look; one that others signed for stays."""
    letter = await an_open_letter(database)
    signed = await signs(database, MEMBER, letter, a_signature(MEMBER, letter, name="Tom Reed"))
    ((_, _, party),) = await own_signature.mine(database, actor=MEMBER)
    await removals.remove(
        database, signatory=party.id, actor=ORGANISER, why="Not them.", trigger=a_trigger()
    )
    await signs(database, GUEST, letter, for_organisation(GUEST, letter, "Net Group"))
    instead = for_organisation(MEMBER, letter, "Tom Reed")
    story = changes(database, endorsement=signed.endorsement, actor=MEMBER, signature=instead)
    await refused(story, Reason.ENTRY_REMOVED)
    await signs(database, MEMBER, letter, instead)
    joins = for_organisation(MEMBER, letter, "Net Group")
    await signs(database, MEMBER, letter, joins, confirms=True)
    assert await the_list(database, letter) == ["Net Group"]
    assert (await the_tally(database, letter)).waiting == 1
