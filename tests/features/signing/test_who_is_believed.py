"""Limits of what one signer is believed: names, organisations, and entries of several."""

from datetime import timedelta

import pytest

from bot.features.organisations.slack import views
from bot.features.organisations.use_cases import likely_pairs, standing
from bot.features.signing.use_cases import own_signature
from bot.features.withdrawals import use_cases as withdrawals
from bot.letters.letter import Letter
from bot.letters.people import Actor
from bot.letters.refusals import Reason
from bot.letters.rules import Confirmation, Rules
from bot.letters.standing import Ground, Permission
from bot.locales import words
from bot.storage.database import Database
from tests.outbox.mailbox import Mailbox
from tests.outbox.owing import send_for
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
    an_open_letter,
    changes,
    for_organisation,
    rows,
    signs,
    the_letter,
    the_list,
    the_tally,
)
from tests.support.live_marks import check_view
from tests.support.reading import words_of
from tests.support.refusing import refused
from tests.support.scenes.invitations import an_organisation, invites

SECOND = Rules(confirmation=Confirmation.SECOND)
NAMES = ["Amber Watch", "Birch Forum", "Cedar Union", "Delta League", "Ember Circle", "Fjord Trust"]
T = words("en-GB")


async def told(database: Database, about: str) -> list[tuple[str, str, str]]:
    """The messages of a topic: to whom, and an entry as it was and is now."""
    owed = [row for row in await rows(database, "outbox") if row["subject"].get("about") == about]
    facts = [(row["target"], row["subject"]["facts"]) for row in owed]
    return [(target, one.get("was", ""), one.get("now", "")) for target, one in facts]


async def backs(
    database: Database, letter: Letter, actor: Actor, via: str = "", *, name: str = ""
) -> str:
    """Somebody signs for the Net Group, or confirms it; the id of the signature."""
    said = {"name": name} if name else {}
    signature = for_organisation(actor, letter, "Net Group", via=via, **said)
    shown = signature.entry
    signed = await signs(database, actor, letter, signature, confirms=True, shown=shown)
    return signed.endorsement


async def renames(database: Database, letter: Letter, actor: Actor, one: str, via: str) -> None:
    """A signer changes how the Net Group reads."""
    signature = for_organisation(actor, letter, "Net Group", via=via)
    await changes(database, endorsement=one, actor=actor, signature=signature)


async def permits(database: Database, party: str) -> None:
    """An organiser records who gave permission."""
    proof = Permission(
        ground=Ground.BOARD_DECISION, given_by="The Board", given_role="Board",
        given_on=START.date(),
    )  # fmt: skip
    await standing.confirm(
        database, signatory=party, actor=ORGANISER, permission=proof, trigger=a_trigger()
    )


@pytest.mark.on_both
async def test_five_organisations(database: Database) -> None:
    """One person signs for five organisations; organisers hear of the third and add the sixth."""
    letter = await an_open_letter(database)
    signed = await signs(database, MEMBER, letter)
    for number, name in enumerate(NAMES[:5], start=1):
        signed = await signs(database, MEMBER, letter, for_organisation(MEMBER, letter, name))
        several = await told(database, "signed_for_several")
        assert len(several) == int(number >= 3)
    sixth = for_organisation(MEMBER, letter, NAMES[5])
    await refused(signs(database, MEMBER, letter, sixth), Reason.MANY_ORGANISATIONS)
    await adds(database, letter, a_row(organisation=NAMES[5], name="Jane Doe"))
    assert (await the_tally(database, letter)).organisations == 6
    other = for_organisation(MEMBER, letter, "Gale Society")
    await changes(database, endorsement=signed.endorsement, actor=MEMBER, signature=other)
    assert (await the_tally(database, letter)).organisations == 6


@pytest.mark.on_both
async def test_few_messages(database: Database, clock: Clock) -> None:
    """People who sign and withdraw again, or object to what is withdrawn, send few messages."""
    letter = await an_open_letter(database)

    async def withdrawn(actor: Actor, endorsement: str) -> None:
        await withdrawals.withdraw(
            database, endorsement=endorsement, actor=actor, trigger=a_trigger()
        )

    for name in NAMES:
        signed = await signs(database, MEMBER, letter, for_organisation(MEMBER, letter, name))
        if name not in NAMES[:2]:
            await withdrawn(MEMBER, signed.endorsement)
    assert len(await told(database, "signed_for_several")) == 1
    for name in NAMES:
        mine = for_organisation(OTHER_MEMBER, letter, f"{name} Two")
        signed = await signs(database, OTHER_MEMBER, letter, mine)
        party = (await rows(database, "signatories"))[-1]["id"]
        await standing.object_to(
            database, signatory=party, actor=GUEST, name="Jo", role="Chair", reason="No.",
            trigger=a_trigger(),
        )  # fmt: skip
        await withdrawn(OTHER_MEMBER, signed.endorsement)
        mailbox = Mailbox(database, clock.now)
        await send_for(database, mailbox, clock, timedelta(hours=2), timedelta(minutes=1))
    assert len(await told(database, "disputed")) == standing.OBJECTIONS_MOST


@pytest.mark.on_both
@pytest.mark.parametrize("rule", Confirmation)
async def test_reads_like_an_organisation(database: Database, rule: Confirmation) -> None:
    """A person's name that is no person's waits for an organiser, where organisations do."""
    letter = await an_open_letter(database, rules=Rules(confirmation=rule))
    await signs(database, GUEST, letter, for_organisation(GUEST, letter, "Amber"))
    doubtful = ["Harbour International", "Ada Quill, Tom Reed", "AMBER"]
    actors = [MEMBER, OTHER_MEMBER, GUEST]
    for actor, name in zip(actors, doubtful, strict=True):
        signature = a_signature(actor, letter, name=name)
        asked = signs(database, actor, letter, signature, may_be_organisation=False)
        await refused(asked, Reason.READS_LIKE_ORGANISATION)
        await signs(database, actor, letter, signature)
    people = (await the_tally(database, letter)).people
    assert people == (3 if rule is Confirmation.NONE else 0)
    if rule is Confirmation.NONE:
        return
    _, waiting = await standing.unlisted(database, letter=letter.id, actor=ORGANISER)
    assert {one.party.entry for one in waiting} == {"Amber", *doubtful}
    first = next(one for one in waiting if one.party.entry == doubtful[0])
    case = await standing.case(database, signatory=first.party.id, actor=ORGANISER)
    page = views.case_page(T, case, [])
    assert check_view(page) == []
    assert "List as a person" in words_of(page)
    refusal = standing.confirm(
        database, signatory=first.party.id, actor=MEMBER, permission=None, trigger=a_trigger()
    )
    await refused(refusal, Reason.NOT_ORGANISER)
    await standing.confirm(
        database, signatory=first.party.id, actor=ORGANISER, permission=None, trigger=a_trigger()
    )
    assert doubtful[0] in await the_list(database, letter)
    given = first.endorsements[0].id
    for name, listed in (("Lantern International", False), ("Pia Person", True)):
        new = a_signature(MEMBER, letter, name=name)
        await changes(database, endorsement=given, actor=MEMBER, signature=new)
        assert (name in await the_list(database, letter)) == listed


async def test_invited_organisation_is_known(database: Database) -> None:
    """The name of an organisation that is invited is no person's, before it has signed."""
    letter = await an_open_letter(database, rules=SECOND)
    await invites(database, letter, an_organisation("Amber", country="Kenya"))
    letter = await the_letter(database, letter.id)
    signature = a_signature(MEMBER, letter, name="Amber")
    assert await own_signature.reads_like_body(database, letter=letter.id, signature=signature)
    signed = await signs(database, MEMBER, letter, signature)
    assert signed.doubted
    assert await the_list(database, letter) == []
    given = signed.endorsement
    for name, listed in (("Pia Person", True), ("Amber", False)):
        new = a_signature(MEMBER, letter, name=name)
        await changes(database, endorsement=given, actor=MEMBER, signature=new)
        assert (name in await the_list(database, letter)) == listed


@pytest.mark.on_both
async def test_confirms_what_was_shown(database: Database) -> None:
    """A second signer confirms the entry that they were shown, or is shown the new one."""
    letter = await an_open_letter(database, rules=SECOND)
    first = await backs(database, letter, MEMBER)
    await renames(database, letter, MEMBER, first, "Shell")
    refusal = await refused(backs(database, letter, GUEST), Reason.ORGANISATION_SIGNED)
    assert refusal.facts["entry"] == "Net Group via Shell"
    assert await the_list(database, letter) == []
    await backs(database, letter, GUEST, "Shell")
    assert await the_list(database, letter) == ["Net Group via Shell"]


@pytest.mark.on_both
@pytest.mark.parametrize("rule", [Confirmation.NONE, Confirmation.SECOND])
async def test_entry_of_several(database: Database, rule: Confirmation) -> None:
    """The others are told of a changed entry; by the rule of two it waits for one of them."""
    letter = await an_open_letter(database, rules=Rules(confirmation=rule))
    first = await backs(database, letter, MEMBER)
    second = await backs(database, letter, GUEST)
    before, after = "Net Group", "Net Group via Shell"
    await renames(database, letter, MEMBER, first, "Shell")
    waits = rule is Confirmation.SECOND
    assert await the_list(database, letter) == [before if waits else after]
    about = "entry_proposed" if waits else "entry_changed"
    assert await told(database, about) == [(GUEST.person.user, before, after)]
    await renames(database, letter, GUEST, second, "Shell")
    assert await the_list(database, letter) == [after]
    assert len(await told(database, "entry_changed")) == int(not waits)


@pytest.mark.on_both
async def test_changed_again_and_again(database: Database, clock: Clock) -> None:
    """After a message about a changed entry, the next one waits for an hour, with the last change."""
    letter = await an_open_letter(database, rules=Rules(confirmation=Confirmation.NONE))
    first = await backs(database, letter, MEMBER)
    await backs(database, letter, GUEST)
    await renames(database, letter, MEMBER, first, "Trust 0")
    sent = "UPDATE outbox SET state = 'sent', settled_at = created_at"
    await database.write(lambda tx: tx.connection.exec_driver_sql(sent))
    for number in range(1, 13):
        clock.advance(timedelta(minutes=1))
        await renames(database, letter, MEMBER, first, f"Trust {number}")
    _, (_, _, last) = await told(database, "entry_changed")
    assert last == "Net Group via Trust 12"
    due = [row["due_at"] for row in await rows(database, "outbox") if row["state"] == "waiting"]
    assert max(due) == START + timedelta(hours=1, minutes=1)


async def test_second_signer_proposes(database: Database) -> None:
    """By the rule of two, the first signer is told what the second one has changed."""
    letter = await an_open_letter(database, rules=SECOND)
    first, second = [await backs(database, letter, actor) for actor in (MEMBER, GUEST)]
    before, after = "Net Group", "Net Group via Shell"
    await renames(database, letter, GUEST, second, "Shell")
    assert await the_list(database, letter) == [before]
    assert await told(database, "entry_proposed") == [(MEMBER.person.user, before, after)]
    await renames(database, letter, MEMBER, first, "Shell")
    assert await the_list(database, letter) == [after]


async def test_entry_stays_with_a_new_name(database: Database) -> None:
    """An entry stays as it is when the one who speaks for it changes their own name alone."""
    letter = await an_open_letter(database, rules=SECOND)
    first = await backs(database, letter, MEMBER)
    other = for_organisation(GUEST, letter, "Net Group", via="Shell")
    await signs(database, GUEST, letter, other, confirms=True)
    renamed = for_organisation(MEMBER, letter, "Net Group", name="Jane Roe")
    await changes(database, endorsement=first, actor=MEMBER, signature=renamed)
    assert await the_list(database, letter) == ["Net Group"]
    assert await told(database, "entry_proposed") == []


async def test_entry_waits_where_paper_spoke(database: Database) -> None:
    """A changed entry waits for a second signer, also where it ends the paper that spoke for it."""
    letter = await an_open_letter(database, rules=SECOND)
    await adds(database, letter, a_row(organisation="Net Group", name="Jane Roe"))
    first = await backs(database, letter, MEMBER, name="John Doe")
    await backs(database, letter, GUEST)
    own = for_organisation(MEMBER, letter, "Net Group", via="Shell", name="Jane Roe")
    await changes(database, endorsement=first, actor=MEMBER, signature=own)
    assert await the_list(database, letter) == ["Net Group"]
    assert await told(database, "entry_proposed") == [
        (GUEST.person.user, "Net Group", "Net Group via Shell")
    ]


@pytest.mark.on_both
async def test_one_name(database: Database) -> None:
    """Two accounts of one name confirm each other only once an organiser has proof."""
    letter = await an_open_letter(database, rules=SECOND)
    await backs(database, letter, MEMBER, name="Jane Roe")
    await backs(database, letter, GUEST, name="JANE ROE")
    assert await the_list(database, letter) == []
    _, (waiting,) = await standing.unlisted(database, letter=letter.id, actor=ORGANISER)
    case = await standing.case(database, signatory=waiting.party.id, actor=ORGANISER)
    assert "the same name" in words_of(views.case_page(T, case, []))
    third = await backs(database, letter, OTHER_MEMBER, name="John Doe")
    assert await the_list(database, letter) == ["Net Group"]
    await withdrawals.withdraw(database, endorsement=third, actor=OTHER_MEMBER, trigger=a_trigger())
    assert await the_list(database, letter) == []
    await permits(database, waiting.party.id)
    assert await the_list(database, letter) == ["Net Group"]


@pytest.mark.on_both
async def test_one_name_beside_paper(database: Database) -> None:
    """Two accounts of one name don't confirm each other when the paper between them gives way."""
    letter = await an_open_letter(database, rules=SECOND)
    await backs(database, letter, MEMBER, name="Jane Roe")
    await adds(database, letter, a_row(organisation="Net Group", name="John Doe"))
    assert await the_list(database, letter) == ["Net Group"]
    await backs(database, letter, ORGANISER, name="Jane Roe")
    assert await the_list(database, letter) == []


@pytest.mark.on_both
async def test_paper_beside_one_name(database: Database) -> None:
    """A person of another name, from elsewhere, confirms what two accounts of one name signed."""
    letter = await an_open_letter(database, rules=SECOND)
    for actor in (MEMBER, GUEST):
        await backs(database, letter, actor, name="Jane Roe")
    assert await the_list(database, letter) == []
    await adds(database, letter, a_row(organisation="Net Group", name="John Doe"))
    assert await the_list(database, letter) == ["Net Group"]


async def test_two_people_of_one_name(database: Database) -> None:
    """Organisers are asked about two accounts that sign as people under one name."""
    letter = await an_open_letter(database)
    for actor in (MEMBER, GUEST):
        await signs(database, actor, letter, a_signature(actor, letter, name="Jane Roe"))
    assert await likely_pairs.compare(database) == 1


@pytest.mark.on_both
@pytest.mark.parametrize("rule", [Confirmation.NONE, Confirmation.ORGANISER])
@pytest.mark.parametrize("says_more", [True, False])
async def test_first_signer_leaves(
    database: Database, rule: Confirmation, *, says_more: bool
) -> None:
    """Another signer's other entry waits for a look; with the listed one they speak, unproven."""
    letter = await an_open_letter(database, rules=Rules(confirmation=rule))
    first, second = [await backs(database, letter, actor) for actor in (MEMBER, GUEST)]
    party = (await rows(database, "signatories"))[0]["id"]
    await permits(database, party)
    if says_more:
        await renames(database, letter, GUEST, second, "Shell")
    assert await the_list(database, letter) == ["Net Group"]
    await withdrawals.withdraw(database, endorsement=first, actor=MEMBER, trigger=a_trigger())
    told_of = [(ORGANISER.person.user, "Net Group", "")]
    assert await told(database, "signed_anew") == (told_of if says_more else [])
    proven = rule is Confirmation.ORGANISER
    assert await the_list(database, letter) == ([] if says_more or proven else ["Net Group"])
    if not says_more:
        return
    receipts = [row for row in await rows(database, "outbox") if row["kind"] == "receipt"]
    assert GUEST.person.user in {row["target"] for row in receipts}
    await standing.confirm(
        database, signatory=party, actor=ORGANISER, permission=None, trigger=a_trigger()
    )
    if rule is Confirmation.ORGANISER:
        assert await the_list(database, letter) == [], "the proof was of the first signer's words"
        await permits(database, party)
    assert await the_list(database, letter) == ["Net Group via Shell"]


async def test_who_reads_the_same_speaks(database: Database) -> None:
    """The next signer of the listed entry speaks for it once the first one leaves."""
    letter = await an_open_letter(database)
    first, second, _ = [
        await backs(database, letter, actor) for actor in (MEMBER, GUEST, OTHER_MEMBER)
    ]
    await renames(database, letter, GUEST, second, "Shell")
    await withdrawals.withdraw(database, endorsement=first, actor=MEMBER, trigger=a_trigger())
    assert await the_list(database, letter) == ["Net Group"]


async def test_change_lists_nobody_elses_words(database: Database) -> None:
    """By the rule of two, a signer's change doesn't list what another signer proposed before."""
    letter = await an_open_letter(database, rules=SECOND)
    first, second = [await backs(database, letter, actor) for actor in (MEMBER, GUEST)]
    await renames(database, letter, GUEST, second, "Shell")
    await renames(database, letter, MEMBER, first, "Amber Watch")
    assert await the_list(database, letter) == []
    (party,) = await rows(database, "signatories")
    assert party["waits"] == "look"
