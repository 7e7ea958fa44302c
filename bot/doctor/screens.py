"""Screens as Slack checks them: `blocks.validate` takes each one, and says what it would refuse.

https://docs.slack.dev/reference/methods/blocks.validate
"""

import asyncio
from collections.abc import AsyncIterator, Callable, Iterator
from dataclasses import dataclass
from importlib import import_module
from inspect import isawaitable, isfunction, signature
from pkgutil import walk_packages
from types import ModuleType, UnionType
from typing import Any, cast, get_args, get_origin, get_type_hints

import aiohttp
import orjson
from slack_sdk.errors import SlackApiError
from slack_sdk.web.async_client import AsyncWebClient

import bot.features
import bot.slack
from bot.app import registered
from bot.doctor.findings import Finding, fine, skipped, wrong
from bot.doctor.samples import Samples
from bot.features.cards.slack.card import card
from bot.letters.letter import Letter
from bot.letters.phases import Phase
from bot.letters.send_windows import NotNow
from bot.locales import Words, words
from bot.logs import name_of
from bot.settings import Settings
from bot.slack.block_kit import Message
from bot.slack.models.values import Shape
from bot.slack.payloads import Caller, Reply

BETWEEN_S = 1.0
TIMEOUT_S = 10
SHOWN = 3
"""Faults of one screen that are named."""
LANGUAGES = ("en-US", "fr-FR")
"""English, and a language that is longer."""
_DRAWN = (dict[str, Any], Message, Reply)
"""Types of what a function that draws a screen returns."""


class _Fault(Shape):
    pointer: str | None = None
    message: str | None = None


class _Faults(Shape):
    errors: list[_Fault] | None = None


@dataclass(frozen=True, slots=True)
class Screen:
    """A screen, and the argument of `blocks.validate` that takes it."""

    name: str
    kind: str
    what: object


async def screens() -> AsyncIterator[Screen]:
    """Draw every view, message and reply that people see, from made-up facts."""
    for language in LANGUAGES:
        t = words(language)
        for name, draw in sights():
            for drawn in await _screens(f"{name} ({language})", draw(t)):
                yield drawn


def sights() -> Iterator[tuple[str, Callable[[Words], Any]]]:
    """Give all that draw a screen, by name: the functions of every feature, and the messages."""
    for module in _modules():
        for name, function in vars(module).items():
            if isfunction(function) and function.__module__ == module.__name__ and _draws(function):
                place = module.__name__.removeprefix("bot.").removeprefix("features.")
                yield f"{place}.{name}", lambda t, f=function: Samples(t).drawn(f)
    for kind, telling in registered().messages.items():
        found = next(
            one
            for one in get_args(get_type_hints(telling.read)["return"])
            if one not in {NotNow, type(None)}
        )
        write = telling.write
        yield f"message {kind.value}", lambda t, f=found, w=write: w(t, Samples(t).of(f))
    for phase in Phase:
        yield f"card, {phase.value}", lambda t, p=phase: _card(t, p)


def _modules() -> Iterator[ModuleType]:
    for package in (bot.features, bot.slack):
        for one in walk_packages(package.__path__, f"{package.__name__}."):
            if ".slack." in one.name:
                yield import_module(one.name)


def _draws(function: Callable[..., Any]) -> bool:
    """Say whether a function draws a screen out of words and facts alone."""
    if function.__name__.startswith("_"):
        return False
    hints = get_type_hints(function)
    first = next(iter(signature(function).parameters), "")
    drawn = hints.get("return")
    # Where `… | None` comes back the samples are such that there is something to draw.
    kinds = get_args(drawn) if get_origin(drawn) is UnionType else (drawn,)
    return any(one in _DRAWN for one in kinds) and hints.get(first) in {Words, Caller}


def _card(t: Words, phase: Phase) -> Message:
    samples = Samples(t)
    return card(t, samples.of(Letter), samples.of(str, "id"), phase)


async def _screens(name: str, drawn: Any) -> list[Screen]:
    """Return what was drawn as Slack takes it; nothing where it is a part of another screen."""
    if isawaitable(drawn):
        drawn = await drawn
    if isinstance(drawn, Reply):
        drawn = (drawn.text, drawn.blocks)
    if isinstance(drawn, tuple):
        text, blocks = cast("Message", drawn)
        return [Screen(name, "message", {"text": text, "blocks": list(blocks)})]
    return [Screen(name, "view", drawn)] if drawn.get("type") in {"modal", "home"} else []


async def screen_checks(settings: Settings, between_s: float = BETWEEN_S) -> AsyncIterator[Finding]:
    """Send every screen to Slack's own check.

    Args:
        settings: The settings.
        between_s: Seconds between two of them; Slack answers about one a second.
    """
    client = AsyncWebClient(base_url=settings.slack_api_url, timeout=TIMEOUT_S, retry_handlers=[])
    refused = taken = 0
    async for screen in screens():
        try:
            what = orjson.dumps(screen.what).decode()
            await client.api_call("blocks.validate", json={screen.kind: what})
        except SlackApiError as error:
            error_name = name_of(error)
            if not error_name.startswith("invalid_"):
                yield skipped("screens", f"Slack checks no screens now ({error_name}).")
                return
            refused += 1
            yield wrong(
                "screens",
                f"Slack refuses the screen “{screen.name}”: {_said(error)}",
                "Tell the developers which version this is (`undersigned --version`).",
            )
        except (aiohttp.ClientError, TimeoutError, OSError) as error:
            yield skipped("screens", f"Slack didn't answer ({name_of(error)}).")
            return
        else:
            taken += 1
        await asyncio.sleep(between_s)
    if not refused:
        yield fine("screens", f"Slack takes all {taken} screens that were sent.")


def _said(error: SlackApiError) -> str:
    response: Any = error.response
    try:
        faults = _Faults.model_validate(getattr(response, "data", None)).errors or []
    except ValueError:
        faults = []
    said = [f"{one.pointer or ''}: {one.message or ''}" for one in faults[:SHOWN]]
    return "; ".join(said) or name_of(error)
