"""A false signature bars the person who gave it, never the organisation."""

from typing import Any

import pytest

from bot.features.organisations.slack import removal_views, views
from bot.features.organisations.use_cases import merges, removals, standing
from bot.features.privacy.slack.history import history_page
from bot.features.privacy.use_cases import history
from bot.features.withdrawals import use_cases as withdrawals
from bot.letters.letter import Letter
from bot.letters.people import Actor
from bot.letters.refusals import Reason
from bot.locales import words
from bot.storage.database import Database
from tests.support.letters import (
    GUEST,
    MEMBER,
    ORGANISER,
    OTHER_MEMBER,
    PERMITTED,
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
from tests.support.live_marks import check_view
from tests.support.reading import words_of
from tests.support.refusing import refused
from tests.support.scenes.invitations import a_person, invites

T = words("en-GB")
WHY = "They don't work there."


async def forged(database: Database, letter: Letter, actor: Actor = MEMBER, **more: str) -> str:
    """Somebody signs for the Harbour Watch who may not; the id of the signature."""
    spoken = for_organisation(actor, letter, "Harbour Watch", name="Mallory", **more)
    return (await signs(database, actor, letter, spoken)).endorsement


async def removes(database: Database, endorsement: str, **more: Any) -> int:
    """An organiser removes a signature; how many went."""
    said: dict[str, Any] = {"actor": ORGANISER, "why": WHY, "trigger": a_trigger()}
    return await removals.remove(database, endorsement=endorsement, **(said | more))


async def undoes(database: Database, letter: Letter) -> int:
    """An organiser undoes the newest removal in the history that offers it; how many came back."""
    page = await history.page(database, letter=letter.id, actor=ORGANISER, limit=50)
    assert check_view(history_page(T, page)) == []
    row = next(row for row in page.rows if row.may_undo and "removed" in row.entry.facts)
    return await removals.restore(
        database, removal=row.entry.id, actor=ORGANISER, trigger=a_trigger()
    )


async def told(database: Database) -> list[tuple[str, str]]:
    """The messages to organisers, and receipts sent anew or changed; what about, and to whom."""
    return [
        (
            "off" if row["subject"].get("anew") else row["subject"].get("about", row["kind"]),
            row["target"],
        )
        for row in await rows(database, "outbox")
    ]


@pytest.mark.on_both
@pytest.mark.parametrize("left", [False, True])
async def test_true_one_signs(database: Database, *, left: bool) -> None:
    """After a forgery was removed, another person signs at once; the forger never again."""
    letter = await an_open_letter(database)
    false = await forged(database, letter)
    await removes(database, false)
    if left:
        await withdrawals.withdraw(database, endorsement=false, actor=MEMBER, trigger=a_trigger())
    barred = Reason.ENTRY_REMOVED if left else Reason.ALREADY_SIGNED
    again = for_organisation(MEMBER, letter, "HARBOUR watch")
    await refused(signs(database, MEMBER, letter, again), barred)

    director = for_organisation(GUEST, letter, "Harbour Watch", name="The Director")
    await signs(database, GUEST, letter, director)

    assert await the_list(database, letter) == ["Harbour Watch"]
    assert (await the_tally(database, letter)).organisations == 1
    for confirms in (False, True):
        story = signs(database, MEMBER, letter, again, confirms=confirms)
        await refused(story, Reason.ENTRY_REMOVED)
    assert ("signed_anew", ORGANISER.person.user) in await told(database)


async def test_invitation_of_the_barred(database: Database) -> None:
    """The forger's own invitation is open again once somebody else signs for the organisation."""
    letter = await an_open_letter(database)
    await invites(database, letter, a_person(MEMBER), met=[MEMBER])
    await removes(database, await forged(database, letter))
    assert [row["state"] for row in await rows(database, "invitations")] == ["signed"]
    director = for_organisation(GUEST, letter, "Harbour Watch", name="The Director")
    await signs(database, GUEST, letter, director)
    assert [row["state"] for row in await rows(database, "invitations")] == ["reading"]


async def test_organiser_with_proof(database: Database) -> None:
    """An organiser adds the organisation by its written proof, whoever forged it before."""
    letter = await an_open_letter(database)
    await removes(database, await forged(database, letter))
    row = a_row(organisation="Harbour Watch", name="The Director", **PERMITTED)
    await adds(database, letter, row)
    assert await the_list(database, letter) == ["Harbour Watch"]
    assert "signed_anew" not in {about for about, _ in await told(database)}
    story = signs(database, MEMBER, letter, for_organisation(MEMBER, letter, "Harbour Watch"))
    await refused(story, Reason.ENTRY_REMOVED)


@pytest.mark.on_both
async def test_one_of_two(database: Database) -> None:
    """Of two who signed the false one goes: entry and count are the other's; History undoes it."""
    letter = await an_open_letter(database)
    false = await forged(database, letter, via="Shell")
    true = for_organisation(GUEST, letter, "Harbour Watch", name="The Director")
    shown = for_organisation(GUEST, letter, "Harbour Watch", name="The Director", via="Shell")
    given = await signs(database, GUEST, letter, shown, confirms=True)
    await signs(database, OTHER_MEMBER, letter, a_signature(OTHER_MEMBER, letter))
    (party,) = {
        row["signatory"] for row in await rows(database, "endorsements") if row["key"] == true.key
    }
    case = await standing.case(database, signatory=party, actor=ORGANISER)
    page = views.case_page(T, case, [])
    assert check_view(page) == []
    pressed = [
        block["accessory"]["value"]
        for block in page["blocks"]
        if block.get("accessory", {}).get("action_id", "").startswith("signatures.remove:")
    ]
    assert pressed == [f"{party}:{false}", f"{party}:{given.endorsement}"]

    assert await removes(database, false) == 1

    (one,) = [row for row in await rows(database, "signatories") if row["id"] == party]
    assert (one["endorsements"], one["speaker"]) == (1, given.endorsement)
    assert ("off", MEMBER.person.user) in await told(database)
    await database.write(lambda tx: tx.connection.exec_driver_sql("DELETE FROM outbox"))
    assert (await the_tally(database, letter)).organisations == 1
    await refused(
        signs(database, MEMBER, letter, for_organisation(MEMBER, letter, "Harbour Watch")),
        Reason.ENTRY_REMOVED,
    )
    assert await undoes(database, letter) == 1
    (one,) = [row for row in await rows(database, "signatories") if row["id"] == party]
    assert one["endorsements"] == 2
    assert ("receipt_changed", MEMBER.person.user) in await told(database)
    await removes(database, false)
    await withdrawals.withdraw(
        database, endorsement=given.endorsement, actor=GUEST, trigger=a_trigger()
    )
    assert await undoes(database, letter) == 1
    assert await the_list(database, letter) == ["Harbour Watch via Shell", "A Member"]


@pytest.mark.on_both
async def test_everything(database: Database) -> None:
    """All that one person signed goes at once, with one message, and comes back at once."""
    letter = await an_open_letter(database)
    false = await forged(database, letter)
    for name in ("Net Group", "Web Group"):
        await signs(database, MEMBER, letter, for_organisation(MEMBER, letter, name))
    await signs(database, MEMBER, letter)
    await signs(
        database,
        GUEST,
        letter,
        for_organisation(GUEST, letter, "Net Group"),
        confirms=True,
    )
    before = await the_list(database, letter)
    assert before == ["Harbour Watch", "Net Group", "Web Group", "A Member"]
    party = next(
        row["id"] for row in await rows(database, "signatories") if row["entry"] == "Net Group"
    )
    case = await standing.case(database, signatory=party, actor=ORGANISER)
    said = words_of(views.case_page(T, case, []))
    assert "signed for 3 organisations" in said
    assert "signed for 1" not in said
    (given, _) = case.organisation.endorsements
    for signed in (0, 3):
        assert check_view(removal_views.removal_form(T, case.organisation, given, signed)) == []

    assert await removes(database, false, everything=True) == 4

    assert await the_list(database, letter) == ["Net Group"]
    assert [one for one in await told(database) if one[0] == "off"] == [("off", MEMBER.person.user)]
    assert await undoes(database, letter) == 4
    assert await the_list(database, letter) == before


@pytest.mark.on_both
async def test_merged_since(database: Database) -> None:
    """Of two that one person gave, for organisations that are one since, one comes back."""
    letter = await an_open_letter(database)
    for name in ("Net Group", "Harbour Watch"):
        spoken = for_organisation(MEMBER, letter, name, name="Mallory")
        false = await signs(database, MEMBER, letter, spoken)
        true = for_organisation(GUEST, letter, name, name="The Director")
        await signs(database, GUEST, letter, true, confirms=True)
    assert await removes(database, false.endorsement, everything=True) == 2
    one, other = (row["id"] for row in await rows(database, "signatories"))
    await merges.merge(database, keeps=one, goes=(other,), actor=ORGANISER, trigger=a_trigger())
    assert await undoes(database, letter) == 1
    kept = [row for row in await rows(database, "endorsements") if row["withdrawn_at"] is None]
    assert sorted(row["user"] for row in kept) == [GUEST.person.user, MEMBER.person.user]


async def test_refused(database: Database) -> None:
    """Nobody but an organiser removes a signature, never without a reason, and none twice."""
    letter = await an_open_letter(database)
    false = await forged(database, letter)
    before = await everything(database)
    await refused(removes(database, false, actor=GUEST), Reason.NOT_ORGANISER)
    await refused(removes(database, false, why=" "), Reason.EMPTY)
    await refused(removes(database, "e" * 26), Reason.NO_SUCH_SIGNATORY)
    nothing = removals.restore(database, removal="a" * 26, actor=ORGANISER, trigger=a_trigger())
    await refused(nothing, Reason.NOTHING_TO_UNDO)
    assert await everything(database) == before
    await removes(database, false)
    await refused(removes(database, false), Reason.ENTRY_REMOVED)
    party = (await rows(database, "signatories"))[0]["id"]
    await removals.restore(database, signatory=party, actor=ORGANISER, trigger=a_trigger())
    assert await the_list(database, letter) == ["Harbour Watch"]


async def test_changed_into(database: Database) -> None:
    """A barred person cannot come back by changing what they signed for another organisation."""
    letter = await an_open_letter(database)
    await removes(database, await forged(database, letter))
    await signs(
        database, GUEST, letter, for_organisation(GUEST, letter, "Harbour Watch", name="Director")
    )
    other = await signs(database, MEMBER, letter, for_organisation(MEMBER, letter, "Net Group"))
    story = changes(
        database,
        endorsement=other.endorsement,
        actor=MEMBER,
        signature=for_organisation(MEMBER, letter, "Harbour Watch"),
        confirms=True,
    )
    await refused(story, Reason.ENTRY_REMOVED)
