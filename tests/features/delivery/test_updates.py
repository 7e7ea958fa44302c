"""An update is shown under the letter, and everyone who signed can be told twice."""

import asyncio
from collections import deque
from contextlib import suppress
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from bot.documents.writers.html import page
from bot.features.cards.slack.card import card
from bot.features.delivery.paper import paper_of_copy
from bot.features.delivery.slack.updates import message
from bot.features.delivery.use_cases import handover, papers, updates
from bot.features.organisations.use_cases import removals
from bot.features.privacy.use_cases import erasure
from bot.features.reminders.use_cases import reminders
from bot.features.withdrawals import use_cases as withdrawals
from bot.letters.letter import Letter
from bot.letters.notices import NoticeKind
from bot.letters.people import Actor
from bot.letters.phases import Phase
from bot.letters.refusals import Reason
from bot.letters.send_windows import NotNow
from bot.locales import words
from bot.outbox.dispatch import send_due
from bot.storage.database import Database
from tests.outbox.mailbox import Fate, Killed, Mailbox
from tests.outbox.owing import states
from tests.support.clock import Clock
from tests.support.documents.web_pages import Web, with_a_page
from tests.support.letters import (
    MEMBER,
    ORGANISER,
    WORKSPACE,
    a_row,
    a_trigger,
    adds,
    an_open_letter,
    are_met,
    for_organisation,
    members,
    rows,
    signs,
    the_letter,
)
from tests.support.refusing import refused
from tests.support.scenes.phases import a_letter_to_lead, led_to

WORDS = "The ministry answers:\nit will publish its files."
MONDAY = datetime(2026, 5, 4, 10, tzinfo=UTC)


async def published(
    database: Database,
    letter: Letter,
    said: str = WORDS,
    *,
    tells: bool = False,
    shows: bool = True,
) -> int:
    """The organiser publishes an update; gives how many are told."""
    act: dict[str, Any] = {"letter": letter.id, "actor": ORGANISER}
    reached = await updates.reach(database, **act) if tells else None
    count = await updates.publish(
        database, **act, words=said, trigger=a_trigger(), shows=shows, tells=reached
    )
    await updates.tell(database)
    return count


async def delivered(database: Database, clock: Clock, *signers: Actor) -> Letter:
    """A letter that these signed, delivered, on a Monday morning."""
    letter = await a_letter_to_lead(database)
    for one in signers:
        await signs(database, one, letter)
    letter = await led_to(database, clock, letter, Phase.DELIVERED)
    clock.set(MONDAY)
    return letter


async def owed(database: Database) -> list[str]:
    """The user ids of those who are told, each as often as they are."""
    return sorted(row["target"] for row in await rows(database, "outbox") if row["kind"] == "news")


@pytest.mark.on_both
async def test_under_the_letter(database: Database) -> None:
    """Card and page show an update until it is removed; the text that was signed stays."""
    letter = await with_a_page(database, await an_open_letter(database))
    web, before = Web(database), letter.text_sha256
    await published(database, letter)
    shown = await the_letter(database, letter.id)
    assert (shown.news, shown.text_sha256) == (WORDS, before)
    text, blocks = card(words("en"), shown, "p", Phase.OPEN)
    assert "The ministry answers" in text
    assert any(WORDS in str(one.get("text", {}).get("text", "")) for one in blocks)
    answers = await web.everything(letter)
    assert "ministry answers:<br>it will" in answers[""].body.decode()
    for name in ("list.json", "list.csv", "embed"):
        assert b"ministry" not in answers[name].body
    await published(database, letter, "")
    assert b"ministry" not in (await Web(database).everything(letter))[""].body
    acts = [row["act"] for row in await rows(database, "audit_entries")]
    assert acts.count("updated") == 2


async def test_on_documents(database: Database, clock: Clock) -> None:
    """The page of a delivered copy shows an update, and the copy itself stays as it was."""
    letter = await delivered(database, clock, MEMBER)
    (copy,) = (await handover.delivered(database, letter=letter.id, actor=ORGANISER)).copies
    await published(database, letter)
    found = await papers.finished(database, letter=letter.id)
    assert found.copy is not None
    assert found.copy.copy_sha256 == copy.copy_sha256
    made = page(paper_of_copy(found.letter, found.copy)).decode()
    assert "Update from the organisers, 4 May 2026" in made
    assert "ministry answers:<br>it will" in made


@pytest.mark.on_both
async def test_everyone_who_signed(database: Database, clock: Clock) -> None:
    """Each signer gets one message, except who withdrew, was removed, erased or asked for none."""
    stays, twice, left, erased, no_more, gone, removed = members(7)
    letter = await a_letter_to_lead(database)
    for one in (stays, twice, erased, no_more, gone):
        await signs(database, one, letter)
    await signs(database, twice, letter, for_organisation(twice, letter, "Web Group"))
    withdrawn = await signs(database, left, letter)
    await withdrawals.withdraw(
        database, endorsement=withdrawn.endorsement, actor=left, trigger=a_trigger()
    )
    barred = await signs(database, removed, letter)
    (party,) = [
        one["signatory"]
        for one in await rows(database, "endorsements")
        if one["id"] == barred.endorsement
    ]
    await removals.remove(
        database, signatory=party, actor=ORGANISER, why="Not theirs.", trigger=a_trigger()
    )
    await adds(database, letter, a_row(name="Ada King"))
    await reminders.stop(database, letter=letter.id, actor=no_more)
    await are_met(database, [gone], reachable=False)
    letter = await led_to(database, clock, letter, Phase.DELIVERED)
    await erasure.erase_person(database, workspace=WORKSPACE, person=erased.person)
    assert await updates.reach(database, letter=letter.id, actor=ORGANISER) == 2
    assert await published(database, letter, shows=False, tells=True) == 2
    assert await owed(database) == [stays.person.user, twice.person.user]
    assert (await the_letter(database, letter.id)).news == ""


async def test_when_it_is_sent(database: Database, clock: Clock) -> None:
    """Signers who left, were removed or want no more get none; the others, in their daytime."""
    stays, left, no_more, removed = members(4)
    letter = await delivered(database, clock, stays, left, no_more, removed)
    await are_met(database, [stays], tz="Pacific/Auckland")
    await published(database, letter, tells=True)
    due = {row["target"]: row["due_at"] for row in await rows(database, "outbox")}
    assert due[stays.person.user] == datetime(2026, 5, 4, 21, tzinfo=UTC)

    async def told(one: Actor, number: int = 1) -> Letter | NotNow | None:
        return await updates.told(database, letter=letter.id, number=number, person=one.person)

    assert isinstance(await told(stays), NotNow)
    for signed in await rows(database, "endorsements"):
        if signed["user"] == left.person.user:
            await withdrawals.withdraw(
                database, endorsement=signed["id"], actor=left, trigger=a_trigger()
            )
        if signed["user"] == removed.person.user:
            await removals.remove(
                database, signatory=signed["signatory"], actor=ORGANISER, why="Not theirs.",
                trigger=a_trigger(),
            )  # fmt: skip
    await reminders.stop(database, letter=letter.id, actor=no_more)
    clock.set(MONDAY + timedelta(hours=12))
    found = await told(stays)
    assert isinstance(found, Letter)
    assert found.told_words == WORDS
    assert WORDS in str(message(words("en"), found)[1][1]["text"]["text"])
    assert [await told(one) for one in (left, no_more, removed)] == [None] * 3
    await published(database, letter, "It is law now.", tells=True)
    assert await told(stays) is None, "the newer message says it"


async def test_twice_at_most(database: Database, clock: Clock) -> None:
    """Those who signed are told after the delivery and once more; the same click counts once."""
    letter = await an_open_letter(database)
    await refused(published(database, letter, tells=True), Reason.NOT_DELIVERED)
    letter = await delivered(database, clock, MEMBER)
    await refused(published(database, letter, " ", tells=True), Reason.EMPTY)
    await refused(published(database, letter, "x" * 601), Reason.TOO_LONG)
    await refused(published(database, letter, shows=False), Reason.EMPTY)
    for _ in range(2):
        told = updates.publish(
            database, letter=letter.id, actor=ORGANISER, words=WORDS, tells=1, trigger="a click"
        )
        assert await told == 1
    await updates.tell(database)
    assert await published(database, letter, tells=True) == 1
    assert len(await owed(database)) == 2
    await refused(published(database, letter, tells=True), Reason.TOLD_ALREADY)
    assert await updates.reach(database, letter=letter.id, actor=ORGANISER) == 0
    await refused(
        updates.publish(database, letter=letter.id, actor=MEMBER, words=WORDS, trigger=a_trigger()),
        Reason.NOT_ORGANISER,
    )


@pytest.mark.on_both
async def test_queued_in_portions(
    database: Database, clock: Clock, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Messages are queued a few at a time, each once, however often that is broken off."""
    signers = members(7)
    letter = await delivered(database, clock, *signers)
    monkeypatch.setattr(updates, "PORTION", 2)
    act: dict[str, Any] = {"letter": letter.id, "actor": ORGANISER, "words": WORDS}
    assert await updates.publish(database, **act, tells=7, trigger=a_trigger()) == 7
    assert await owed(database) == []
    for count in range(8):
        # Broken off at any point, also between two portions.
        worker = asyncio.create_task(updates.tell(database))
        while len(await owed(database)) < count and not worker.done():  # noqa: ASYNC110 - no event is set for it
            await asyncio.sleep(0)
        worker.cancel()
        with suppress(asyncio.CancelledError):
            await worker
    await updates.tell(database)
    assert await owed(database) == sorted(one.person.user for one in signers)
    assert (await the_letter(database, letter.id)).telling is None

    again: dict[str, Any] = {**act, "words": "It is law now."}
    await updates.publish(database, **again, tells=7, trigger=a_trigger())
    # Another process began with the earlier list, and what it did is lost.
    after, people = await updates._untold(database, letter=letter.id)
    await updates.tell(database)
    late: dict[str, Any] = {"letter": letter.id, "after": after, "people": people[2:4]}
    assert not await updates._queue(database, **late)
    assert (await the_letter(database, letter.id)).telling is None
    assert len(await owed(database)) == 14


@pytest.mark.on_both
async def test_never_sent_twice(database: Database, clock: Clock) -> None:
    """Whenever the process dies, each signer gets the message exactly once."""
    signers = members(5)
    letter = await delivered(database, clock, *signers)
    mailbox = Mailbox(database, clock.now)
    await send_due(database, mailbox)
    await published(database, letter, shows=False, tells=True)
    mailbox.fates = deque([Fate.KILLED_AFTER, None, Fate.LOST, Fate.KILLED_BEFORE, None])
    for _ in range(100):
        with suppress(Killed):
            await send_due(database, mailbox)
        if not set(await states(database)) & {"waiting", "claimed", "unknown"}:
            break
        clock.advance(timedelta(seconds=20))
    arrived = sorted(one.target for one in mailbox.of(NoticeKind.NEWS))
    assert arrived == sorted(one.person.user for one in signers)
    assert mailbox.looks
