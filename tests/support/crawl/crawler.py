"""A crawler that presses everything that a person can reach in Slack, and notes the effects."""

from collections.abc import Awaitable, Callable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from typing import Any

from structlog.testing import capture_logs

from bot.demo import cast
from bot.slack.features import Features
from bot.wiring import Process
from tests.flows.conftest import RunningBot
from tests.support.crawl.elements import acts, filled, token, weight_of
from tests.support.reading import fields, words_of
from tests.support.scenes.desk import Refused

WAYS = 8
"""Ways to a button that are tried: what others did may have closed some."""
KINDS = ("clicks", "submissions", "closings", "commands", "shortcuts", "parts", "rows")
"""The parts of the registry that a person reaches."""
CLOSED = frozenset({"window.not_drawn", "window.gone"})
"""Events that are logged if a window is closed before it can be drawn again."""


@dataclass(frozen=True, slots=True)
class Step:
    """One thing that a person does, so that it can be done again."""

    where: tuple[str, ...]
    """`home`, `message` with its channel and ts, `view`, `submit`, `command`, or `shortcut`."""
    says: str
    """The words on it."""
    action: Mapping[str, Any] = field(default_factory=dict[str, Any])


Offer = tuple[int, tuple[Any, ...], Step]
"""Something to press: how late, what it is, and how it is done."""
LOOK = Step(("view",), "nothing")
"""Only look at the view that a way leads to."""


@dataclass(slots=True)
class Found:
    """The findings of a crawl."""

    presses: int = 0
    faults: list[str] = field(default_factory=list[str])
    handled: set[tuple[str, str]] = field(default_factory=set[tuple[str, str]])
    """The kind of each handler of the registry that ran, and its id."""
    views: set[tuple[str, str]] = field(default_factory=set[tuple[str, str]])
    """The callback id and the title of each modal that was seen."""
    deepest: int = 0


def watch(features: Features, found: Found) -> None:
    """Note which handlers of the registry run."""

    def noting(kind: str, name: str, handler: Callable[..., Awaitable[Any]]) -> Any:
        async def noted(*given: Any) -> Any:
            found.handled.add((kind, name))
            return await handler(*given)

        return noted

    for kind in KINDS[:-1]:
        registered: dict[str, Any] = getattr(features, kind)
        for name, handler in registered.items():
            registered[name] = noting(kind, str(name), handler)
    for name, row in features.rows.items():
        features.rows[name] = replace(row, act=noting("rows", name, row.act))


class Crawler:
    """One person, who presses everything once in each kind of view.

    Views of a kind have one callback id and title. With `whole`, what looks the same is pressed
    again in each letter and at each depth of the stack; otherwise only in a third window again.
    `backwards` presses the last button of a message first, since an answer takes the others away.
    """

    def __init__(
        self,
        bot: RunningBot,
        process: Process,
        user: str,
        found: Found,
        *,
        whole: bool = False,
        backwards: bool = False,
    ) -> None:
        self.user = user
        self.found = found
        self._backwards = backwards
        self._bot = bot
        self._process = process
        self.words = sorted(process.features.commands)
        self._desk = bot.simulator.desk(user)
        self._whole = whole
        self._pressed: set[tuple[Any, ...]] = set()
        self._later: dict[Any, tuple[int, list[tuple[tuple[Step, ...], Step]]]] = {}
        self._mark = 0

    # The places where a crawl begins

    async def home(self) -> None:
        """Press everything on the App Home."""
        await self._desk.post("home", tab="home")
        await self._settled()
        await self._place(("home",), self._home)

    async def messages(self, channel: str) -> None:
        """Press everything in the messages of a channel, the newest first."""
        for message in reversed(await self._seen(channel)):
            where = ("message", message["channel"], message["ts"])
            await self._place(where, lambda w=where: self._message(w))

    async def command(self, channel: str, typed: str) -> None:
        """Type a command, and press everything in its answer."""
        step = Step(("command", channel, typed), typed)
        before = {one["ts"] for one in await self._seen(channel)}
        if await self._do(step):
            await self._explore((step,))
        await self._close()
        for message in await self._seen(channel):
            if message["ts"] not in before:
                where = ("message", message["channel"], message["ts"])
                await self._place(where, lambda w=where: self._message(w), typed)

    async def message_shortcut(self, callback: str, channel: str) -> None:
        """Pick a shortcut of the newest message that a person wrote in a channel."""
        written = [one for one in await self._seen(channel) if one["user"] != cast.BOT_USER]
        await self.shortcut(callback, channel, written[-1]["ts"])

    async def shortcut(self, callback: str, channel: str = "", ts: str = "") -> None:
        """Pick a shortcut, and press everything in what it opens."""
        step = Step(("shortcut", callback, channel, ts), callback)
        if await self._do(step):
            await self._explore((step,))
        await self._close()

    async def finish(self) -> None:
        """Send the forms, and then press what asks first or is red, wherever it was seen."""
        while self._later:
            key = min(self._later, key=lambda one: (self._later[one][0], len(self._later[one][1])))
            for way, step in self._later.pop(key)[1]:
                if await self._again(way) and (step is LOOK or await self._is_there(step)):
                    if await self._do(step):
                        await self._explore(way if step is LOOK else (*way, step))
                    await self._close()
                    break

    # Within

    async def _place(
        self,
        where: tuple[str, ...],
        look: Callable[[], Awaitable[dict[str, Any] | None]],
        begun: str = "",
    ) -> None:
        """Press everything in a message or at Home, and follow what opens."""
        while shown := await look():
            step = self._next(shown, where, (), begun=begun)
            if step is None:
                return
            if await self._do(step):
                await self._explore((step,))
            await self._close()

    async def _explore(self, way: tuple[Step, ...]) -> None:
        """Press everything in the modal on top, reached by `way`, and in those that it opens."""
        stack = await self._stack()
        if not stack:
            return
        kind, depth = _kind(stack[-1]), len(stack)
        self.found.views.add(kind)
        self.found.deepest = max(self.found.deepest, depth)
        while True:
            if not _is(stack, kind, depth):
                stack = await self._stack() if await self._again(way) else []
                if not _is(stack, kind, depth):
                    return
            step = self._next(stack[-1], ("view",), way, depth=depth)
            if step is None:
                return
            done = await self._do(step)
            stack = await self._stack()
            if len(stack) > depth:
                if done:
                    await self._explore((*way, step))
                    stack = await self._stack()
                while len(stack) > depth:
                    await self._desk.post("close", view_id=stack[-1]["id"])
                    await self._settled()
                    stack = await self._stack()
            elif done and len(stack) == depth and _kind(stack[-1]) != kind:
                # A view in place of this one: first all that is here, and the shorter ways.
                self._later.setdefault(
                    (kind, _kind(stack[-1]), step.says), (-1, [((*way, step), LOOK)])
                )

    def _next(
        self,
        shown: dict[str, Any],
        where: tuple[str, ...],
        way: tuple[Step, ...],
        *,
        depth: int = 0,
        begun: str = "",
    ) -> Step | None:
        """Return what was not pressed yet; what sends or changes something is for later."""
        kind = _kind(shown) if "title" in shown else (where[0], begun)
        which: tuple[Any, ...] = (kind, depth >= 3)
        if self._whole:
            which = (kind, depth, _letter_of(shown))
        found = [*self._offered(shown, where)]
        if where[0] == "message":
            # An answer takes the other buttons away: nothing here can be done later.
            found = [(0, key, step) for _, key, step in found][:: -1 if self._backwards else 1]
        for weight, what, step in found:
            key = (*which, *what)
            if key not in self._pressed and weight == 0:
                self._pressed.add(key)
                return step
            if key not in self._pressed or key in self._later:
                self._pressed.add(key)
                ways = self._later.setdefault(key, (weight, []))[1]
                if len(ways) < WAYS and (way, step) not in ways:
                    ways.append((way, step))
        return None

    def _offered(self, shown: dict[str, Any], where: tuple[str, ...]) -> Iterator[Offer]:
        """Give what can be pressed, then the ways to send a form."""
        for block, element in fields(shown["blocks"]):
            for says, action in acts(block, element, self._bot.now):
                name = element["action_id"].partition(":")[0]
                step = Step(where, f"{says} ({element['action_id']})", action)
                yield weight_of(element), (name, token(name, says, action, element)), step
        if submit := shown.get("submit"):
            asked = tuple(one["block_id"] for one in shown["blocks"] if one["type"] == "input")
            for weight, how in ((2, "as it is"), (3, "filled in")):
                step = Step(("submit", how), f"{submit['text']}, {how}")
                yield weight, (how, asked), step

    async def _do(self, step: Step) -> bool:
        """Do a step, note what is wrong with it, and return whether it had an effect."""
        if step is LOOK:
            return True
        # A window that was closed before this may still have been redrawn: no fault of this step.
        await self._records()
        before = await self._sight(step)
        errors: dict[str, str] = {}
        with capture_logs() as logs:
            try:
                errors = await self._act(step)
            except Refused as refused:
                self._wrong(step, f"Slack says {refused}")
            await self._settled()
        self.found.presses += 1
        for line in logs:
            if line["log_level"] in {"error", "critical"}:
                self._wrong(step, f"logged {line['event']} {line.get('exc_info', '')!r}")
        # A window may be closed while the bot draws it again, which it knows.
        known = {"not_found"} if any(one["event"] in CLOSED for one in logs) else set[str]()
        for call in await self._records():
            answer = call["answer"]
            shows = call["title"].startswith(("views.", "chat."))
            fails = shows and isinstance(answer, dict) and not answer.get("ok")
            if fails and answer.get("error") not in known:
                self._wrong(step, f"{call['title']}: {answer.get('error')}")
        if await self._sight(step) == before and not errors:
            self._wrong(step, "no visible effect")
            return False
        return not errors

    def _wrong(self, step: Step, what: str) -> None:
        self.found.faults.append(f"{self.user}, {' '.join(step.where)}, {step.says}: {what}")

    async def _act(self, step: Step) -> dict[str, str]:
        match step.where:
            case ("command", channel, typed):
                await self._desk.post("command", channel=channel, text=typed)
            case ("shortcut", callback, channel, ts):
                place = {"channel": channel, "ts": ts} if ts else {}
                await self._desk.post("shortcut", callback_id=callback, **place)
            case ("submit", how):
                view = (await self._stack())[-1]
                state = {"values": filled(view, self._bot.now)} if how == "filled in" else {}
                answer = await self._desk.attempt("submit", view_id=view["id"], state=state)
                if not answer["ok"] and not answer.get("errors"):
                    raise Refused(answer["error"], answer.get("detail", ""))
                return answer.get("errors", {})
            case _:
                found = await self._found(step)
                if found is None:
                    raise Refused("gone", step.says)
                action = {**step.action, "block_id": found[1]}
                await self._desk.post("action", container=found[0], action=action)
        return {}

    async def _is_there(self, step: Step) -> bool:
        if step.where[0] == "submit":
            return bool(await self._stack())
        return await self._found(step) is not None

    async def _found(self, step: Step) -> tuple[dict[str, Any], str] | None:
        """Return where an element is, and its block: it has another id in a view drawn again."""
        match step.where:
            case ("home",):
                container, shown = {"type": "home"}, await self._home()
            case ("message", channel, ts):
                container = {"type": "message", "channel": channel, "ts": ts}
                shown = await self._message(step.where)
            case _:
                shown = ([None, *await self._stack()])[-1]
                container = {"type": "view", "view_id": (shown or {}).get("id")}
        wanted = step.action["action_id"]
        for block, element in fields(shown["blocks"] if shown else []):
            if element["action_id"] == wanted:
                return container, block["block_id"]
        return None

    async def _again(self, way: tuple[Step, ...]) -> bool:
        """Go a way again; return whether it still leads somewhere."""
        await self._close()
        for step in way:
            try:
                await self._act(step)
            except (Refused, IndexError):
                return False
            await self._settled()
        await self._records()
        return True

    async def _sight(self, step: Step) -> Any:
        """Return what the person sees where they act: modals, and messages or the Home."""
        shown: list[Any] = [
            {name: one[name] for name in ("title", "blocks", "callback_id", "submit")}
            for one in await self._stack()
        ]
        match step.where:
            case ("message" | "command", channel, *_):
                shown += [
                    [one["ts"], one["text"], one["blocks"]] for one in await self._seen(channel)
                ]
            case ("home",):
                shown.append(await self._home())
            case _:
                pass
        return shown

    async def _settled(self) -> None:
        await self._process.bot.under_way.drain(10)

    async def _stack(self) -> list[dict[str, Any]]:
        return (await self._desk.get("views"))["stack"]

    async def _seen(self, channel: str) -> list[dict[str, Any]]:
        channel = await self._desk.channel(channel)
        return (await self._desk.get("messages", channel=channel))["messages"]

    async def _home(self) -> dict[str, Any] | None:
        return (await self._desk.get("home"))["view"]

    async def _message(self, where: tuple[str, ...]) -> dict[str, Any] | None:
        _, channel, ts = where
        found = (one for one in await self._seen(channel) if one["ts"] == ts)
        return next((one for one in found if one.get("blocks")), None)

    async def _close(self) -> None:
        if stack := await self._stack():
            await self._desk.post("close", view_id=stack[-1]["id"], all=True)
            await self._settled()

    async def _records(self) -> list[dict[str, Any]]:
        records = (await self._desk.get("inspector", after=str(self._mark)))["records"]
        self._mark = records[-1]["id"] if records else self._mark
        return records


def _kind(view: dict[str, Any]) -> tuple[str, str]:
    return view.get("callback_id") or "", view["title"]["text"]


def _letter_of(shown: dict[str, Any]) -> str:
    return words_of(shown).partition("\n")[0] if shown.get("blocks") else ""


def _is(stack: list[dict[str, Any]], kind: tuple[str, str], depth: int) -> bool:
    return len(stack) == depth and _kind(stack[-1]) == kind
