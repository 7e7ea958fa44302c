"""People who use Slack in a test: they write, command, click, fill in and read."""

import asyncio
import time
from collections.abc import Awaitable, Callable
from typing import Any

from tests.support.doors import Doors
from tests.support.filling import value_for
from tests.support.reading import buttons, fields, words_of
from tests.support.scenes.desk import Desk, Refused

PATIENCE_SECONDS = 30.0
POLL_SECONDS = 0.03

__all__ = ["Person", "Refused"]


class Person:
    """One person in one window.

    Channels are given by id or by name without `#`; `app` is the direct message with the bot.
    A refusal raises `Refused`.
    """

    def __init__(self, doors: Doors, user: str, window: str = "") -> None:
        self.id = user
        self._desk = Desk(doors, user, window)
        self._typed: dict[str, dict[str, dict[str, Any]]] = {}
        self._typed_in = ""

    # Doing

    async def says(self, channel: str, text: str) -> str:
        """Write a message; gives its ts."""
        answer = await self._desk.post(
            "message", channel=await self._desk.channel(channel), text=text
        )
        return answer["message"]["ts"]

    async def command(self, channel: str, text: str) -> None:
        """Send a slash command, as `/letter status`."""
        await self._desk.post("command", channel=await self._desk.channel(channel), text=text)

    async def shortcut(
        self, callback_id: str, *, channel: str | None = None, ts: str | None = None
    ) -> None:
        """Pick a global shortcut, or with `channel` and `ts` one on a message."""
        place: dict[str, Any] = {}
        if channel is not None:
            place = {"channel": await self._desk.channel(channel), "ts": ts}
        await self._desk.post("shortcut", callback_id=callback_id, **place)

    async def open_home(self, tab: str = "home") -> None:
        """Open the app in the sidebar."""
        await self._desk.post("home", tab=tab)

    async def click(
        self,
        what: str,
        *,
        channel: str | None = None,
        ts: str | None = None,
        home: bool = False,
        within: float = PATIENCE_SECONDS,
    ) -> None:
        """Press the newest button (or overflow option) with this text, action_id or value.

        Looked for in the open modal, or in a channel's messages when `channel` is given, or in
        the App Home. Waits until there is one.
        """

        async def press() -> bool:
            for container, block, element in await self._pressable(channel, ts, home=home):
                if (action := buttons(block, element, what)) is not None:
                    await self._act(container, action)
                    return True
            return False

        await self._until(
            press,
            within,
            lambda: self._missing(f"nothing to press says {what!r}", channel, home=home),
        )

    async def choose(
        self, what: str, value: Any, *, channel: str | None = None, home: bool = False
    ) -> None:
        """Use a menu, picker or box outside of a modal's inputs, by action_id or placeholder."""
        for container, block, element in await self._pressable(channel, None, home=home):
            if what in {element.get("action_id"), element.get("placeholder", {}).get("text")}:
                action = {"block_id": block["block_id"], "action_id": element["action_id"]}
                await self._act(
                    container, action | value_for(element, value, await self._desk.names())
                )
                return
        raise AssertionError(await self._missing(f"no menu is called {what!r}", channel, home=home))

    async def fill(self, values: dict[str, Any] | None = None, /, **more: Any) -> None:
        """Fill in the open modal: by label, action_id or block_id.

        Values: text for text inputs and rich text; an option's text or value for radio buttons
        and menus, a list of them for checkboxes and multi menus; a datetime (or Unix seconds)
        for a datetimepicker, `YYYY-MM-DD` and `HH:MM` for the others; a user or channel by id
        or name. Slack is told at once of inputs with `dispatch_action`.
        """
        for name, value in {**(values or {}), **more}.items():
            view = await self._top()
            block, element = self._field(view, name)
            held = value_for(
                element, await self._options(view, block, element, value), await self._desk.names()
            )
            self._type(view, block, element, held)
            if self._dispatches(block):
                action = {"block_id": block["block_id"], "action_id": element["action_id"], **held}
                await self._act({"type": "view", "view_id": view["id"]}, action)

    async def submit(self) -> dict[str, str] | None:
        """Send the open modal. None when it went through, else the errors by block id."""
        view = await self._top()
        answer = await self._desk.attempt("submit", view_id=view["id"], state=self._state(view))
        if answer["ok"]:
            return None
        if errors := answer.get("errors"):
            return errors
        raise Refused(answer["error"], answer.get("detail", ""))

    async def close(self, *, everything: bool = False) -> None:
        """Press Cancel in the open modal, or ✕ with `everything`."""
        view = await self._top()
        await self._desk.post("close", view_id=view["id"], all=everything)

    # Looking

    async def messages(self, channel: str) -> list[dict[str, Any]]:
        """Return what the person sees in a channel, oldest first."""
        found = await self._desk.get("messages", channel=await self._desk.channel(channel))
        return found["messages"]

    async def was_sent(self, words: str) -> int:
        """Count the direct messages with some words that came, also those that were edited since."""
        calls = (await self._desk.get("calls", method="chat.postMessage"))["calls"]
        return sum(
            call["status"] == 200
            and "'ok': True" in str(call["answer"])
            and call["args"]["channel"] == self.id
            and words in str(call["args"]["blocks"])
            for call in calls
        )

    async def view(self) -> dict[str, Any] | None:
        """The modal on top, or None."""
        stack = await self.stack()
        return stack[-1] if stack else None

    async def stack(self) -> list[dict[str, Any]]:
        """The open modals, bottom first."""
        return (await self._desk.get("views"))["stack"]

    async def home(self) -> dict[str, Any] | None:
        """The App Home, or None when none was published."""
        return (await self._desk.get("home"))["view"]

    async def text(self, channel: str | None = None, *, home: bool = False) -> str:
        """All words in sight: of the open modal, of a channel's newest message, or of the Home."""
        if channel is not None:
            messages = await self.messages(channel)
            return words_of(messages[-1]) if messages else ""
        view = await (self.home() if home else self.view())
        return words_of(view) if view else ""

    async def sees(
        self,
        text: str,
        *,
        channel: str | None = None,
        home: bool = False,
        within: float = PATIENCE_SECONDS,
    ) -> str:
        """Wait until this text is in sight: in the open modal, in any message of a channel, or at Home.

        Gives all the words of the modal, the message or the Home in which it stands.
        """
        found = ""

        async def look() -> bool:
            nonlocal found
            shown = await self._shown(channel, home=home)
            found = next((words for words in reversed(shown) if text in words), "")
            return bool(found)

        await self._until(
            look, within, lambda: self._missing(f"{text!r} is not in sight", channel, home=home)
        )
        return found

    async def sees_no(
        self,
        text: str,
        *,
        channel: str | None = None,
        home: bool = False,
        within: float = PATIENCE_SECONDS,
    ) -> None:
        """Wait until this text is gone from sight."""

        async def gone() -> bool:
            return not any(text in words for words in await self._shown(channel, home=home))

        await self._until(
            gone, within, lambda: self._missing(f"{text!r} is still in sight", channel, home=home)
        )

    async def sees_modal(self, title: str, *, within: float = PATIENCE_SECONDS) -> dict[str, Any]:
        """Wait until the modal on top has this title; gives it."""
        shown: dict[str, Any] = {}

        async def look() -> bool:
            nonlocal shown
            shown = await self.view() or {}
            return bool(shown) and shown["title"]["text"] == title

        await self._until(
            look, within, lambda: self._missing(f"no modal is called {title!r}", None, home=False)
        )
        return shown

    async def sees_no_modal(self, *, within: float = PATIENCE_SECONDS) -> None:
        """Wait until all modals are closed."""

        async def gone() -> bool:
            return await self.view() is None

        await self._until(gone, within, lambda: self._missing("a modal is open", None, home=False))

    # Within

    async def _shown(self, channel: str | None, *, home: bool) -> list[str]:
        if channel is not None:
            return [words_of(message) for message in await self.messages(channel)]
        view = await (self.home() if home else self.view())
        return [words_of(view)] if view else []

    async def _missing(self, what: str, channel: str | None, *, home: bool) -> str:
        shown = await self._shown(channel, home=home)
        return f"{self.id}: {what}; in sight: " + (" ⏎ ".join(shown[-3:]) or "nothing")

    async def _until(
        self,
        done: Callable[[], Awaitable[bool]],
        within: float,
        otherwise: Callable[[], Awaitable[str]],
    ) -> None:
        deadline = time.monotonic() + within
        while not await done():
            if time.monotonic() > deadline:
                raise AssertionError(await otherwise())
            await asyncio.sleep(POLL_SECONDS)

    async def _pressable(
        self, channel: str | None, ts: str | None, *, home: bool
    ) -> list[tuple[dict[str, Any], dict[str, Any], dict[str, Any]]]:
        """List what can be pressed: container, block and element, the newest first."""
        places: list[tuple[dict[str, Any], dict[str, Any]]] = []
        if channel is not None:
            for message in reversed(await self.messages(channel)):
                if ts in {None, message["ts"]}:
                    place = {"type": "message", "channel": message["channel"], "ts": message["ts"]}
                    places.append((place, message))
        elif home:
            if view := await self.home():
                places.append(({"type": "home"}, view))
        elif view := await self.view():
            places.append(({"type": "view", "view_id": view["id"]}, view))
        return [
            (place, block, element)
            for place, shown in places
            for block, element in fields(shown["blocks"])
        ]

    async def _act(self, container: dict[str, Any], action: dict[str, Any]) -> None:
        body: dict[str, Any] = {"container": container, "action": action}
        if container["type"] == "view" and (view := await self.view()):
            body["state"] = self._state(view)
        await self._desk.post("action", **body)

    async def _top(self) -> dict[str, Any]:
        view = await self.view()
        assert view is not None, f"{self.id} has no modal open"
        return view

    def _field(self, view: dict[str, Any], name: str) -> tuple[dict[str, Any], dict[str, Any]]:
        for block, element in fields(view["blocks"]):
            label = block.get("label", {}).get("text")
            if name in {label, block["block_id"], element["action_id"]}:
                return block, element
        raise AssertionError(f"no field is called {name!r} in: {words_of(view)}")

    def _type(
        self,
        view: dict[str, Any],
        block: dict[str, Any],
        element: dict[str, Any],
        held: dict[str, Any],
    ) -> None:
        if self._typed_in != view["id"]:
            self._typed_in, self._typed = view["id"], {}
        actions = self._typed.setdefault(block["block_id"], {})
        actions[element["action_id"]] = {"type": element["type"], **held}

    def _state(self, view: dict[str, Any]) -> dict[str, Any]:
        values = {block: dict(actions) for block, actions in view["state"]["values"].items()}
        if self._typed_in == view["id"]:
            for block, actions in self._typed.items():
                values.setdefault(block, {}).update(actions)
        return {"values": values}

    @staticmethod
    def _dispatches(block: dict[str, Any]) -> bool:
        """An input tells Slack only with `dispatch_action`; elsewhere every element does."""
        return block["type"] != "input" or bool(block.get("dispatch_action"))

    async def _options(
        self, view: dict[str, Any], block: dict[str, Any], element: dict[str, Any], value: Any
    ) -> Any:
        """For an external select, the option that the bot offers for the typed word."""
        if element["type"] != "external_select" or not isinstance(value, str):
            return value
        found = await self._desk.post(
            "options",
            container={"type": "view", "view_id": view["id"]},
            block_id=block["block_id"],
            action_id=element["action_id"],
            value=value,
        )
        groups = found.get("option_groups", [{"options": found.get("options", [])}])
        offered = [option for group in groups for option in group["options"]]
        for option in offered:
            if value in {option["text"]["text"], option["value"]}:
                return option
        assert offered, f"nothing is offered for {value!r}"
        return offered[0]
