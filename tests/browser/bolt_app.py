"""A small Bolt app for the page to be tried against; it keeps what it is sent."""

import asyncio
import re
from typing import Any, Self

from slack_bolt.adapter.socket_mode.async_handler import AsyncSocketModeHandler
from slack_bolt.async_app import AsyncAck, AsyncApp
from slack_sdk.web.async_client import AsyncWebClient

from tests.browser.gallery import CARD, FIGURES, FORM, RICH, asking, mrkdwn, plain

Body = dict[str, Any]
COUNTRIES = ("Kenya", "Kiribati", "Brazil", "Germany")


def manifest() -> Body:
    """The app's manifest."""
    return {
        "display_information": {"name": "Undersigned"},
        "features": {
            "bot_user": {"display_name": "Undersigned"},
            "app_home": {"home_tab_enabled": True, "messages_tab_enabled": True},
            "slash_commands": [
                {
                    "command": "/letter",
                    "description": "Start, post and follow open letters",
                    "usage_hint": "new | post | status | help",
                    "should_escape": True,
                },
                {"command": "/blocks", "description": "Show every block", "should_escape": False},
                {"command": "/slow", "description": "Answer nothing", "should_escape": False},
            ],
            "shortcuts": [
                {
                    "name": "Make this a letter",
                    "type": "message",
                    "callback_id": "make_letter",
                    "description": "Start a letter from this message",
                },
                {
                    "name": "New letter",
                    "type": "global",
                    "callback_id": "new_letter",
                    "description": "Start an open letter",
                },
            ],
        },
        "oauth_config": {
            "scopes": {
                "bot": ["chat:write", "chat:write.public", "commands", "im:write", "users:read"]
            }
        },
        "settings": {
            "socket_mode_enabled": True,
            "interactivity": {"is_enabled": True},
            "event_subscriptions": {"bot_events": ["app_home_opened"]},
        },
    }


def modal(title: str, blocks: list[Body], **fields: Any) -> Body:
    """A modal that can be submitted."""
    return {
        "type": "modal",
        "callback_id": "form",
        "title": plain(title),
        "submit": plain("Sign"),
        "blocks": blocks,
        **fields,
    }


class Gallery:
    """The app, and what came to it: `commands`, `actions`, `submissions`, `shortcuts`, newest last."""

    def __init__(self, address: str) -> None:
        self.commands: list[Body] = []
        self.actions: list[Body] = []
        self.submissions: list[Body] = []
        self.shortcuts: list[Body] = []
        self.submit_answer: Body = {}
        """The answer that a submission is acknowledged with."""
        self.silent = False
        """Whether actions and submissions stay without an answer."""
        client = AsyncWebClient("xoxb-simulator", base_url=f"{address}/api/")
        self.app = AsyncApp(client=client, signing_secret="simulator", process_before_response=True)
        self.handler = AsyncSocketModeHandler(self.app, "xapp-simulator", web_client=client)
        self._listen()

    async def __aenter__(self) -> Self:
        await self.handler.connect_async()
        return self

    async def __aexit__(self, *_: object) -> None:
        await self.handler.close_async()

    def _listen(self) -> None:
        app = self.app
        app.command("/letter")(self._letter)
        app.command("/blocks")(self._blocks)
        app.command("/slow")(self._slow)
        app.event("app_home_opened")(self._home)
        app.action(re.compile(""))(self._action)
        app.view("form")(self._submitted)
        app.view_closed("form")(self._closed)
        app.options("country")(self._countries)
        app.shortcut("make_letter")(self._shortcut)
        app.shortcut("new_letter")(self._shortcut)

    async def _letter(self, ack: AsyncAck, body: Body) -> None:
        self.commands.append(body)
        await ack(f"You said: {body['text']}")

    async def _blocks(self, ack: AsyncAck, body: Body, client: AsyncWebClient) -> None:
        await ack()
        self.commands.append(body)
        blocks = {"rich": [RICH], "figures": FIGURES}.get(body["text"], CARD)
        await client.chat_postMessage(channel=body["channel_id"], text="A letter", blocks=blocks)

    async def _slow(self, ack: AsyncAck) -> None:
        await asyncio.sleep(3.5)
        await ack()

    async def _home(self, event: Body, client: AsyncWebClient) -> None:
        if event["tab"] == "home":
            blocks = [{"type": "header", "text": plain("Open letters")}, *CARD[1:]]
            await client.views_publish(
                user_id=event["user"], view={"type": "home", "blocks": blocks}
            )

    async def _action(self, ack: AsyncAck, body: Body, client: AsyncWebClient) -> None:
        self.actions.append(body)
        if self.silent:
            await asyncio.sleep(3.5)
            return
        await ack()
        [action] = body["actions"]
        trigger = body["trigger_id"]
        if action["action_id"] in {"sign", "form"}:
            blocks = FORM[:3] if action["action_id"] == "sign" else FORM
            await client.views_open(trigger_id=trigger, view=modal("Sign the letter", blocks))
        elif action["action_id"] == "deeper":
            depth = len(self.actions)
            await client.views_push(trigger_id=trigger, view=self.deep(f"Step {depth}"))
        elif action["action_id"] == "live":
            fresh = {
                "type": "section",
                "block_id": "echo",
                "text": mrkdwn(f"Read: {action['value']}"),
            }
            blocks = [*self.live_blocks(), fresh]
            await client.views_update(view_id=body["view"]["id"], view=modal("Live", blocks))

    @staticmethod
    def deep(title: str) -> Body:
        """A modal from which a further one is pushed."""
        button = {"type": "button", "action_id": "deeper", "text": plain("Go deeper")}
        note = asking("note", "Note", {"type": "plain_text_input"}, optional=True)
        return modal(
            title, [note, {"type": "actions", "block_id": "removed", "elements": [button]}]
        )

    @staticmethod
    def live_blocks() -> list[Body]:
        """A form of which the app hears each character."""
        element = {
            "type": "plain_text_input",
            "dispatch_action_config": {"trigger_actions_on": ["on_character_entered"]},
        }
        other = asking("other", "Other", {"type": "plain_text_input"}, optional=True)
        return [asking("live", "Live", element, dispatch_action=True), other]

    async def _submitted(self, ack: AsyncAck, body: Body) -> None:
        self.submissions.append(body)
        if self.silent:
            await asyncio.sleep(3.5)
            return
        await ack(**self.submit_answer)

    async def _closed(self, ack: AsyncAck) -> None:
        await ack()

    async def _countries(self, ack: AsyncAck, body: Body) -> None:
        typed = body["value"].lower()
        found = [name for name in COUNTRIES if typed in name.lower()]
        await ack(options=[{"text": plain(name), "value": name.lower()} for name in found])

    async def _shortcut(self, ack: AsyncAck, body: Body, client: AsyncWebClient) -> None:
        await ack()
        self.shortcuts.append(body)
        view = (
            self.deep("Step 1") if body["type"] == "shortcut" else modal("Live", self.live_blocks())
        )
        await client.views_open(trigger_id=body["trigger_id"], view=view)
