"""An invitation is signed exactly where the one who was invited is on the letter's list."""

import pytest

from bot.features.invitations.rules import Invitee
from bot.features.invitations.slack import messages
from bot.features.invitations.use_cases import answers, invitations, tables
from bot.features.organisations.use_cases import merges, removals
from bot.features.signing.use_cases import signatures
from bot.features.withdrawals import use_cases as withdrawals
from bot.letters.endorsement import Kind
from bot.letters.invitation import Invitation
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
    a_row,
    a_trigger,
    adds,
    an_open_letter,
    for_organisation,
    rows,
    signs,
)
from tests.support.reading import words_of
from tests.support.scenes.invitations import (
    a_person,
    acquaintance,
    an_organisation,
    invites,
    the_invitations,
)

NAME = "Rights Now"


async def states(database: Database) -> list[str]:
    """The state of each invitation, the first one first."""
    return [row["state"] for row in await rows(database, "invitations")]


async def merged(database: Database, keeps: str, goes: str) -> None:
    """An organiser merges two entries."""
    known = {row["entry"]: row["id"] for row in await rows(database, "signatories")}
    await merges.merge(
        database, keeps=known[keeps], goes=(known[goes],), actor=ORGANISER, trigger=a_trigger()
    )


@pytest.mark.parametrize("keeps", ["French", "other"])
async def test_another_country(database: Database, keeps: str) -> None:
    """A merge of an organisation answers no invitation of another country's of that name."""
    letter = await an_open_letter(database)
    await invites(database, letter, an_organisation(NAME, country="Kenya"))
    for actor, name in ((MEMBER, NAME), (OTHER_MEMBER, "Droits Maintenant")):
        await signs(database, actor, letter, for_organisation(actor, letter, name, "France"))
    assert await states(database) == ["invited"]
    both = [f"{NAME} (France)", "Droits Maintenant (France)"]
    await merged(database, *(both if keeps == "French" else both[::-1]))
    assert await states(database) == ["invited"]
    given = await signs(database, GUEST, letter, for_organisation(GUEST, letter, NAME, "Kenya"))
    assert await states(database) == ["signed"]
    await withdrawals.withdraw(
        database, endorsement=given.endorsement, actor=GUEST, trigger=a_trigger()
    )
    assert await states(database) == ["withdrew"]


@pytest.mark.parametrize("names", ["none", "Kenya"])
async def test_without_a_country(database: Database, names: str) -> None:
    """A signer who names no country answers an invitation only if one alone can be meant."""
    letter = await an_open_letter(database)
    wanted = [an_organisation(NAME, country=country) for country in ("France", "Kenya")]
    await invites(database, letter, *wanted)
    if names == "Kenya":
        # The one that was invited first has the shorter key.
        french, _ = await the_invitations(database, letter)
        await invitations.remove(
            database, invitation=french.id, actor=ORGANISER, trigger=a_trigger()
        )
    await signs(database, MEMBER, letter, for_organisation(MEMBER, letter, NAME))
    assert await states(database) == (["signed"] if names == "Kenya" else ["invited", "invited"])
    await invites(database, letter, an_organisation(NAME))
    assert len(await states(database)) == (1 if names == "Kenya" else 2)


async def test_signed_before_the_second_was_invited(database: Database) -> None:
    """A signature without a country leaves no invitation signed once it has ended."""
    letter = await an_open_letter(database)
    given = await signs(database, MEMBER, letter, for_organisation(MEMBER, letter, NAME))
    for country in ("France", "Kenya"):
        await invites(database, letter, an_organisation(NAME, country=country))
    assert await states(database) == ["signed", "invited"]
    await withdrawals.withdraw(
        database, endorsement=given.endorsement, actor=MEMBER, trigger=a_trigger()
    )
    assert await states(database) == ["withdrew", "invited"]


async def test_second_signer_without_country(database: Database) -> None:
    """A second signer who names no country answers no other country's invitation."""
    letter = await an_open_letter(database)
    await signs(database, MEMBER, letter, for_organisation(MEMBER, letter, NAME, "France"))
    await invites(
        database,
        letter,
        an_organisation(NAME, country="Kenya"),
        an_organisation(NAME, country="France"),
    )
    assert await states(database) == ["invited", "signed"]
    signature = for_organisation(OTHER_MEMBER, letter, NAME)
    await signs(database, OTHER_MEMBER, letter, signature, confirms=True)
    assert await states(database) == ["invited", "signed"]


@pytest.mark.parametrize("first", ["invited", "added"])
async def test_on_paper_with_a_title(database: Database, first: str) -> None:
    """Somebody on paper is signed whatever is beside their name, whichever came first."""
    letter = await an_open_letter(database)
    ada = Invitee(kind=Kind.PERSON, name="Ada King", contact="ada@x.org")

    async def invited() -> None:
        await invites(database, letter, ada, Invitee(kind=Kind.PERSON, name="Ada Queen"))

    async def added() -> None:
        await adds(database, letter, a_row(name="Ada King", title="Countess"))

    for step in (invited, added) if first == "invited" else (added, invited):
        await step()
    assert await states(database) == ["signed", "invited"]


@pytest.mark.on_both
async def test_one_of_two_on_paper(database: Database) -> None:
    """While one of two paper entries of a name is left, the person of that name has signed."""
    letter = await an_open_letter(database)
    await invites(database, letter, Invitee(kind=Kind.PERSON, name="Ada King"))
    given = [
        (await adds(database, letter, a_row(name="Ada King", title=title))).endorsement
        for title in ("Countess", "Professor")
    ]
    for endorsement, state in zip(given, ("signed", "reading"), strict=True):
        await removals.remove(
            database, endorsement=endorsement, actor=ORGANISER, why=None, trigger=a_trigger()
        )
        assert await states(database) == [state]


async def bring(database: Database, letter: Letter, *met: object) -> list[tuple[Reason, object]]:
    """The letter's own table comes again, while only some accounts work; all its problems."""
    table = await tables.rows(database, letter=letter.id, actor=ORGANISER, names={})
    people = [acquaintance(one) for one in (MEMBER, OTHER_MEMBER) if one in met]
    _, refused = await tables.bring(
        database, letter=letter.id, actor=ORGANISER, table=table, met=people, trigger=a_trigger()
    )
    return [(one.reason, one.facts) for why in refused.values() for one in why]


@pytest.mark.on_both
async def test_own_table_again(database: Database) -> None:
    """A letter's own table comes again unchanged though people in it have left; strangers do not."""
    letter = await an_open_letter(database)
    await invites(
        database, letter, a_person(MEMBER), an_organisation(NAME, OTHER_MEMBER),
        met=[MEMBER, OTHER_MEMBER],
    )  # fmt: skip
    before = await rows(database, "invitations")
    for met in ([MEMBER], [OTHER_MEMBER], []):
        assert await bring(database, letter, *met) == []
    assert await rows(database, "invitations") == before
    other = await an_open_letter(database)
    await invites(database, other, an_organisation("Net Group"))
    table = await tables.rows(database, letter=letter.id, actor=ORGANISER, names={})
    _, refused = await tables.bring(
        database, letter=other.id, actor=ORGANISER, table=table, met=[], trigger=a_trigger()
    )
    assert [one.reason for (one,) in refused.values()] == [Reason.NO_SUCH_MEMBER] * 2


async def test_form_from_an_invitation(database: Database) -> None:
    """The form opens on an organisation for its own contact alone, until it has signed."""
    letter, other = await an_open_letter(database), await an_open_letter(database)
    wanted = (an_organisation(NAME, through=MEMBER), a_person(MEMBER))
    await invites(database, letter, *wanted, met=[MEMBER])
    group, oneself = await the_invitations(database, letter)

    async def opened(number: int, invitation: str, actor: Actor) -> Invitation | None:
        opening = await signatures.opening(
            database, letter=number, actor=actor, invitation=invitation
        )
        return opening.invited

    assert await opened(letter.id, group.id, MEMBER) == group
    assert await opened(letter.id, group.id, OTHER_MEMBER) is None
    assert await opened(other.id, group.id, MEMBER) is None
    assert await opened(letter.id, oneself.id, MEMBER) is None
    assert await opened(letter.id, "0", MEMBER) is None
    await signs(database, OTHER_MEMBER, letter, for_organisation(OTHER_MEMBER, letter, NAME))
    assert await opened(letter.id, group.id, MEMBER) is None


async def test_somebody_else_signed(database: Database) -> None:
    """A contact reads who signed for their organisation, and can sign too or object."""
    letter = await an_open_letter(database)
    await invites(database, letter, an_organisation(NAME, MEMBER), met=[MEMBER])
    given = for_organisation(OTHER_MEMBER, letter, NAME, name="Yarrow Finch")
    await signs(database, OTHER_MEMBER, letter, given)
    assert await states(database) == ["signed"]
    found = await answers.standing(database, letter=letter.id, person=MEMBER.person)
    assert isinstance(found, answers.Addressee)
    edit = messages.edited(words("en-US"), found, messages.invited)
    assert edit is not None
    shown = words_of({"blocks": edit.message[1]})
    assert "\u2068Yarrow Finch\u2069 signed for it" in shown
    assert [label in shown for label in ("Sign", "Read letter")] == [True] * 2
    assert not edit.last

    await signs(database, MEMBER, letter, for_organisation(MEMBER, letter, NAME), confirms=True)
    found = await answers.standing(database, letter=letter.id, person=MEMBER.person)
    assert isinstance(found, answers.Addressee)
    edit = messages.edited(words("en-US"), found, messages.invited)
    assert edit is not None
    assert edit.last
    assert "signed for it" not in words_of({"blocks": edit.message[1]})
