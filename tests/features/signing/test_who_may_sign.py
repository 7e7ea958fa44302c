"""The people who may sign: readers, those invited, or readers after an organiser's look."""

import pytest

from bot.features.desk.use_cases.needs import NeedKind, needs
from bot.features.letter_rules import use_cases as letter_rules
from bot.features.letter_rules.slack.views import form as rules_form
from bot.features.organisations.use_cases import standing
from bot.features.signing.slack import form as views
from bot.features.signing.use_cases import signatures
from bot.letters.endorsement import Capacity, Facts
from bot.letters.letter import Letter, Tally
from bot.letters.refusals import Reason
from bot.letters.rules import MaySign, Reminded, Rules
from bot.locales import words
from bot.storage.database import Database
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
    for_organisation,
    rows,
    signs,
    the_letter,
    the_list,
    the_tally,
)
from tests.support.reading import words_of
from tests.support.refusing import refused
from tests.support.scenes.invitations import an_organisation, are_invited, invites

T = words("en-GB")


async def sets(database: Database, letter: Letter, may_sign: MaySign) -> Letter:
    """The organiser says who may sign."""
    await letter_rules.set_rules(
        database, letter=letter.id, actor=ORGANISER, rules=Rules(may_sign=may_sign),
        trigger=a_trigger(),
    )  # fmt: skip
    return await the_letter(database, letter.id)


async def test_only_those_invited(database: Database) -> None:
    """If only invited people may sign, others are told kindly, and nothing of theirs is saved."""
    letter = await sets(database, await an_open_letter(database), MaySign.INVITED)
    await are_invited(database, letter, MEMBER)
    for_body = for_organisation(GUEST, letter, "Harbour Trust")
    for made in (a_signature(GUEST, letter), for_body):
        await refused(signs(database, GUEST, letter, made), Reason.INVITED_ONLY)
    opening = await signatures.opening(database, letter=letter.id, actor=GUEST)
    assert opening.refusal is not None
    assert opening.refusal.reason is Reason.INVITED_ONLY
    for known in (MEMBER, ORGANISER):
        opening = await signatures.opening(database, letter=letter.id, actor=known)
        assert opening.refusal is None
        await signs(database, known, letter, a_signature(known, letter, name=known.person.user))

    assert await the_tally(database, letter) == Tally(people=2)
    assert letter.rules.reminded is Reminded.INVITED, "nobody is reminded of what they cannot do"


async def test_after_an_organisers_look(database: Database) -> None:
    """A person is counted once an organiser accepts; those who wait are in one list."""
    letter = await an_open_letter(database)
    await signs(database, OTHER_MEMBER, letter, a_signature(OTHER_MEMBER, letter, name="Earlier"))
    letter = await sets(database, letter, MaySign.REVIEWED)
    signed = await signs(database, MEMBER, letter)
    await adds(database, letter, a_row(name="Ada King"))
    assert signed.doubted
    assert await the_list(database, letter) == ["Earlier", "Ada King"]
    assert await the_tally(database, letter) == Tally(people=2, waiting=1)
    found = await the_letter(database, letter.id)
    (need,) = await database.read(lambda tx: needs(tx, [found]))
    assert (need.kind, need.count) == (NeedKind.WAITING, 1)

    (waiting,) = [
        one for one in await rows(database, "signatories") if one["standing"] == "unconfirmed"
    ]
    await standing.confirm(
        database, signatory=waiting["id"], actor=ORGANISER, permission=None, trigger=a_trigger()
    )
    assert "A Member" in await the_list(database, letter)
    # An entry that nobody has looked at is not listed either.
    again = a_signature(MEMBER, letter, name="Buy At Example")
    await changes(database, endorsement=signed.endorsement, actor=MEMBER, signature=again)
    assert await the_list(database, letter) == ["Earlier", "Ada King"]


@pytest.mark.on_both
@pytest.mark.parametrize("rule", [MaySign.REVIEWED, MaySign.INVITED])
async def test_organisations_are_looked_at(database: Database, rule: MaySign) -> None:
    """An organisation that its signer wasn't invited for waits for a look, and any where people do."""
    letter = await sets(database, await an_open_letter(database), rule)
    await are_invited(database, letter, MEMBER, ORGANISER)
    await invites(database, letter, an_organisation("Amber Watch"))
    await invites(database, letter, an_organisation("Net Group", MEMBER))
    letter = await the_letter(database, letter.id)
    signed = await signs(database, MEMBER, letter, a_signature(MEMBER, letter, name="Pia Person"))
    instead = for_organisation(MEMBER, letter, "Cedar Society")
    await changes(database, endorsement=signed.endorsement, actor=MEMBER, signature=instead)
    assert await the_list(database, letter) == []
    await signs(database, ORGANISER, letter, for_organisation(ORGANISER, letter, "Delta League"))
    for name in ("Amber Watch", "Net Group"):
        await signs(database, MEMBER, letter, for_organisation(MEMBER, letter, name))
    invited = ["Net Group"] if rule is MaySign.INVITED else []
    assert await the_list(database, letter) == ["Delta League", *invited]


async def test_no_look_any_more(database: Database) -> None:
    """Once nobody needs a look, those who wait still do; the form says so, and each can be accepted."""
    letter = await sets(database, await an_open_letter(database), MaySign.REVIEWED)
    await signs(database, MEMBER, letter)
    said = "people who are already waiting still wait"
    assert said in words_of(rules_form(T, letter))
    letter = await sets(database, letter, MaySign.READERS)
    assert said not in words_of(rules_form(T, letter))
    assert await the_tally(database, letter) == Tally(waiting=1)
    (waiting,) = await rows(database, "signatories")
    await standing.confirm(
        database, signatory=waiting["id"], actor=ORGANISER, permission=None, trigger=a_trigger()
    )
    assert await the_tally(database, letter) == Tally(people=1)


async def test_the_form_says_so(database: Database) -> None:
    """The form says that an organiser looks first; without the rule it says nothing of it."""
    letter = await an_open_letter(database)
    said = "once an organiser accepts"
    for rule, shown in ((MaySign.READERS, False), (MaySign.REVIEWED, True)):
        found = await sets(database, letter, rule)
        signing = views.Signing(
            letter=letter.id, text_sha256=letter.text_sha256, language="en",
            offered=tuple(views.capacities(found, ())), capacity=Capacity.INDIVIDUAL,
        )  # fmt: skip
        form = views.form(T, found, signing, Facts(name="A Member"), None)
        assert (said in words_of(form)) is shown
