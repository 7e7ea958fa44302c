"""Every screen that people see, drawn from made-up facts into one file of the bot.

`undersigned doctor --screens` has Slack check what is in it. `make words` writes it, and a test
compares.
"""

import asyncio
import json
from collections.abc import AsyncIterator, Callable, Iterator
from dataclasses import asdict, dataclass
from importlib import import_module
from inspect import isawaitable, isfunction, signature
from pkgutil import walk_packages
from types import ModuleType, UnionType
from typing import Any, cast, get_args, get_origin, get_type_hints

import bot.features
import bot.slack
from bot.app import registered
from bot.doctor.screens import SCREENS
from bot.features.cards.slack.card import card
from bot.letters.letter import Letter
from bot.letters.phases import Phase
from bot.letters.send_windows import NotNow
from bot.locales import Words, words
from bot.slack.block_kit import Message
from bot.slack.payloads import Caller, Reply
from tests.support.samples import Samples

LANGUAGES = ("en-US", "fr-FR")
"""English, and a language that reads English until it has a catalogue."""
_DRAWN = (dict[str, Any], Message, Reply)
"""Types of what a function that draws a screen returns."""


@dataclass(frozen=True, slots=True)
class Screen:
    """A screen, and the argument of `blocks.validate` that takes it."""

    name: str
    kind: str
    what: Any


async def screens() -> AsyncIterator[Screen]:
    """Draw every view, message and reply."""
    for language in LANGUAGES:
        t = words(language)
        for name, draw in sights():
            drawn = draw(t)
            if isawaitable(drawn):
                drawn = await drawn
            if isinstance(drawn, Reply):
                drawn = (drawn.text, drawn.blocks)
            name_here = f"{name} ({language})"
            if isinstance(drawn, tuple):
                text, blocks = cast("Message", drawn)
                yield Screen(name_here, "message", {"text": text, "blocks": list(blocks)})
            # Anything else is a part of another screen.
            elif drawn.get("type") in {"modal", "home"}:
                yield Screen(name_here, "view", drawn)


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


async def text() -> str:
    """Return the file's text: a screen a line, and once what is the same in both languages."""
    found: dict[str, Screen] = {}
    async for one in screens():
        found.setdefault(json.dumps([one.kind, one.what]), one)
    lines = [
        json.dumps(asdict(one), ensure_ascii=False, separators=(",", ":")) for one in found.values()
    ]
    return "[\n" + ",\n".join(lines) + "\n]\n"


def write() -> None:
    """Write the file."""
    SCREENS.write_text(asyncio.run(text()), encoding="utf-8")
