"""An organiser finds two organisations of a letter to be one, or two."""

from datetime import timedelta
from typing import Any

import pytest

from bot.features.amendments.use_cases import amendments
from bot.features.delivery.use_cases import handover
from bot.features.invitations.use_cases import invitations
from bot.features.invitations.use_cases.invitations import InvitationState, Invitee, Kind
from bot.features.lifecycle import use_cases as lifecycle
from bot.features.organisations.use_cases import merges, standing
from bot.features.signing.use_cases import own_signature
from bot.features.withdrawals import use_cases as withdrawals
from bot.letters.amendment import AmendmentKind
from bot.letters.letter import Letter, Tally
from bot.letters.people import Actor
from bot.letters.refusals import Reason
from bot.letters.rules import Confirmation, Rules, Silence
from bot.letters.standing import Standing
from bot.storage import signatories
from bot.storage.database import Database
from tests.support.amending import amends
from tests.support.clock import Clock
from tests.support.letters import (
    MEMBER,
    ORGANISER,
    OTHER_MEMBER,
    a_delivery,
    a_row,
    adds,
    an_actor,
    an_open_letter,
    changes,
    everything,
    for_organisation,
    members,
    rows,
    signs,
    the_letter,
    the_list,
    the_tally,
)
from tests.support.refusing import refused

WHOLE, SHORT, SLIP = (
    "Electronic Frontier Foundation", "EFF", "Electronic Fronteir Foundation",
)  # fmt: skip
THIRD = an_actor("U0THIRD")


async def signed_for(
    database: Database, letter: Letter, *signed: tuple[Actor, str]
) -> dict[str, str]:
    """Each signs for an organisation; the ids of the endorsements by their names."""
    given = {}
    for actor, name in signed:
        one = await signs(
            database, actor, letter, for_organisation(actor, letter, name), confirms=True
        )
        given[name] = one.endorsement
    return given


async def ids(database: Database) -> dict[str, str]:
    """Signatories by the lines that they were first signed with."""
    return {
        str(row["line"]): str(row["id"])
        for row in await rows(database, "signatories")
        if row["kind"] == "organisation"
    }


async def one(database: Database, keeps: str, goes: str, actor: Actor = ORGANISER) -> None:
    """An organiser finds two lines to be one."""
    known = await ids(database)
    await merges.merge(
        database, keeps=known[keeps], goes=known[goes], actor=actor, delivery=a_delivery()
    )


async def found(database: Database, letter: Letter, limit: int = 20) -> list[tuple[str, str]]:
    """The lines of all pairs that look alike, looked through in stretches."""
    pairs: list[tuple[str, str]] = []
    after: str | None = ""
    while after is not None:
        stretch = await merges.look_for_pairs(
            database, letter=letter.id, actor=ORGANISER, after=after, limit=limit
        )
        pairs += [(pair.one.party.line, pair.other.party.line) for pair in stretch.pairs]
        after = stretch.end
    return pairs


@pytest.mark.parametrize("limit", [1, 2, 20])
async def test_pairs(database: Database, limit: int) -> None:
    """Each pair that looks alike is found once, however short the stretches; others are not."""
    letter = await an_open_letter(database)
    names = (WHOLE, "Open Rights Group", SHORT, "Digital Rights Ireland", SLIP)
    await signed_for(database, letter, *zip(members(5), names, strict=True))
    assert sorted(await found(database, letter, limit)) == sorted(
        [(WHOLE, SHORT), (WHOLE, SLIP), (SHORT, SLIP)]
    )


async def test_only_for_organisers(database: Database) -> None:
    """Nobody but an organiser looks for pairs, merges, or tells apart."""
    letter = await an_open_letter(database)
    await signed_for(database, letter, (MEMBER, WHOLE), (OTHER_MEMBER, SHORT))
    before = await everything(database)
    known = await ids(database)
    both: dict[str, Any] = {"actor": MEMBER, "delivery": a_delivery()}
    looking = merges.look_for_pairs(database, letter=letter.id, actor=MEMBER)
    merge = merges.merge(database, keeps=known[WHOLE], goes=known[SHORT], **both)
    apart = merges.different(database, one=known[WHOLE], other=known[SHORT], **both)
    for story in (looking, merge, apart):
        await refused(story, Reason.NOT_ORGANISER)
    assert await everything(database) == before


async def test_different_is_remembered(database: Database) -> None:
    """What was told apart is not asked about again, in either order; others are."""
    letter = await an_open_letter(database)
    await signed_for(database, letter, (MEMBER, WHOLE), (OTHER_MEMBER, SHORT), (THIRD, SLIP))
    known = await ids(database)
    await merges.different(
        database, one=known[SHORT], other=known[WHOLE], actor=ORGANISER, delivery=a_delivery()
    )
    assert await found(database, letter) == [(WHOLE, SLIP), (SHORT, SLIP)]
    assert await the_tally(database, letter) == Tally(organisations=3)


async def test_difference_outlives_a_merge(database: Database) -> None:
    """What was different from one that is merged is different from what it is merged into."""
    letter = await an_open_letter(database)
    await signed_for(database, letter, (MEMBER, WHOLE), (OTHER_MEMBER, SHORT), (THIRD, SLIP))
    known = await ids(database)
    await merges.different(
        database, one=known[SHORT], other=known[WHOLE], actor=ORGANISER, delivery=a_delivery()
    )
    await one(database, SLIP, WHOLE)
    assert await found(database, letter) == []


async def test_merge(database: Database) -> None:
    """Two that are one count once under the line that is kept; both people's signatures stand."""
    letter = await an_open_letter(database)
    given = await signed_for(database, letter, (MEMBER, WHOLE), (OTHER_MEMBER, SHORT))
    assert await the_tally(database, letter) == Tally(organisations=2)
    await one(database, WHOLE, SHORT)
    assert await the_list(database, letter) == [WHOLE]
    assert await the_tally(database, letter) == Tally(organisations=1)
    assert await found(database, letter) == []
    for actor, name in ((MEMBER, WHOLE), (OTHER_MEMBER, SHORT)):
        (held,) = await own_signature.mine(database, actor=actor)
        assert (held[1].id, held[2].line) == (given[name], WHOLE)
    owed = [row["key"] for row in await rows(database, "outbox")]
    assert [key for key in owed if key.startswith("signer:merged:")] == [
        f"signer:merged:{given[SHORT]}:{WHOLE}"
    ]


async def test_withdrawn_after_a_merge(database: Database) -> None:
    """When the one whose line stands withdraws, the other's line stands; then nobody's."""
    letter = await an_open_letter(database)
    given = await signed_for(database, letter, (MEMBER, WHOLE), (OTHER_MEMBER, SHORT))
    await one(database, WHOLE, SHORT)
    await withdrawals.withdraw(
        database, endorsement=given[WHOLE], actor=MEMBER, delivery=a_delivery()
    )
    assert await the_list(database, letter) == [SHORT]
    await withdrawals.withdraw(
        database, endorsement=given[SHORT], actor=OTHER_MEMBER, delivery=a_delivery()
    )
    assert await the_list(database, letter) == []
    await signs(database, THIRD, letter, for_organisation(THIRD, letter, SHORT))
    assert await the_list(database, letter) == [SHORT]
    await refused(
        signs(database, MEMBER, letter, for_organisation(MEMBER, letter, WHOLE)),
        Reason.ORGANISATION_SIGNED,
    )


async def test_a_later_signature_joins(database: Database) -> None:
    """Who signs under a name that was merged joins the party that it went into, also over two."""
    letter = await an_open_letter(database)
    await signed_for(database, letter, (MEMBER, WHOLE), (OTHER_MEMBER, SHORT), (THIRD, SLIP))
    await one(database, SHORT, WHOLE)
    await one(database, SLIP, SHORT)
    for actor, name in zip(members(3), (WHOLE, SHORT, SLIP), strict=True):
        signature = for_organisation(actor, letter, name)
        await refused(signs(database, actor, letter, signature), Reason.ORGANISATION_SIGNED)
        await signs(database, actor, letter, signature, confirms=True)
    assert await the_list(database, letter) == [SLIP]
    party = next(row for row in await rows(database, "signatories") if row["endorsements"])
    assert party["endorsements"] == 6


async def test_nobody_confirms_themselves_by_another_name(database: Database) -> None:
    """Who signed for both is one voice of the one, and cannot be a second under either name."""
    letter = await an_open_letter(database, rules=Rules(confirmation=Confirmation.SECOND))
    given = await signed_for(database, letter, (MEMBER, WHOLE), (MEMBER, SHORT))
    await one(database, WHOLE, SHORT)
    assert await the_list(database, letter) == []
    assert await the_tally(database, letter) == Tally(waiting=1)
    ended = {row["id"]: row["ended"] for row in await rows(database, "endorsements")}
    assert ended == {given[WHOLE]: None, given[SHORT]: "merged"}
    for name in (WHOLE, SHORT):
        again = signs(
            database, MEMBER, letter, for_organisation(MEMBER, letter, name), confirms=True
        )
        await refused(again, Reason.ALREADY_SIGNED)


@pytest.mark.parametrize("kept_for", [WHOLE, SHORT])
async def test_the_newer_yes_stands(database: Database, clock: Clock, kept_for: str) -> None:
    """Of two that one person gave, the one that they kept for the amended text is not lost."""
    letter = await an_open_letter(database, rules=Rules(silence=Silence.DROP))
    given = await signed_for(database, letter, (MEMBER, WHOLE), (MEMBER, SHORT))
    await amends(
        database,
        letter=letter.id,
        actor=ORGANISER,
        body="Other words.",
        kind=AmendmentKind.MATERIAL,
        note="Why.",
        answer_by=clock.now() + timedelta(days=2),
    )
    text = (await the_letter(database, letter.id)).text_sha256
    await amendments.keep(
        database, endorsement=given[kept_for], actor=MEMBER, text=text, consent="The signature stays. The signers and the person who",
        delivery=a_delivery(),
    )  # fmt: skip
    clock.advance(timedelta(days=2))
    # The silence of the other one has ended it, and nobody has written that down.
    await one(database, WHOLE, SHORT)
    await amendments.drop_silent(database)
    assert await the_list(database, letter) == [kept_for]


@pytest.mark.parametrize(
    ("name", "listed"), [("A Member", []), ("", []), ("Somebody Else", [WHOLE])]
)
async def test_a_voice_from_elsewhere(database: Database, name: str, listed: list[str]) -> None:
    """One from elsewhere that may be the same person's is no second person, and gives way."""
    letter = await an_open_letter(database, rules=Rules(confirmation=Confirmation.SECOND))
    await signed_for(database, letter, (MEMBER, WHOLE))
    await adds(database, letter, a_row(organisation=SHORT, name=name))
    assert await the_tally(database, letter) == Tally(waiting=2)
    await one(database, WHOLE, SHORT)
    assert await the_list(database, letter) == listed


async def test_two_claims_confirm_each_other(database: Database) -> None:
    """Two people who each signed for one of them are two people of the one."""
    letter = await an_open_letter(database, rules=Rules(confirmation=Confirmation.SECOND))
    await signed_for(database, letter, (MEMBER, WHOLE), (OTHER_MEMBER, SHORT))
    assert await the_tally(database, letter) == Tally(waiting=2)
    await one(database, SHORT, WHOLE)
    assert await the_list(database, letter) == [SHORT]
    assert await the_tally(database, letter) == Tally(organisations=1)
    keys = [row["key"] for row in await rows(database, "outbox")]
    assert len([key for key in keys if key.startswith("signer:listed:")]) == 2


async def test_changed_under_the_merged_name(database: Database) -> None:
    """Who corrects their line into the name that theirs was merged into keeps their endorsement."""
    letter = await an_open_letter(database)
    given = await signed_for(database, letter, (MEMBER, WHOLE), (OTHER_MEMBER, SHORT))
    await one(database, WHOLE, SHORT)
    changed = await changes(
        database,
        endorsement=given[SHORT],
        actor=OTHER_MEMBER,
        signature=for_organisation(OTHER_MEMBER, letter, WHOLE, via="a Fund"),
        delivery=a_delivery(),
    )
    assert changed.endorsement == given[SHORT]
    assert await the_tally(database, letter) == Tally(organisations=1)


async def test_objections_follow(database: Database) -> None:
    """What was said against either stands against the one; what one person said twice, once."""
    letter = await an_open_letter(database)
    await signed_for(database, letter, (MEMBER, WHOLE), (OTHER_MEMBER, SHORT))
    known = await ids(database)
    for party in known.values():
        await standing.object_to(
            database,
            signatory=party,
            actor=THIRD,
            name="An Objector",
            role="Chair",
            reason="Nobody asked us.",
            delivery=a_delivery(),
        )
    await one(database, WHOLE, SHORT)
    case = await standing.case(database, signatory=known[WHOLE], actor=ORGANISER)
    assert case.organisation.party.standing is Standing.DISPUTED
    assert case.organisation.party.objections == 1
    assert len(case.organisation.objections) == 2
    await standing.decide(
        database,
        signatory=known[WHOLE],
        actor=ORGANISER,
        decision=standing.Decision.LISTED,
        why="The board agreed.",
        delivery=a_delivery(),
    )
    assert await the_list(database, letter) == [WHOLE]


@pytest.mark.parametrize("removed", [WHOLE, SHORT])
async def test_removed_stays_removed(database: Database, removed: str) -> None:
    """Where either was struck off, the one is off the list until an organiser decides anew."""
    letter = await an_open_letter(database)
    await signed_for(database, letter, (MEMBER, WHOLE), (OTHER_MEMBER, SHORT))
    known = await ids(database)
    await standing.object_to(
        database,
        signatory=known[removed],
        actor=THIRD,
        name="An Objector",
        role="Chair",
        reason="Nobody asked us.",
        delivery=a_delivery(),
    )
    await standing.decide(
        database,
        signatory=known[removed],
        actor=ORGANISER,
        decision=standing.Decision.REMOVED,
        why="It did not.",
        delivery=a_delivery(),
    )
    await one(database, WHOLE, SHORT)
    assert await the_list(database, letter) == []
    assert await the_tally(database, letter) == Tally()


async def test_removed_and_signed_again(database: Database) -> None:
    """Somebody who withdraws a signature that was removed cannot sign again until it is restored."""
    letter = await an_open_letter(database)
    given = await signed_for(database, letter, (MEMBER, WHOLE))
    known = await ids(database)
    await standing.object_to(
        database, signatory=known[WHOLE], actor=THIRD, name="An Objector", role="Chair",
        reason="Nobody asked us.", delivery=a_delivery(),
    )  # fmt: skip
    await standing.decide(
        database, signatory=known[WHOLE], actor=ORGANISER, decision=standing.Decision.REMOVED,
        why="It did not.", delivery=a_delivery(),
    )  # fmt: skip
    await withdrawals.withdraw(
        database, endorsement=given[WHOLE], actor=MEMBER, delivery=a_delivery()
    )
    await refused(signed_for(database, letter, (MEMBER, WHOLE)), Reason.ENTRY_REMOVED)
    assert await the_list(database, letter) == []


async def test_invitations_follow(database: Database) -> None:
    """Who was asked under either name has signed until nobody stands for the one any more."""
    letter = await an_open_letter(database)
    await invitations.invite(
        database,
        letter=letter.id,
        actor=ORGANISER,
        wanted=[
            Invitee(kind=Kind.ORGANISATION, organisation=name, contact="by post")
            for name in (WHOLE, SHORT)
        ],
        delivery=a_delivery(),
    )
    given = await signed_for(database, letter, (MEMBER, WHOLE), (OTHER_MEMBER, SHORT))

    async def states() -> set[InvitationState]:
        page = await invitations.page(database, letter=letter.id, actor=ORGANISER, limit=9)
        return {invitation.state for invitation in page.invitations}

    await one(database, WHOLE, SHORT)
    await withdrawals.withdraw(
        database, endorsement=given[WHOLE], actor=MEMBER, delivery=a_delivery()
    )
    assert await states() == {InvitationState.SIGNED}
    await withdrawals.withdraw(
        database, endorsement=given[SHORT], actor=OTHER_MEMBER, delivery=a_delivery()
    )
    assert await states() == {InvitationState.READING}
    await signed_for(database, letter, (THIRD, SHORT))
    assert await states() == {InvitationState.SIGNED}


async def test_after_delivery(database: Database, clock: Clock) -> None:
    """One that was handed over and one on the late list are one that was handed over."""
    letter = await an_open_letter(database)
    await signed_for(database, letter, (MEMBER, WHOLE))
    await lifecycle.close(database, letter=letter.id, actor=ORGANISER)
    await handover.deliver(database, letter=letter.id, actor=ORGANISER)
    await handover.open_late(database, letter=letter.id, actor=ORGANISER)
    clock.advance(timedelta(hours=1))
    late = await the_letter(database, letter.id)
    await signed_for(database, late, (OTHER_MEMBER, SHORT))
    assert await the_tally(database, letter) == Tally(organisations=1, late_organisations=1)
    before = await rows(database, "delivered_copies")
    await one(database, SHORT, WHOLE)
    assert await the_tally(database, letter) == Tally(organisations=1)
    assert await the_list(database, letter) == [SHORT]
    assert await rows(database, "delivered_copies") == before


async def test_merged_once(database: Database) -> None:
    """A merge that is delivered twice happens once; what is gone cannot be merged again."""
    letter = await an_open_letter(database)
    await signed_for(database, letter, (MEMBER, WHOLE), (OTHER_MEMBER, SHORT))
    known = await ids(database)
    delivery = a_delivery()
    both: dict[str, Any] = {"keeps": known[WHOLE], "goes": known[SHORT], "actor": ORGANISER}
    for _ in range(2):
        party = await merges.merge(database, **both, delivery=delivery)
        assert (party.line, party.endorsements) == (WHOLE, 2)
    await refused(merges.merge(database, **both, delivery=a_delivery()), Reason.SIGNATURE_GONE)
    assert await the_tally(database, letter) == Tally(organisations=1)


async def test_two_letters(database: Database) -> None:
    """Organisations of two letters are never one signatory."""
    letter, other = await an_open_letter(database), await an_open_letter(database)
    await signed_for(database, letter, (MEMBER, WHOLE))
    await signed_for(database, other, (MEMBER, SHORT))
    known = await ids(database)
    await refused(
        merges.merge(
            database,
            keeps=known[WHOLE],
            goes=known[SHORT],
            actor=ORGANISER,
            delivery=a_delivery(),
        ),
        Reason.NO_SUCH_SIGNATORY,
    )
    assert await database.read(lambda tx: signatories.find(tx, known[SHORT])) is not None
