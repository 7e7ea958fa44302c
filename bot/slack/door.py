"""The single entrance of Slack's payloads.

One Bolt middleware handles every payload, as Bolt's own assistant does. It parses a payload into a
small frozen value, calls the handler registered for its id, and acknowledges with the handler's
answer. Handlers commit before they answer. A `Refused` is shown here as a sentence, next to its
form field; any other error is logged by its type and reported to the person as our fault, and its
transaction is rolled back.
"""

from collections.abc import Awaitable, Callable
from contextlib import suppress
from typing import Any

import orjson
import structlog
from slack_bolt.async_app import AsyncBoltRequest
from slack_bolt.middleware.async_middleware import AsyncMiddleware
from slack_bolt.response import BoltResponse
from slack_sdk.errors import SlackApiError

from bot.letters.people import Actor, Membership, Person
from bot.letters.refusals import Refused
from bot.locales import Words, words
from bot.logs import Trouble, answering, click_key, name_of
from bot.slack.api_errors import UNREACHABLE, said
from bot.slack.bot import Bot
from bot.slack.features import Features
from bot.slack.models.shapes import (
    BlockActions,
    EventCallback,
    Memory,
    OpenView,
    Payload,
    ShortcutUse,
    SlashCommand,
    ViewClosed,
    ViewSubmission,
)
from bot.slack.payloads import (
    UNREADABLE,
    Answer,
    Caller,
    Click,
    Command,
    Event,
    Reply,
    Shortcut,
    Submission,
    field_errors,
    following,
    update,
)
from bot.slack.refusal_words import busy, notice_view, sentence, trouble, unmarked, unsure
from bot.slack.text.escaping import escape
from bot.slack.windows import SAID, Place
from bot.use_cases import InDoubt

log = structlog.get_logger()

NOTHING: Answer = {}
"""An acknowledgement without content."""


class Door(AsyncMiddleware):
    """Handlers by the id in Slack's payload, as a middleware for `AsyncApp.use`.

    Bolt's listeners would try their matchers in turn and build every argument that any listener may
    need: 45 µs of the 60 that Bolt takes for a click (docs/performance.md).
    """

    def __init__(self, bot: Bot, features: Features) -> None:
        self.bot = bot
        self._features = features
        self._strangers = Trouble("slack.another_workspace", "slack.own_workspace")
        self._redraws: dict[str, object] = {}
        """The latest redraw of each window that is running, by the window's id."""
        self._ways: dict[str, tuple[type[Payload], Callable[[Any], Awaitable[Answer]]]] = {
            "command": (SlashCommand, self._take_command),
            "block_actions": (BlockActions, self._take_click),
            "view_submission": (ViewSubmission, self._take_submission),
            "view_closed": (ViewClosed, self._take_closing),
            "shortcut": (ShortcutUse, self._take_shortcut),
            "message_action": (ShortcutUse, self._take_shortcut),
            "event_callback": (EventCallback, self._take_event),
        }

    async def async_process(
        self,
        *,
        req: AsyncBoltRequest,
        resp: BoltResponse,
        next: Callable[[], Awaitable[BoltResponse]],  # noqa: A002 - the name is Bolt's
    ) -> BoltResponse | None:
        """Answer a payload from Bolt; leave unknown types to Bolt's own answer."""
        del resp
        kind = "command" if "command" in req.body else str(req.body.get("type"))
        way = self._ways.get(kind)
        if way is None:
            return await next()
        try:
            shape, take = way
            payload = shape.model_validate(req.body)
            # Free the raw payload, because a hundred that wait for one commit would fill every
            # cache.
            req.body.clear()
            if payload.workspace != self.bot.workspace:
                self._strangers.came("another_workspace", kind=kind)
                return BoltResponse(status=400)
            with answering(click_key(payload.trigger) if payload.trigger else ""):
                answer = await take(payload)
            return BoltResponse(status=200, body=orjson.dumps(answer).decode() if answer else "")
        except Exception as error:  # noqa: BLE001 - no code further out could answer it
            return await failed(error)

    async def _take_command(self, typed: SlashCommand) -> Answer:
        caller = await self._caller(typed.user_id, typed.workspace)
        command = Command.read(self.bot, caller, typed)
        # An unknown word is the person's own text, which must not be logged.
        known = command.word if command.word in self._features.commands else "?"
        try:
            reply = await self._features.run_command(command)
        except Exception as error:  # noqa: BLE001 - no code further out could tell the person
            reply = Reply(escape(_words_on(error, caller.t, "command", known)))
        if reply is None:
            return NOTHING
        answer: Answer = {"response_type": "ephemeral", "text": reply.text}
        return answer | {"blocks": list(reply.blocks)} if reply.blocks else answer

    async def _take_click(self, done: BlockActions) -> Answer:
        name = (done.action_id or "").partition(":")[0]
        handler = self._features.clicks.get(name)
        if handler is None:
            return NOTHING
        if done.view is not None:
            # The person's latest request is shown, not an earlier one that took longer.
            self._redraws.pop(done.view.id, None)
        caller = await self._caller(done.user_id, done.home_team)
        click = Click.read(self.bot, caller, done)
        try:
            await handler(click)
        except Exception as error:  # noqa: BLE001 - no code further out could tell the person
            text = _words_on(error, caller.t, "click", name)
            # Slack opens only a hundred modals a minute for a workspace (tier 4); an answer through
            # the click's own address is not counted.
            if isinstance(error, SlackApiError) or not await _opened(click, text):
                with suppress(*UNREACHABLE):
                    await click.whisper(escape(text))
        return NOTHING

    async def _take_submission(self, sent: ViewSubmission) -> Answer:
        view = sent.view
        caller = await self._caller(sent.user_id, sent.home_team)
        handler = self._features.submissions.get(view.callback)
        if handler is None:
            return NOTHING
        submission = Submission(bot=self.bot, caller=caller, trigger=sent.trigger, view=view)
        try:
            answer = await handler(submission)
            if "view" in answer:
                answer = answer | {"view": following(view, answer["view"], caller.t)}
            elif not answer or SAID in answer:
                answer = await self._closed(view, caller, str(answer.get(SAID, "")))
        except Exception as error:  # noqa: BLE001 - no code further out could tell the person
            text = _words_on(error, caller.t, "submission", view.callback)
            field = error.refusal.field if isinstance(error, Refused) else None
            block = view.values.block(field or "")
            if block is not None:
                answer = field_errors({block: unmarked(text)})
            else:
                notice = following(view, notice_view(caller.t, text), caller.t, ("", ""))
                answer = (
                    update(notice) if view.is_third else {"response_action": "push", "view": notice}
                )
        return answer

    async def _closed(self, view: OpenView, caller: Caller, said: str) -> Answer:
        """Close a form and redraw the window below, also where the form has taken its place."""
        memory = Memory.of(view)
        if memory.window is None or memory.below != view.id:
            self._draw_again(view, caller, said)
            return NOTHING
        place = Place.parse(memory.window)
        return update(await self._features.parts[place.part](self.bot, caller, place, said))

    async def _take_closing(self, closed: ViewClosed) -> Answer:
        view = closed.view
        caller = await self._caller(closed.user_id, closed.home_team)
        handler = self._features.closings.get(view.callback)
        if handler is not None:
            with suppress(*UNREACHABLE):
                await handler(self.bot, caller, view)
        if not closed.is_cleared:
            self._draw_again(view, caller)
        return NOTHING

    def _draw_again(self, closed: OpenView, caller: Caller, said: str = "") -> None:
        memory = Memory.of(closed)
        if memory.window and memory.below:
            redraw = self._redraws[memory.below] = object()
            place = Place.parse(memory.window)
            self.bot.under_way.start(self._drawn(memory.below, redraw, place, caller, said))

    async def _drawn(
        self, window: str, redraw: object, place: Place, caller: Caller, said: str
    ) -> None:
        try:
            view = await self._features.parts[place.part](self.bot, caller, place, said)
            if self._redraws.get(window) is redraw:
                await self.bot.client.views_update(view_id=window, view=view)
        except (Refused, *UNREACHABLE) as error:
            # The window was closed too, or the person lost access, which the next click will
            # report.
            log.info("window.not_drawn", error=name_of(error))
        finally:
            if self._redraws.get(window) is redraw:
                del self._redraws[window]

    async def _take_shortcut(self, used: ShortcutUse) -> Answer:
        handler = self._features.shortcuts.get(used.callback_id)
        if handler is None:
            return NOTHING
        caller = await self._caller(used.user_id, used.home_team)
        shortcut = Shortcut(bot=self.bot, caller=caller, trigger=used.trigger, used=used)
        try:
            await handler(shortcut)
        except Exception as error:  # noqa: BLE001 - no code further out could tell the person
            text = _words_on(error, caller.t, "shortcut", used.callback_id)
            with suppress(*UNREACHABLE):
                await shortcut.open(notice_view(caller.t, text))
        return NOTHING

    async def _take_event(self, happened: EventCallback) -> Answer:
        answer = self._features.events.get(happened.kind)
        if answer is not None:
            said = answer.shape.model_validate(happened.event)
            await answer.handler(Event(bot=self.bot, trigger=happened.trigger, said=said))
        return NOTHING

    async def _caller(self, user: str, home_team: str | None) -> Caller:
        """Return the caller, with the lowest membership if Slack does not answer in time."""
        try:
            profile = await self.bot.directory.profile(user)
        except (*UNREACHABLE, ValueError):
            profile = None
        workspace = self.bot.workspace
        team = home_team or (profile.person.team if profile else workspace)
        least = Membership.GUEST if team == workspace else Membership.OUTSIDER
        actor = Actor(
            workspace=workspace,
            person=Person(team, user),
            membership=profile.membership if profile else least,
        )
        if profile is None:
            return Caller(actor=actor, t=words("en-US"), tz="UTC", name="")
        return Caller(actor=actor, t=words(profile.locale), tz=profile.tz, name=profile.name)


async def _opened(click: Click, text: str) -> bool:
    try:
        await click.show(notice_view(click.caller.t, text))
    except UNREACHABLE as error:
        log.info("click.told_late", error=name_of(error))
        return False
    return True


async def failed(error: Exception) -> BoltResponse:
    """Return the answer if the error cannot be shown: 400 for an unreadable payload, else 503."""
    if isinstance(error, UNREADABLE):
        log.warning("slack.unreadable", exc_info=error)
        return BoltResponse(status=400)
    log.error("slack.failed", exc_info=error)
    return BoltResponse(status=503)


def _words_on(error: Exception, t: Words, what: str, which: str) -> str:
    if isinstance(error, Refused):
        return sentence(t, error.refusal)
    log.error("slack.failed", what=what, which=which, exc_info=error)
    if isinstance(error, SlackApiError) and said(error).crowded:
        return busy(t)
    return unsure(t) if isinstance(error, InDoubt) else trouble(t)
