"""Knowledge of organisers about an entry: it ends when its signer leaves, or changes it."""

import pytest

from bot.features.organisations.use_cases import removals
from bot.features.withdrawals import use_cases as withdrawals
from bot.letters.letter import Letter, Tally
from bot.letters.people import Actor
from bot.letters.rules import Confirmation, Embargo, Hidden, Look, MaySign, Rules
from bot.letters.standing import Waits
from bot.storage.database import Database
from tests.features.signing.test_who_is_believed import backs, permits, renames
from tests.support.letters import (
    GUEST,
    MEMBER,
    ORGANISER,
    OTHER_MEMBER,
    a_signature,
    a_trigger,
    an_open_letter,
    changes,
    for_organisation,
    rows,
    signs,
    the_letter,
    the_list,
    the_tally,
)
from tests.support.scenes.web_signing import a_browser, a_letter_to_sign

REVIEWED = Rules(may_sign=MaySign.REVIEWED)
PROVEN = Rules(confirmation=Confirmation.ORGANISER)
BODY = {"capacity": "organisation", "organisation": "Net Group"}


async def withdraws(database: Database, actor: Actor, endorsement: str) -> None:
    await withdrawals.withdraw(database, endorsement=endorsement, actor=actor, trigger=a_trigger())


async def accepted(database: Database, rules: Rules) -> tuple[Letter, str]:
    """A letter where an organiser has listed what a member signed for the Net Group."""
    letter = await an_open_letter(database, rules=rules)
    signed = await backs(database, letter, MEMBER)
    await permits(database, (await rows(database, "signatories"))[0]["id"])
    assert await the_list(database, letter) == ["Net Group"]
    return letter, signed


@pytest.mark.on_both
@pytest.mark.parametrize("rules", [REVIEWED, PROVEN])
async def test_of_the_entry_that_was_seen(database: Database, rules: Rules) -> None:
    """A changed entry waits, as a new one does."""
    letter, signed = await accepted(database, rules)
    await renames(database, letter, MEMBER, signed, "Shell")
    assert await the_tally(database, letter) == Tally(waiting=1)
    await permits(database, (await rows(database, "signatories"))[0]["id"])
    assert await the_list(database, letter) == ["Net Group via Shell"]


@pytest.mark.on_both
@pytest.mark.parametrize("rules", [REVIEWED, PROVEN])
async def test_of_the_one_who_signed(database: Database, rules: Rules) -> None:
    """Somebody who joined an entry waits once they stand for it alone."""
    letter, signed = await accepted(database, rules)
    joined = await backs(database, letter, GUEST)
    assert await the_list(database, letter) == ["Net Group"]
    await withdraws(database, MEMBER, signed)
    assert await the_tally(database, letter) == Tally(waiting=1)
    await renames(database, letter, GUEST, joined, "Shell")
    assert await the_list(database, letter) == []


@pytest.mark.on_both
async def test_whoever_was_removed_waits(database: Database) -> None:
    """Nothing else of somebody who had something removed is listed without an organiser's look."""
    letter = await an_open_letter(database)
    first = await signs(database, MEMBER, letter, for_organisation(MEMBER, letter, "Coral Union"))
    other = await backs(database, letter, MEMBER)
    listed = await backs(database, letter, OTHER_MEMBER)
    party = (await rows(database, "signatories"))[0]["id"]
    await removals.remove(
        database, signatory=party, actor=ORGANISER, why="No.", trigger=a_trigger()
    )
    await withdraws(database, MEMBER, first.endorsement)
    variant = for_organisation(MEMBER, letter, "Coral Unions")
    person = await signs(database, MEMBER, letter, variant)
    own = a_signature(MEMBER, letter, name="Coral Union")
    await signs(database, MEMBER, letter, own, may_be_organisation=True)
    assert await the_list(database, letter) == ["Net Group"]
    await changes(
        database, endorsement=person.endorsement, actor=MEMBER,
        signature=for_organisation(MEMBER, letter, "Kelp Society"),
    )  # fmt: skip
    await withdraws(database, MEMBER, other)
    await withdraws(database, OTHER_MEMBER, listed)
    await backs(database, letter, OTHER_MEMBER)
    again = await backs(database, letter, MEMBER)
    assert await the_list(database, letter) == ["Net Group"]
    await withdraws(database, OTHER_MEMBER, (await rows(database, "signatories"))[1]["speaker"])
    assert await the_list(database, letter) == []
    # Nobody else makes it listed by joining.
    await backs(database, letter, GUEST)
    assert await the_list(database, letter) == []
    await withdraws(database, MEMBER, again)
    assert await the_list(database, letter) == [], "an organiser looks first"


@pytest.mark.parametrize("rule", [Confirmation.NONE, Confirmation.SECOND])
async def test_beside_one_on_the_web(database: Database, rule: Confirmation) -> None:
    """Joining what waits on the web is speaking for it; where two must sign, that waits too."""
    letter = await a_letter_to_sign(database, rules=Rules(confirmation=rule))
    browser = await a_browser(database)
    await browser.signs(letter, **BODY, country="France")
    assert await the_tally(database, letter) == Tally(waiting=1)
    signature = for_organisation(MEMBER, letter, "Net Group")
    signed = await signs(database, MEMBER, letter, signature, confirms=True)
    assert await the_list(database, letter) == (["Net Group"] if rule is Confirmation.NONE else [])
    await withdraws(database, MEMBER, signed.endorsement)
    assert await the_tally(database, letter) == Tally(waiting=1)
    (party,) = await rows(database, "signatories")
    assert party["waits"] == Waits.LOOK.value


async def test_no_embargo_ends_by_addresses(database: Database) -> None:
    """Signatures on the web do not count towards the number that ends an embargo."""
    embargo = Embargo(hides=Hidden.NAMES, until_listed=2)
    rules = Rules(look=Look.NONE, embargo=embargo)
    letter = await a_letter_to_sign(database, rules=rules)
    browser = await a_browser(database)
    for number in range(3):
        await browser.signs(letter, name=f"Ada {number}", address=f"ada{number}@example.net")
    assert (await the_letter(database, letter.id)).unveiled_at is None


async def test_title_behind_a_name(database: Database) -> None:
    """A removed person's name comes back no sooner with their title behind it."""
    letter = await a_letter_to_sign(database, rules=Rules(look=Look.NONE))
    browser = await a_browser(database)
    await browser.signs(letter, name="Yarrow Finch", title="Dancer")
    party = (await rows(database, "signatories"))[0]["id"]
    await removals.remove(
        database, signatory=party, actor=ORGANISER, why="No.", trigger=a_trigger()
    )
    for number, name in enumerate(("Yarrow Finch, Dancer", "Yarrow Finch – Dancer")):
        await browser.signs(letter, name=name, address=f"a{number}@example.net")
    assert await the_tally(database, letter) == Tally(waiting=2)
