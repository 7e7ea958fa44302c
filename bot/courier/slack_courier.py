"""Sending of notices to Slack: cards, direct messages, App Homes.

A notice is composed from current data when it is sent, not when it was queued. Each notice is one
call. Nothing is retried here: the outbox decides what happens next.
"""

from collections.abc import Awaitable
from datetime import timedelta
from inspect import isawaitable

from aiohttp import ClientConnectorError, ClientError
from slack_sdk.errors import SlackApiError, SlackClientError
from slack_sdk.web.async_slack_response import AsyncSlackResponse

from bot.letters.notices import TRAITS, NoticeKind, Way
from bot.letters.people import Actor, Membership, Person
from bot.letters.send_windows import NotNow
from bot.locales import Words, words
from bot.logs import name_of
from bot.outbox.courier import (
    Absent,
    CannotLook,
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
from bot.slack.block_kit import Message
from bot.slack.bot import Bot
from bot.slack.directory import Profile
from bot.slack.features import Envelope, Features, kind_of
from bot.slack.models.answers import History, Opened, SentMessage
from bot.slack.models.values import read
from bot.slack.topic_messages import blanked, newer
from bot.use_cases import addressees, direct_messages

EVENT_TYPE = "undersigned_notice"
"""The event type in the metadata of the bot's messages. In its payload, `key` is the notice's id
and `of` the notice's key, which stays the same if a restore makes the notice again."""

UNREACHABLE = timedelta(seconds=5)
"""Delay before the next try if no connection to Slack could be opened."""
CROWDED = timedelta(seconds=30)
"""Delay if Slack answers "too many requests" without a time."""
PAGES, PAGE = 5, 200
"""Pages of history, and messages per page, that are searched for a direct message."""
SKEW = timedelta(hours=1)
"""The most by which Slack's clock and the app's may differ."""

_TROUBLE = (SlackClientError, ClientError, TimeoutError, OSError)


class SlackCourier:
    """Courier of one workspace."""

    def __init__(self, bot: Bot, features: Features) -> None:
        self._bot = bot
        self._features = features

    async def send(self, notice: Owed) -> Outcome:
        """Read the notice's current content and make the one call that sends it."""
        match TRAITS[notice.kind].way:
            case Way.CARD:
                return await self._card(notice)
            case Way.HOME:
                return await self._home(notice)
            case Way.EDIT:
                return await self._edit(notice)
            case Way.MESSAGE:
                return await self._message(notice)
            case Way.MAIL:
                raise ValueError("a mail is not for Slack")

    async def _card(self, notice: Owed) -> Outcome:
        card = await self._features.cards[notice.kind](
            self._bot.database, notice.subject["posting"]
        )
        if card is None:
            return NotOwed()
        if card.message is not None:
            if card.message_ts is None:
                return await self._post(notice, card.channel, card.message, "message_ts")
            return await self._change(card.channel, card.message_ts, card.message, "message_ts")
        outcome: Outcome = Sent()
        if card.message_ts is not None:
            outcome = await self._delete(card.channel, card.message_ts)
        return Sent(reference={"message_ts": None}) if isinstance(outcome, Sent) else outcome

    async def _delete(self, channel: str, ts: str) -> Outcome:
        outcome = await _made(self._bot.client.chat_delete(channel=channel, ts=ts))
        was_gone = isinstance(outcome, Refused) and outcome.error == "message_not_found"
        return Sent() if was_gone else outcome

    async def _message(self, notice: Owed) -> Outcome:
        person = Person.parse(notice.subject["person"])
        telling = self._features.messages[kind_of(notice.kind, notice.subject)]
        envelope = Envelope(database=self._bot.database, person=person, subject=notice.subject)
        found = await telling.read(envelope)
        if found is None:
            return NotOwed()
        if isinstance(found, NotNow):
            return Wait(until=found.until)
        t = await self._words(person)
        if isinstance(t, Later):
            return t
        written = telling.write(t, found)
        message = await written if isawaitable(written) else written
        return await self._post(notice, notice.target, message, "ts")

    async def _edit(self, notice: Owed) -> Outcome:
        if notice.kind is NoticeKind.BLANKED:
            place, message = notice.subject, blanked(words(notice.subject["language"]))
            return await self._change(place["channel"], place["ts"], message, "")
        database, person = self._bot.database, Person.parse(notice.subject["person"])
        sent = await direct_messages.find(database, subject=notice.subject)
        if sent is None:
            return NotOwed()
        if sent.replaced:
            return await self._replace(sent.channel, sent.ts, person)
        edit = self._features.edits.get(kind_of(sent.kind, sent.subject))
        envelope = Envelope(database=database, person=person, subject=sent.subject)
        found = await edit.read(envelope) if edit is not None else None
        if edit is None or found is None:
            return NotOwed()
        t = await self._words(person)
        if isinstance(t, Later):
            return t
        written = edit.write(t, found)
        edited = await written if isawaitable(written) else written
        if edited is None:
            return NotOwed()
        outcome = await self._change(sent.channel, sent.ts, edited.message, "ts")
        if not isinstance(outcome, Sent):
            return outcome
        return Sent(reference={**outcome.reference, "last": edited.last})

    async def _replace(self, channel: str, ts: str, person: Person) -> Outcome:
        """Delete a message that a newer one replaced; if Slack refuses, take its buttons away."""
        outcome = await self._delete(channel, ts)
        if isinstance(outcome, Refused):
            t = await self._words(person)
            if isinstance(t, Later):
                return t
            outcome = await self._change(channel, ts, newer(t), "")
        return Sent(reference={"last": True}) if isinstance(outcome, Sent) else outcome

    async def _home(self, notice: Owed) -> Outcome:
        profile = await self._profile(notice.target)
        if isinstance(profile, Later):
            return profile
        person = Person.parse(notice.subject["person"]) if profile is None else profile.person
        membership = Membership.GUEST if profile is None else profile.membership
        actor = Actor(workspace=self._bot.workspace, person=person, membership=membership)
        draw = self._features.homes[notice.kind]
        view = await draw(self._bot.database, actor, words(_locale(profile)))
        return await _made(self._bot.client.views_publish(user_id=notice.target, view=view))

    async def _words(self, person: Person) -> Words | Later:
        # Slack allows about a hundred profiles a minute, and clicks need those calls.
        known = await addressees.language(
            self._bot.database, workspace=self._bot.workspace, person=person
        )
        if known is not None:
            return words(known)
        profile = await self._profile(person.user)
        return profile if isinstance(profile, Later) else words(_locale(profile))

    async def _profile(self, user: str) -> Profile | Later | None:
        try:
            return await self._bot.directory.profile(user)
        except _TROUBLE as error:
            outcome = _judged(error)
            after = outcome.retry_after if isinstance(outcome, Later) else CROWDED
            # The prefix distinguishes this from a rate limit on posting messages.
            return Later(retry_after=after, error=f"users.info: {outcome.error}")

    async def _post(self, notice: Owed, channel: str, message: Message, name: str) -> Outcome:
        text, blocks = message
        payload = {"key": notice.id, "of": notice.key}
        call = self._bot.client.chat_postMessage(
            channel=channel,
            text=text,
            blocks=blocks,
            unfurl_links=False,
            unfurl_media=False,
            metadata={"event_type": EVENT_TYPE, "event_payload": payload},
        )
        return await _made(call, name)

    async def _change(self, channel: str, ts: str, message: Message, name: str) -> Outcome:
        text, blocks = message
        call = self._bot.client.chat_update(channel=channel, ts=ts, text=text, blocks=blocks)
        return await _made(call, name)

    async def look(self, notice: Owed) -> Looked:
        """Search the bot's own direct messages with the target for a notice, newest first."""
        client = self._bot.client
        past = [at for at in (notice.since, notice.forgotten_since) if at is not None]
        oldest = str((min(past) - SKEW).timestamp()) if past else None
        try:
            channel = notice.reference.get("channel")
            if not channel:
                channel = read(Opened, await client.conversations_open(users=notice.target)).channel
            cursor = ""
            for _ in range(PAGES):
                answer = await client.conversations_history(
                    channel=channel,
                    oldest=oldest,
                    limit=PAGE,
                    include_all_metadata=True,
                    cursor=cursor,
                )
                page = read(History, answer)
                for message in page.messages or ():
                    again = notice.forgotten_since is not None and message.of == notice.key
                    if again or message.key == notice.id:
                        return Sent(reference={"channel": channel, "ts": message.ts})
                cursor = page.cursor or ""
                if not cursor:
                    return Absent()
        except (*_TROUBLE, ValueError) as error:
            outcome = _judged(error)
            after = outcome.retry_after if isinstance(outcome, Later) else None
            return CannotLook(error=outcome.error, retry_after=after)
        return CannotLook(error="long_history")


def _locale(profile: Profile | None) -> str:
    return "en" if profile is None else profile.locale


async def _made(call: Awaitable[AsyncSlackResponse], name: str = "") -> Outcome:
    """Make a call. `name` is the reference's key for the message's `ts`; "" stores none."""
    try:
        answer = await call
        if not name:
            return Sent()
        sent = read(SentMessage, answer)
    except (*_TROUBLE, ValueError) as error:
        # An unreadable answer leaves open whether the call succeeded.
        return _judged(error)
    return Sent(reference={name: sent.ts, "channel": sent.channel})


def _judged(error: Exception) -> Later | Unknown | Refused:
    if isinstance(error, ClientConnectorError):
        return Later(retry_after=UNREACHABLE, error="unreachable")
    if not isinstance(error, SlackApiError):
        return Unknown(error=name_of(error))
    told = said(error)
    if told.crowded:
        return Later(retry_after=told.retry_after or CROWDED)
    if told.status >= 500 or not told.name:
        return Unknown(error=f"http_{told.status}")
    return Refused(error=told.name)
