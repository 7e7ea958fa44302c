"""An organiser finds two organisations of a letter to be one, or two."""

from datetime import timedelta
from typing import Any

import pytest

from bot.features.amendments.use_cases import amendments
from bot.features.organisations.use_cases import merges
from bot.features.signing.use_cases import own_signature
from bot.features.withdrawals import use_cases as withdrawals
from bot.letters.amendment import AmendmentKind
from bot.letters.letter import Letter, Tally
from bot.letters.refusals import Reason
from bot.letters.rules import Confirmation, Rules, Silence
from bot.storage import signatories
from bot.storage.database import Database
from tests.features.organisations.merged_names import (
    SHORT,
    SLIP,
    THIRD,
    WHOLE,
    ids,
    one,
    signed_for,
)
from tests.support.amending import amends
from tests.support.clock import Clock
from tests.support.letters import (
    MEMBER,
    ORGANISER,
    OTHER_MEMBER,
    a_row,
    a_trigger,
    adds,
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


async def found(database: Database, letter: Letter, limit: int = 20) -> list[tuple[str, str]]:
    """The entries of all pairs that look alike, looked through in stretches."""
    pairs: list[tuple[str, str]] = []
    after: str | None = ""
    while after is not None:
        stretch = await merges.look_for_pairs(
            database, letter=letter.id, actor=ORGANISER, after=after, limit=limit
        )
        pairs += [(pair.one.party.entry, pair.other.party.entry) for pair in stretch.pairs]
        after = stretch.end
    return pairs


@pytest.mark.on_both
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
    both: dict[str, Any] = {"actor": MEMBER, "trigger": a_trigger()}
    looking = merges.look_for_pairs(database, letter=letter.id, actor=MEMBER)
    merge = merges.merge(database, keeps=known[WHOLE], goes=(known[SHORT],), **both)
    apart = merges.different(database, parties=(known[WHOLE], known[SHORT]), **both)
    for story in (looking, merge, apart):
        await refused(story, Reason.NOT_ORGANISER)
    assert await everything(database) == before


async def test_different_is_remembered(database: Database) -> None:
    """A pair that was told apart is not asked about again, in either order; others are."""
    letter = await an_open_letter(database)
    await signed_for(database, letter, (MEMBER, WHOLE), (OTHER_MEMBER, SHORT), (THIRD, SLIP))
    known = await ids(database)
    await merges.different(
        database, parties=(known[SHORT], known[WHOLE]), actor=ORGANISER, trigger=a_trigger()
    )
    assert await found(database, letter) == [(WHOLE, SLIP), (SHORT, SLIP)]
    assert await the_tally(database, letter) == Tally(organisations=3)


async def test_difference_outlives_a_merge(database: Database) -> None:
    """An entry told apart from one that is merged is told apart from what it is merged into."""
    letter = await an_open_letter(database)
    await signed_for(database, letter, (MEMBER, WHOLE), (OTHER_MEMBER, SHORT), (THIRD, SLIP))
    known = await ids(database)
    await merges.different(
        database, parties=(known[SHORT], known[WHOLE]), actor=ORGANISER, trigger=a_trigger()
    )
    await one(database, SLIP, WHOLE)
    assert await found(database, letter) == []


async def test_merge(database: Database) -> None:
    """Two that are one count once under the entry that is kept; both people's signatures count."""
    letter = await an_open_letter(database)
    given = await signed_for(database, letter, (MEMBER, WHOLE), (OTHER_MEMBER, SHORT))
    assert await the_tally(database, letter) == Tally(organisations=2)
    await database.write(lambda tx: tx.connection.exec_driver_sql("DELETE FROM outbox"))
    await one(database, WHOLE, SHORT)
    assert await the_list(database, letter) == [WHOLE]
    assert await the_tally(database, letter) == Tally(organisations=1)
    assert await found(database, letter) == []
    for actor, name in ((MEMBER, WHOLE), (OTHER_MEMBER, SHORT)):
        (held,) = await own_signature.mine(database, actor=actor)
        assert (held[1].id, held[2].entry) == (given[name], WHOLE)
    owed = await rows(database, "outbox")
    changed = {row["target"] for row in owed if row["kind"] == "receipt_changed"}
    assert changed == {MEMBER.person.user, OTHER_MEMBER.person.user}


async def test_withdrawn_after_a_merge(database: Database) -> None:
    """When the signer of the listed entry withdraws, the other's entry waits for a look; then nobody's."""
    letter = await an_open_letter(database)
    given = await signed_for(database, letter, (MEMBER, WHOLE), (OTHER_MEMBER, SHORT))
    await one(database, WHOLE, SHORT)
    await withdrawals.withdraw(
        database, endorsement=given[WHOLE], actor=MEMBER, trigger=a_trigger()
    )
    assert await the_tally(database, letter) == Tally(waiting=1)
    await withdrawals.withdraw(
        database, endorsement=given[SHORT], actor=OTHER_MEMBER, trigger=a_trigger()
    )
    assert await the_list(database, letter) == []
    await signs(database, THIRD, letter, for_organisation(THIRD, letter, SHORT))
    assert await the_list(database, letter) == [SHORT]
    await refused(
        signs(database, MEMBER, letter, for_organisation(MEMBER, letter, WHOLE)),
        Reason.ORGANISATION_SIGNED,
    )


async def test_a_later_signature_joins(database: Database) -> None:
    """A signer under a name that was merged joins the party that it went into, also over two."""
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
    """A signer for both is one voice of the one, and cannot be a second under either name."""
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
    """A merge of two signatures of one person does not lose the one kept for the amended text."""
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
        trigger=a_trigger(),
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
    """One from elsewhere that may be the same person's is no second person."""
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


async def test_changed_under_the_merged_name(database: Database) -> None:
    """A signer who corrects their entry into the merged name keeps their endorsement."""
    letter = await an_open_letter(database)
    given = await signed_for(database, letter, (MEMBER, WHOLE), (OTHER_MEMBER, SHORT))
    await one(database, WHOLE, SHORT)
    changed = await changes(
        database,
        endorsement=given[SHORT],
        actor=OTHER_MEMBER,
        signature=for_organisation(OTHER_MEMBER, letter, WHOLE, via="a Fund"),
        trigger=a_trigger(),
    )
    assert changed.endorsement == given[SHORT]
    assert await the_tally(database, letter) == Tally(organisations=1)


async def test_merged_once(database: Database) -> None:
    """A merge that is delivered twice happens once; what is gone cannot be merged again."""
    letter = await an_open_letter(database)
    await signed_for(database, letter, (MEMBER, WHOLE), (OTHER_MEMBER, SHORT))
    known = await ids(database)
    trigger = a_trigger()
    both: dict[str, Any] = {"keeps": known[WHOLE], "goes": (known[SHORT],), "actor": ORGANISER}
    for _ in range(2):
        party = await merges.merge(database, **both, trigger=trigger)
        assert (party.entry, party.endorsements) == (WHOLE, 2)
    await refused(merges.merge(database, **both, trigger=a_trigger()), Reason.SIGNATURE_GONE)
    assert await the_tally(database, letter) == Tally(organisations=1)


@pytest.mark.on_both
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
            goes=(known[SHORT],),
            actor=ORGANISER,
            trigger=a_trigger(),
        ),
        Reason.NO_SUCH_SIGNATORY,
    )
    assert await database.read(lambda tx: signatories.find(tx, known[SHORT])) is not None
