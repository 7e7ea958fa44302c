"""Names that are not for everyone are in no byte of any address, nor in what memory kept."""

from collections.abc import Awaitable, Callable
from dataclasses import replace
from datetime import timedelta

import pytest

from bot.features.amendments.use_cases import amendments
from bot.features.delivery.use_cases import handover
from bot.features.letter_rules import use_cases as letter_rules
from bot.features.lifecycle import use_cases as lifecycle
from bot.features.organisations.use_cases import removals
from bot.features.privacy.use_cases import erasure
from bot.features.withdrawals import use_cases as withdrawals
from bot.letters.amendment import AmendmentKind
from bot.letters.letter import Letter
from bot.letters.rules import Confirmation, Embargo, Hidden, PublicPage, Rules, WithdrawnEntry
from bot.storage.database import Database
from tests.support.amending import amends
from tests.support.clock import START, Clock
from tests.support.documents.web_pages import Web, turns, with_a_page
from tests.support.letters import (
    GUEST,
    MEMBER,
    ORGANISER,
    OTHER_MEMBER,
    WORKSPACE,
    a_signature,
    a_trigger,
    an_open_letter,
    for_organisation,
    rows,
    signs,
    the_letter,
)
from tests.support.scenes.phases import a_founding_letter, a_letter_to_lead

NAME, BODY = "Zorba Wunderlich", "Quokka Society"
DAY = timedelta(days=1)


@pytest.fixture(name="web")
def _web(database: Database) -> Web:
    return Web(database)


async def _signed(database: Database, letter: Letter) -> None:
    """A person and an organisation sign, whose names nobody else has."""
    await signs(database, MEMBER, letter, a_signature(MEMBER, letter, name=NAME))
    await signs(database, OTHER_MEMBER, letter, for_organisation(OTHER_MEMBER, letter, BODY))


async def _seen(web: Web, letter: Letter) -> set[str]:
    """Return those of the two names that are in the bytes of any address."""
    answers = await web.everything(letter)
    whole = b"".join(one.body for one in answers.values()).decode(errors="replace")
    return {name for name in (NAME, BODY) if name in whole or name.split()[0] in whole}


async def _withdraw(database: Database, letter: Letter) -> None:
    del letter
    for one in await rows(database, "endorsements"):
        actor = MEMBER if one["user"] == MEMBER.person.user else OTHER_MEMBER
        await withdrawals.withdraw(
            database, endorsement=one["id"], actor=actor, trigger=a_trigger()
        )


async def _remove(database: Database, letter: Letter) -> None:
    del letter
    for one in await rows(database, "signatories"):
        await removals.remove(
            database, signatory=one["id"], actor=ORGANISER, why="It is false.", trigger=a_trigger()
        )


async def _erase(database: Database, letter: Letter) -> None:
    del letter
    for actor in (MEMBER, OTHER_MEMBER):
        await erasure.erase_person(database, workspace=WORKSPACE, person=actor.person)


async def _hide(database: Database, letter: Letter) -> None:
    found = await the_letter(database, letter.id)
    embargo = Embargo(hides=Hidden.NAMES, until=START + 5 * DAY)
    rules = replace(found.rules, embargo=embargo)
    await letter_rules.set_rules(database, letter=letter.id, actor=ORGANISER, rules=rules)


async def _turn_off(database: Database, letter: Letter) -> None:
    await turns(database, letter, PublicPage.OFF)


async def _cancel(database: Database, letter: Letter) -> None:
    await lifecycle.cancel(database, letter=letter.id, actor=ORGANISER, reason="It was answered.")


async def _erase_letter(database: Database, letter: Letter) -> None:
    await erasure.erase_letter(database, letter=letter.id)


@pytest.mark.on_both
@pytest.mark.parametrize("unindexed", [False, True])
@pytest.mark.parametrize(
    "act", [_withdraw, _remove, _erase, _hide, _turn_off, _cancel, _erase_letter]
)
async def test_gone(
    database: Database,
    web: Web,
    act: Callable[[Database, Letter], Awaitable[None]],
    *,
    unindexed: bool,
) -> None:
    """Names that were shown are in no byte of any address five seconds after they are to go."""
    letter = await with_a_page(database, await an_open_letter(database), unindexed=unindexed)
    await _signed(database, letter)
    assert await _seen(web, letter) == {NAME, BODY}
    before = await web.everything(letter)
    await act(database, letter)
    for again in (False, True):
        web.restart() if again else web.later(5)
        assert await _seen(web, letter) == set()
        after = await web.everything(letter)
        assert not any(b"1 organisation" in one.body for one in after.values())
        for name in ("list.csv", "list.json"):
            etag = before[name].headers["etag"]
            kept = await web.get(f"{letter.page_path}/{name}", if_none_match=etag)
            assert kept.status != 304


async def _hide_all(database: Database, *letters: Letter) -> None:
    for letter in letters:
        embargo = Embargo(hides=Hidden.ALL, until=START + 5 * DAY)
        rules = replace((await the_letter(database, letter.id)).rules, embargo=embargo)
        await letter_rules.set_rules(database, letter=letter.id, actor=ORGANISER, rules=rules)


async def _all_withdraw(database: Database, *letters: Letter) -> None:
    await _withdraw(database, letters[0])


@pytest.mark.parametrize("act", [_hide_all, _all_withdraw])
async def test_picture(database: Database, web: Web, act: Callable[..., Awaitable[None]]) -> None:
    """The picture for other sites is the same whoever signed, and draws no hidden or past number."""
    letter, other, unsigned = [
        await with_a_page(database, await an_open_letter(database)) for _ in range(3)
    ]
    await _signed(database, letter)
    await signs(database, MEMBER, other, a_signature(MEMBER, other, name="Somebody Else"))
    theirs = for_organisation(OTHER_MEMBER, other, "Another Society")
    await signs(database, OTHER_MEMBER, other, theirs)
    cards = [await web.get(f"{one.page_path}/card.png") for one in (letter, other, unsigned)]
    assert {one.status for one in cards} == {200}
    assert cards[0].body == cards[1].body != cards[2].body
    await act(database, letter, unsigned)
    web.later(5)
    drawn, empty = [await web.get(f"{one.page_path}/card.png") for one in (letter, unsigned)]
    assert cards[0].body != drawn.body == empty.body


@pytest.mark.parametrize("unindexed", [False, True])
@pytest.mark.parametrize("hides", Hidden)
async def test_embargo(
    database: Database, web: Web, hides: Hidden, clock: Clock, *, unindexed: bool
) -> None:
    """Under an embargo no address has a name or a number; then all have."""
    rules = Rules(embargo=Embargo(hides=hides, until=START + 5 * DAY), page=PublicPage.OFF)
    letter = await an_open_letter(database, rules=rules)
    letter = await with_a_page(database, letter, unindexed=unindexed)
    await _signed(database, letter)
    assert await _seen(web, letter) == set()
    found = await web.everything(letter)
    assert {name for name, one in found.items() if b"1 organisation" in one.body} == set()
    assert b'"people": 1' not in found["list.json"].body
    assert (await the_letter(database, letter.id, MEMBER)).tally.total == (
        2 if hides is Hidden.NAMES else 0
    )
    clock.advance(5 * DAY)
    web.later()
    assert await _seen(web, letter) == {NAME, BODY}


async def test_until_they_were_told(database: Database, web: Web) -> None:
    """People who signed before are not on the page until they were told, nor counted."""
    letter = await an_open_letter(database)
    await _signed(database, letter)
    letter = await with_a_page(database, letter)
    found = await web.everything(letter)
    assert await _seen(web, letter) == set()
    assert letter.title in found[""].body.decode()
    assert "1 organisation" not in found[""].body.decode()


async def test_first_signers_and_private_channels(database: Database, web: Web) -> None:
    """Before the first card no address answers; no page knows channels or who runs the letter."""
    founding = await with_a_page(database, await a_founding_letter(database))
    assert {one.status for one in (await web.everything(founding)).values()} == {404}
    await lifecycle.close(database, letter=founding.id, actor=ORGANISER)
    assert {one.status for one in (await web.everything(founding)).values()} == {404}
    letter = await an_open_letter(database, public=False)
    assert letter.share_id is None
    letter = await with_a_page(database, letter)
    answers = await web.everything(letter)
    whole = b"".join(one.body for one in answers.values()).decode(errors="replace")
    for private in ("C1", WORKSPACE, ORGANISER.person.user):
        assert f'"{private}"' not in whole


async def test_not_on_the_list(database: Database, web: Web) -> None:
    """An organisation that waits for a second signer is on no address."""
    rules = Rules(confirmation=Confirmation.SECOND)
    letter = await with_a_page(database, await an_open_letter(database, rules=rules))
    await signs(database, MEMBER, letter, for_organisation(MEMBER, letter, BODY))
    assert await _seen(web, letter) == set()


async def test_as_on_paper(database: Database, web: Web, clock: Clock) -> None:
    """Late signatures are apart; an earlier version and a late withdrawal are marked."""
    rules = Rules(withdrawn_entry=WithdrawnEntry.MARKED)
    letter = await with_a_page(database, await a_letter_to_lead(database, rules=rules))
    await _signed(database, letter)
    await amends(
        database, letter=letter.id, actor=ORGANISER, body="We ask for two.\n",
        kind=AmendmentKind.MATERIAL, note="Two instead of one.",
    )  # fmt: skip
    found = await web.everything(letter)
    assert "We ask for two." in found[""].body.decode()
    assert "Two instead of one." in found["feed.xml"].body.decode()
    assert "Signed an earlier version of this letter." not in found[""].body.decode()
    clock.advance(31 * DAY)
    await lifecycle.close_due(database)
    await handover.deliver(database, letter=letter.id, actor=ORGANISER)
    await handover.open_late(database, letter=letter.id, actor=ORGANISER)
    letter = await the_letter(database, letter.id)
    await signs(database, GUEST, letter, a_signature(GUEST, letter, name="Late Person"))
    await _withdraw_one(database)
    web.later()
    page = (await web.page(letter)).body.decode()
    assert "Signed an earlier version of this letter." in page
    assert "Withdrew after the letter was delivered." in page
    assert page.index("People who signed after") < page.index("Late Person")
    # A marked entry is not counted, so that no count changes when it goes.
    await erasure.erase_person(database, workspace=WORKSPACE, person=MEMBER.person)
    web.later(5)
    assert await _seen(web, letter) == {BODY}


async def _withdraw_one(database: Database) -> None:
    (mine,) = [
        one for one in await rows(database, "endorsements") if one["user"] == MEMBER.person.user
    ]
    await withdrawals.withdraw(database, endorsement=mine["id"], actor=MEMBER, trigger=a_trigger())


async def test_kept_for_another_text(database: Database, web: Web) -> None:
    """An entry loses its mark on the page once its signer keeps it for the new text."""
    letter = await with_a_page(database, await an_open_letter(database))
    signed = await signs(database, MEMBER, letter)
    await amends(
        database, letter=letter.id, actor=ORGANISER, body="We ask for two.\n",
        kind=AmendmentKind.MATERIAL, note="Two instead of one.",
    )  # fmt: skip
    letter = await the_letter(database, letter.id)
    before = await web.get(f"{letter.page_path}/list.csv")
    await amendments.keep(
        database, endorsement=signed.endorsement, actor=MEMBER, text=letter.text_sha256,
        consent="Yes.", trigger=a_trigger(),
    )  # fmt: skip
    web.later(5)
    after = await web.get(f"{letter.page_path}/list.csv")
    assert letter.text_sha256 not in before.body.decode()
    assert letter.text_sha256 in after.body.decode()
