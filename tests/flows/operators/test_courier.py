"""The outcomes that the courier brings back from Slack, for every way in which a call can go."""

from collections.abc import AsyncIterator
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from bot.courier.slack_courier import SlackCourier
from bot.features.cards import use_cases as cards
from bot.features.drafts.use_cases import drafts
from bot.features.lifecycle import use_cases as lifecycle
from bot.features.reminders.use_cases import reminders
from bot.features.reminders.use_cases.reminders import When
from bot.letters.draft import Draft
from bot.letters.letter import PostingState
from bot.letters.notices import LetterTopic, NoticeKind
from bot.letters.people import Actor, Membership, Person
from bot.outbox.courier import (
    Absent,
    CannotLook,
    Later,
    NotOwed,
    Outcome,
    Owed,
    Refused,
    Sent,
    Unknown,
    Wait,
)
from bot.outbox.dispatch import send_due
from bot.use_cases import gate, letter_lookup, membership
from bot.wiring import Process, connected
from tests.flows.conftest import RunningBot
from tests.support.letters import rows, signs

TEAM = "T0COALITION"
ORGANISER = Actor(workspace=TEAM, person=Person(TEAM, "U0ORGANISER"), membership=Membership.MEMBER)
CHANNEL = "C0OPENINTERNET"


class Desk:
    """A process without its worker, its courier, and a letter whose card is owed."""

    def __init__(self, bot: RunningBot, process: Process) -> None:
        self.simulator = bot.simulator
        self.bot = bot
        self.process = process
        self.database = process.database
        self.courier = SlackCourier(process.bot, process.features)
        self.letter = 0
        self.posting = ""

    async def opened(self) -> None:
        """A letter is posted; nobody delivers its card."""
        draft = Draft(
            title="One Internet",
            summary="Please sign.",
            body="We ask for one Internet.",
            deadline=self.bot.now + timedelta(days=14),
        )
        self.letter = await drafts.create(
            self.database, actor=ORGANISER, draft=draft, trigger="new"
        )
        await cards.post(
            self.database,
            letter=self.letter,
            actor=ORGANISER,
            channels=[CHANNEL],
            public=[CHANNEL],
            trigger="p",
        )
        self.posting = (await cards.cards(self.database, letter=self.letter))[0].id

    def card(self) -> Owed:
        """The notice of the card."""
        return owed(NoticeKind.CARD, CHANNEL, posting=self.posting)

    def word(
        self, user: str = "U0ORGANISER", about: LetterTopic = LetterTopic.MADE_ORGANISER
    ) -> Owed:
        """The notice of a word to an organiser."""
        return owed(
            NoticeKind.WORD,
            user,
            about=about,
            letter=self.letter,
            person=f"{TEAM}:{user}",
            facts={},
        )

    async def up(self, message_ts: str) -> None:
        """The card is known to be where it is."""
        await gate.adopt_card(
            self.database,
            workspace=TEAM,
            posting=self.posting,
            channel=CHANNEL,
            message_ts=message_ts,
        )

    async def fault(self, method: str, kind: str, **more: Any) -> None:
        """Make calls of that method go wrong from now on."""
        await self.simulator.faults({"method": method, "kind": kind, **more})


def owed(kind: NoticeKind, target: str, **subject: Any) -> Owed:
    """A claimed notice."""
    return Owed(
        id="0" * 31 + "7",
        key=f"{kind}:{target}",
        workspace=TEAM,
        kind=kind,
        target=target,
        subject=subject,
        attempts=0,
        since=None,
        doubtful=False,
        reference={},
    )


@pytest.fixture(name="desk")
async def _desk(stopped_bot: RunningBot) -> AsyncIterator[Desk]:
    async with connected(stopped_bot.settings, clock=lambda: stopped_bot.now) as process:
        desk = Desk(stopped_bot, process)
        await desk.opened()
        yield desk


def place(outcome: Outcome) -> str:
    """Return where a card is now."""
    assert isinstance(outcome, Sent)
    return outcome.reference["message_ts"]


async def test_card(desk: Desk) -> None:
    """A card is posted once, then changed in place, then deleted; its key goes with it."""
    ts = place(await desk.courier.send(desk.card()))
    (call,) = await desk.simulator.calls("chat.postMessage")
    await desk.up(ts)

    assert place(await desk.courier.send(desk.card())) == ts
    await cards.take_down(desk.database, letter=desk.letter, actor=ORGANISER, posting=desk.posting)
    gone = await desk.courier.send(desk.card())

    assert "0" * 31 + "7" in str(call["args"]["metadata"])
    assert len(await desk.simulator.calls("chat.update")) == 1
    assert len(await desk.simulator.calls("chat.delete")) == 1
    assert gone == Sent(reference={"message_ts": None})


async def test_count_of_now(desk: Desk) -> None:
    """A card shows the count of the moment when it goes, however many signed since it was owed."""
    await send_due(desk.database, desk.courier)
    letter = (await letter_lookup.whole(desk.database, letter=desk.letter, actor=ORGANISER)).letter
    for user in ("U0MEMBER1", "U0MEMBER2", "U0MEMBER3"):
        signer = replace(ORGANISER, person=Person(TEAM, user))
        await signs(desk.database, signer, letter)

    await send_due(desk.database, desk.courier)

    (call,) = await desk.simulator.calls("chat.update")
    assert "3 signatures" in str(call["args"]["blocks"])
    assert "3 signatures" in call["args"]["text"]


async def test_card_that_is_gone_already(desk: Desk) -> None:
    """Taking down a card that somebody deleted by hand is done."""
    await desk.up("1772532000.000100")
    await cards.take_down(desk.database, letter=desk.letter, actor=ORGANISER, posting=desk.posting)

    assert await desk.courier.send(desk.card()) == Sent(reference={"message_ts": None})


async def test_phase_of_now(desk: Desk) -> None:
    """A card shows the phase that holds when it goes, not the one when it was owed."""
    await desk.bot.after(timedelta(days=15))

    await desk.courier.send(desk.card())

    (call,) = await desk.simulator.calls("chat.postMessage")
    assert "Closed " in str(call["args"]["blocks"])


async def test_not_owed(desk: Desk) -> None:
    """A word to a former organiser or about what is over, and a card that is down, aren't owed."""
    await cards.take_down(desk.database, letter=desk.letter, actor=ORGANISER, posting=desk.posting)
    taken_down = await desk.courier.send(desk.card())
    states = [one.state for one in await cards.cards(desk.database, letter=desk.letter)]

    assert states == [PostingState.LEAVING]
    assert taken_down == Sent(reference={"message_ts": None})
    assert await desk.courier.send(desk.word("U0MEMBER1")) == NotOwed()
    # The letter is open, as it is again once it was reopened.
    assert await desk.courier.send(desk.word(about=LetterTopic.CLOSED)) == NotOwed()
    missing = owed(NoticeKind.RECEIPT, "U0MEMBER1", letter=9, person=f"{TEAM}:U0MEMBER1")
    assert await desk.courier.send(missing) == NotOwed()
    assert len(await desk.simulator.calls("chat.postMessage")) == 0


async def a_reminder(desk: Desk, user: str, when: When) -> Owed:
    """The notice of a reminder that the organiser asked for."""
    profile = await desk.process.bot.directory.profile(user)
    assert profile is not None
    await membership.meet(desk.database, workspace=TEAM, people=[profile.acquaintance])
    await reminders.remind(
        desk.database,
        letter=desk.letter,
        actor=ORGANISER,
        when=when,
        named=[profile.person],
        trigger="r",
    )
    (planned,) = await rows(desk.database, "reminders")
    return owed(
        NoticeKind.REMINDER,
        user,
        letter=desk.letter,
        person=str(profile.person),
        step=planned["step"],
    )


async def test_reminder_waits(desk: Desk) -> None:
    """A reminder outside of the person's daytime waits until that begins."""
    notice = await a_reminder(desk, "U0MEMBER4", When.IN_DAYTIME)

    outcome = await desk.courier.send(notice)

    assert outcome == Wait(until=datetime(2026, 3, 3, 20, tzinfo=UTC))
    await desk.bot.after(timedelta(hours=10))
    assert isinstance(await desk.courier.send(notice), Sent)
    await lifecycle.close(desk.database, letter=desk.letter, actor=ORGANISER)
    assert await desk.courier.send(notice) == NotOwed()


FAILURES: list[tuple[str, dict[str, Any], Outcome]] = [
    ("429", {"retry_after": 17}, Later(retry_after=timedelta(seconds=17))),
    ("reset", {}, Unknown(error="ServerDisconnectedError")),
    ("500", {}, Unknown(error="http_500")),
    ("html", {}, Unknown(error="http_200")),
    ("not_in_channel", {}, Refused(error="not_in_channel")),
    ("internal_error", {}, Refused(error="internal_error")),
    ("rate_limited", {}, Later(retry_after=timedelta(seconds=30))),
]


@pytest.mark.parametrize(("kind", "more", "expected"), FAILURES, ids=[one[0] for one in FAILURES])
async def test_how_calls_fail(
    desk: Desk, kind: str, more: dict[str, Any], expected: Outcome
) -> None:
    """Each way in which a call fails is told apart: surely not done, refused, or unknown."""
    await desk.fault("chat.postMessage", kind, **more)

    outcome = await desk.courier.send(desk.card())

    if isinstance(expected, Unknown):
        assert isinstance(outcome, Unknown), outcome
    else:
        assert outcome == expected
    assert len(await desk.simulator.calls("chat.postMessage")) == 1


async def test_unreachable(desk: Desk) -> None:
    """A refused connection to Slack means that surely nothing was sent."""
    desk.process.bot.client.base_url = "http://127.0.0.1:9/api/"

    outcome = await desk.courier.send(desk.card())

    assert isinstance(outcome, Later)
    assert outcome.error == "unreachable"


async def test_language_unknown(desk: Desk) -> None:
    """As long as Slack does not say who somebody is, nothing is sent."""
    await desk.fault("users.info", "429", retry_after=9)

    outcome = await desk.courier.send(desk.word())

    assert outcome == Later(retry_after=timedelta(seconds=9), error="users.info: ratelimited")
    assert await desk.simulator.calls("chat.postMessage") == []


async def test_own_language(desk: Desk) -> None:
    """Dates in a message are in the language of its sentences, which is English so far."""
    await desk.simulator.change_person("U0MEMBER1", locale="de-DE")
    await desk.courier.send(await a_reminder(desk, "U0MEMBER1", When.NOW))
    await desk.courier.send(desk.card())
    reminder, card = await desk.simulator.calls("chat.postMessage")

    assert "17 Mar 2026" in str(reminder["args"])
    assert "Mar 17, 2026" in str(card["args"])


async def test_sent_before_a_return(desk: Desk) -> None:
    """A message sent after the copy that was restored is found by what it is about."""
    await desk.courier.send(desk.word())
    again = replace(desk.word(), id="f" * 32, doubtful=True)

    assert await desk.courier.look(again) == Absent()
    again = replace(again, forgotten_since=desk.bot.now)
    assert isinstance(await desk.courier.look(again), Sent)
    assert await desk.courier.look(replace(again, key="another")) == Absent()


async def test_long_history(desk: Desk) -> None:
    """In a conversation longer than is read, nobody says that the message is absent."""
    lost = replace(desk.word(), id="f" * 32)
    for number in range(1001):
        await desk.courier.send(replace(lost, id=f"{number:032}"))

    assert await desk.courier.look(lost) == CannotLook(error="long_history")


async def test_known_reader(desk: Desk) -> None:
    """A known person is not looked up before a reminder, even by a new process."""
    await desk.simulator.change_person("U0MEMBER1", locale="de-DE")
    notice = await a_reminder(desk, "U0MEMBER1", When.NOW)
    asked = len(await desk.simulator.calls("users.info"))
    async with connected(desk.bot.settings, clock=lambda: desk.bot.now) as fresh:
        assert isinstance(await SlackCourier(fresh.bot, fresh.features).send(notice), Sent)

    (reminder,) = await desk.simulator.calls("chat.postMessage")
    assert "17 Mar 2026" in str(reminder["args"])
    assert len(await desk.simulator.calls("users.info")) == asked


async def test_look(desk: Desk) -> None:
    """A message that reached Slack is found by its key among many others; any other is absent."""
    notice = desk.word()
    assert await desk.courier.look(notice) == Absent()
    sent = await desk.courier.send(notice)
    for number in range(100, 310):
        other = replace(notice, id=f"{number:032}")
        assert isinstance(await desk.courier.send(other), Sent)

    found = await desk.courier.look(notice)

    assert isinstance(sent, Sent)
    assert isinstance(found, Sent)
    assert found.reference["ts"] == sent.reference["ts"]
    later = replace(notice, since=desk.bot.now + timedelta(hours=2))
    assert await desk.courier.look(later) == Absent()


@pytest.mark.parametrize(
    ("kind", "expected"),
    [
        ("missing_scope", CannotLook(error="missing_scope")),
        ("429", CannotLook(error="ratelimited", retry_after=timedelta(seconds=1))),
        ("500", CannotLook(error="http_500")),
    ],
)
async def test_cannot_look(desk: Desk, kind: str, expected: CannotLook) -> None:
    """A conversation that Slack does not show gives its own name for why."""
    await desk.courier.send(desk.word())
    await desk.fault("conversations.history", kind)

    assert await desk.courier.look(desk.word()) == expected
