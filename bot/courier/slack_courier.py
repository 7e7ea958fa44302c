"""Carries to Slack what is owed: cards, receipts, reminders, words, App Homes.

What a notice is about is read when it goes, never when it was owed. One call is made for it and
nothing is tried again here: `delivery` decides what follows from the answer.
"""

from collections.abc import Awaitable
from datetime import timedelta
from typing import Any

from aiohttp import ClientConnectorError, ClientError
from slack_sdk.errors import SlackApiError, SlackClientError

from bot.courier import messages
from bot.features.amendments.slack import messages as amendment_messages
from bot.features.amendments.use_cases import texts
from bot.features.cards import use_cases as posting
from bot.features.cards.slack import card
from bot.features.cards.use_cases import Card, PostingState
from bot.features.corrections import use_cases as corrections
from bot.features.corrections.slack import views as correcting_views
from bot.features.desk.slack.home_view import home
from bot.features.drafts.use_cases import first_signers
from bot.features.invitations.slack import messages as ask_messages
from bot.features.invitations.use_cases import answers
from bot.features.lifecycle import use_cases as lifecycle
from bot.features.reading.use_cases import pages
from bot.features.reminders.use_cases import reminders
from bot.features.signing.slack import messages as signer_messages
from bot.features.signing.use_cases import own_signature
from bot.letters.notices import NoticeKind
from bot.letters.people import Actor, Membership, Person
from bot.locales import Words, words
from bot.outbox.courier import (
    Absent,
    CannotLook,
    Found,
    Later,
    Looked,
    NotOwed,
    Outcome,
    Owed,
    Refused,
    Sent,
    Unknown,
    Wait,
)
from bot.slack.api_errors import said
from bot.slack.bot import Bot
from bot.slack.directory import Profile
from bot.use_cases import people

EVENT_TYPE = "undersigned_notice"
"""The event type in the metadata of the bot's messages. The payload's `key` is the notice's id,
and `of` the notice's key, which the same notice has again after a restore."""

UNREACHABLE = timedelta(seconds=5)
"""Delay before the next try where Slack did not even take the connection."""
CROWDED = timedelta(seconds=30)
"""Delay where Slack says "too many" without saying for how long."""
PAGES, PAGE = 5, 200
"""Pages of history, and messages a page, that are searched for a direct message."""
SKEW = timedelta(hours=1)
"""By how much Slack's clock and ours may differ, at the very most."""

_TROUBLE = (SlackClientError, ClientError, TimeoutError, OSError)


class SlackCourier:
    """A courier for one workspace."""

    def __init__(self, bot: Bot) -> None:
        self._bot = bot

    async def send(self, notice: Owed) -> Outcome:
        """Read what is owed as it is now and make the one call for it."""
        match notice.kind:
            case NoticeKind.CARD:
                return await self._card(notice)
            case NoticeKind.RECEIPT:
                return await self._receipt(notice)
            case NoticeKind.REMINDER:
                return await self._reminder(notice)
            case NoticeKind.WORD:
                return await self._word(notice)
            case NoticeKind.SIGNER:
                return await self._signer(notice)
            case NoticeKind.FOUNDER:
                return await self._founder(notice)
            case NoticeKind.ASK:
                return await self._ask(notice)
            case NoticeKind.HOME:
                return await self._home(notice)

    async def _card(self, notice: Owed) -> Outcome:
        found = await posting.card(self._bot.database, posting=notice.subject["posting"])
        if found is None:
            return NotOwed()
        place = found.posting
        match place.state:
            case PostingState.LEAVING if place.message_ts is not None:
                return await self._delete(place.channel, place.message_ts)
            case PostingState.LEAVING:
                return Sent(reference={"message_ts": None})
            case PostingState.UP if place.message_ts is not None:
                return await self._update(found, place.message_ts)
            case PostingState.WAITING:
                return await self._first(notice, found)
            case _:
                return NotOwed()

    async def _first(self, notice: Owed, found: Card) -> Outcome:
        text, blocks = card.card(words("en"), found.letter, found.posting.id, found.phase)
        call = self._bot.client.chat_postMessage(
            channel=found.posting.channel,
            text=text,
            blocks=blocks,
            unfurl_links=False,
            unfurl_media=False,
            metadata=_metadata(notice),
        )
        return await _made(call, "message_ts")

    async def _update(self, found: Card, message_ts: str) -> Outcome:
        text, blocks = card.card(words("en"), found.letter, found.posting.id, found.phase)
        call = self._bot.client.chat_update(
            channel=found.posting.channel, ts=message_ts, text=text, blocks=blocks
        )
        return await _made(call, "message_ts")

    async def _delete(self, channel: str, message_ts: str) -> Outcome:
        outcome = await _made(
            self._bot.client.chat_delete(channel=channel, ts=message_ts), "message_ts"
        )
        gone = isinstance(outcome, Refused) and outcome.error == "message_not_found"
        return (
            Sent(reference={"message_ts": None}) if gone or isinstance(outcome, Sent) else outcome
        )

    async def _receipt(self, notice: Owed) -> Outcome:
        found = await own_signature.receipt(
            self._bot.database, endorsement=notice.subject["endorsement"]
        )
        if found is None:
            return NotOwed()
        letter, endorsement, party = found
        if endorsement.person is None:
            return NotOwed()
        t = await self._words(endorsement.person)
        if isinstance(t, Later):
            return t
        return await self._tell(notice, messages.receipt(t, letter, endorsement, party))

    async def _reminder(self, notice: Owed) -> Outcome:
        subject, person = notice.subject, Person.parse(notice.subject["person"])
        found = await reminders.due_now(
            self._bot.database, letter=subject["letter"], person=person, step=subject["step"]
        )
        if found is None:
            return NotOwed()
        if isinstance(found, reminders.NotNow):
            return Wait(until=found.until)
        t = await self._words(person)
        if isinstance(t, Later):
            return t
        asked = await answers.to_remind(self._bot.database, letter=subject["letter"], person=person)
        said = messages.reminder(t, found) if asked is None else ask_messages.reminded(t, asked)
        return await self._tell(notice, said)

    async def _ask(self, notice: Owed) -> Outcome:
        person = Person.parse(notice.subject["person"])
        found = await answers.first(
            self._bot.database, letter=notice.subject["letter"], person=person
        )
        if found is None:
            return NotOwed()
        t = await self._words(person)
        if isinstance(t, Later):
            return t
        return await self._tell(notice, ask_messages.asked(t, found))

    async def _word(self, notice: Owed) -> Outcome:
        subject, person = notice.subject, Person.parse(notice.subject["person"])
        letter = await lifecycle.told_of(
            self._bot.database, letter=subject["letter"], person=person, about=subject["about"]
        )
        if letter is None:
            return NotOwed()
        t = await self._words(person)
        if isinstance(t, Later):
            return t
        said = messages.word(t, subject["about"], letter, subject["facts"])
        return await self._tell(notice, said)

    async def _signer(self, notice: Owed) -> Outcome:
        subject, person = notice.subject, Person.parse(notice.subject["person"])
        if subject["about"] in amendment_messages.ABOUTS:
            return await self._amendment(notice, person)
        if subject["about"] in correcting_views.ABOUTS:
            return await self._correction(notice, person)
        found = await own_signature.told_of(
            self._bot.database, endorsement=subject["endorsement"], person=person
        )
        if found is None:
            return NotOwed()
        t = await self._words(person)
        if isinstance(t, Later):
            return t
        said = signer_messages.signer_word(t, subject["about"], *found, subject["facts"])
        return await self._tell(notice, said)

    async def _amendment(self, notice: Owed, person: Person) -> Outcome:
        subject = notice.subject
        again = subject["about"] == amendment_messages.AGAIN
        story = texts.to_remind if again else texts.to_tell
        change = await story(
            self._bot.database,
            endorsement=subject["endorsement"],
            person=person,
            amendment=subject["facts"]["amendment"],
        )
        if change is None:
            return NotOwed()
        if isinstance(change, reminders.NotNow):
            return Wait(until=change.until)
        t = await self._words(person)
        if isinstance(t, Later):
            return t
        return await self._tell(notice, await amendment_messages.message(t, change, again=again))

    async def _correction(self, notice: Owed, person: Person) -> Outcome:
        found = await corrections.asked(
            self._bot.database,
            correction=notice.subject["facts"]["correction"],
            person=person,
        )
        if found is None:
            return NotOwed()
        t = await self._words(person)
        if isinstance(t, Later):
            return t
        return await self._tell(notice, correcting_views.message(t, *found))

    async def _founder(self, notice: Owed) -> Outcome:
        person = Person.parse(notice.subject["person"])
        letter = await first_signers.invited(
            self._bot.database, letter=notice.subject["letter"], person=person
        )
        if letter is None:
            return NotOwed()
        t = await self._words(person)
        if isinstance(t, Later):
            return t
        return await self._tell(notice, signer_messages.founder(t, letter))

    async def _home(self, notice: Owed) -> Outcome:
        profile = await self._profile(notice.target)
        if isinstance(profile, Later):
            return profile
        workspace = self._bot.workspace
        person = Person.parse(notice.subject["person"]) if profile is None else profile.person
        membership = Membership.GUEST if profile is None else profile.membership
        actor = Actor(workspace=workspace, person=person, membership=membership)
        page = await pages.home(self._bot.database, actor=actor)
        view = home(words(_locale(profile)), page)
        return await _made(self._bot.client.views_publish(user_id=notice.target, view=view))

    async def _words(self, person: Person) -> Words | Later:
        """The reader's words; `Later` where Slack does not say now which they are."""
        # A hundred people a minute is all that Slack tells about one by one, and clicks need them.
        known = await people.language(
            self._bot.database, workspace=self._bot.workspace, person=person
        )
        if known is not None:
            return words(known)
        profile = await self._profile(person.user)
        return profile if isinstance(profile, Later) else words(_locale(profile))

    async def _profile(self, user: str) -> Profile | Later | None:
        """Return the recipient's profile, or `Later` where Slack can't say now."""
        try:
            return await self._bot.directory.profile(user)
        except _TROUBLE as error:
            outcome = _judged(error)
            after = outcome.retry_after if isinstance(outcome, Later) else CROWDED
            # Named apart: it is not the posting of messages that is crowded.
            return Later(retry_after=after, error=f"users.info: {outcome.error}")

    async def _tell(self, notice: Owed, message: messages.Message) -> Outcome:
        text, blocks = message
        call = self._bot.client.chat_postMessage(
            channel=notice.target,
            text=text,
            blocks=blocks,
            unfurl_links=False,
            unfurl_media=False,
            metadata=_metadata(notice),
        )
        return await _made(call, "ts")

    async def look(self, notice: Owed) -> Looked:
        """Look for a notice in the bot's own direct messages with its target, newest first."""
        client = self._bot.client
        past = [at for at in (notice.since, notice.forgotten_since) if at is not None]
        oldest = str((min(past) - SKEW).timestamp()) if past else None
        try:
            channel = notice.reference.get("channel")
            if not channel:
                opened = await client.conversations_open(users=notice.target)
                channel = str((opened.get("channel") or {})["id"])
            cursor = ""
            for _ in range(PAGES):
                page = await client.conversations_history(
                    channel=channel,
                    oldest=oldest,
                    limit=PAGE,
                    include_all_metadata=True,
                    cursor=cursor,
                )
                for message in page.get("messages") or []:
                    if _is_of(message, notice):
                        return Found(reference={"channel": channel, "ts": str(message["ts"])})
                cursor = (page.get("response_metadata") or {}).get("next_cursor") or ""
                if not cursor:
                    return Absent()
        except _TROUBLE as error:
            outcome = _judged(error)
            after = outcome.retry_after if isinstance(outcome, Later) else None
            return CannotLook(error=outcome.error, retry_after=after)
        return CannotLook(error="long_history")


def _metadata(notice: Owed) -> dict[str, Any]:
    return {"event_type": EVENT_TYPE, "event_payload": {"key": notice.id, "of": notice.key}}


def _is_of(message: dict[str, Any], notice: Owed) -> bool:
    said = (message.get("metadata") or {}).get("event_payload") or {}
    if said.get("key") == notice.id:
        return True
    return notice.forgotten_since is not None and said.get("of") == notice.key


def _locale(profile: Profile | None) -> str:
    return "en" if profile is None else profile.locale


async def _made(call: Awaitable[Any], name: str = "") -> Outcome:
    """The outcome of a call; `name` is what the message's `ts` is called in the reference."""
    try:
        answer = await call
    except _TROUBLE as error:
        return _judged(error)
    if not name:
        return Sent()
    return Sent(reference={name: str(answer.get("ts")), "channel": str(answer.get("channel"))})


def _judged(error: Exception) -> Later | Unknown | Refused:
    """Return what a failed call says about whether Slack did the thing."""
    if isinstance(error, ClientConnectorError):
        return Later(retry_after=UNREACHABLE, error="unreachable")
    if not isinstance(error, SlackApiError):
        return Unknown(error=type(error).__name__)
    told = said(error)
    if told.crowded:
        return Later(retry_after=told.retry_after or CROWDED)
    if told.status >= 500 or not told.name:
        return Unknown(error=f"http_{told.status}")
    return Refused(error=told.name)
