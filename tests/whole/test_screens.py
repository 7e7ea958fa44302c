"""`undersigned doctor --screens` has every screen there is, found here by reading the code."""

import ast
import re
import sys
from collections.abc import Iterator
from pathlib import Path
from types import FrameType
from typing import Any

from bot.doctor import screens as checks
from tests.support.reading import words_of
from tests.support.screens import screens, text
from tests.whole.test_words import said

ROOT = Path(__file__).parents[2]
SCREENS = {"Open", "views.View", "Message", "Reply", "tuple[str, Blocks]"}
MAKERS = {"modal", "frame", "done_view", "notice_view"}
"""Functions that make a view, whatever the one that calls them says it returns."""
CHOOSERS = {"delegates.py", "door.py", "handlers.py"}
"""Modules whose functions only choose among screens that others draw."""
SENTENCES = {"_nothing", "_unknown", "_with_letters"}
"""Replies of one sentence, with a button at most."""


def drawing() -> Iterator[tuple[str, str]]:
    """File and name of each function that draws a screen out of words and facts."""
    for file in (*ROOT.glob("bot/features/*/slack/**/*.py"), *ROOT.glob("bot/slack/**/*.py")):
        if file.name in CHOOSERS:
            continue
        for node in ast.parse(file.read_text(encoding="utf-8")).body:
            if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef) and _draws(node):
                yield str(file), node.name


def _draws(node: ast.FunctionDef | ast.AsyncFunctionDef) -> bool:
    first = node.args.args[0].annotation if node.args.args else None
    if first is None or ast.unparse(first) not in {"Words", "Caller"} or node.returns is None:
        return False
    made = {
        one.func.id
        for one in ast.walk(node)
        if isinstance(one, ast.Call) and isinstance(one.func, ast.Name)
    }
    if node.name in SENTENCES:
        return False
    return bool(MAKERS & made) or ast.unparse(node.returns).removesuffix(" | None") in SCREENS


async def test_every_screen_is_drawn() -> None:
    """Each function that draws a view, a message or a reply is called for the operator's check."""
    called: set[tuple[str, str]] = set()

    def note(frame: FrameType, event: str, _: object) -> None:
        if event == "call":
            called.add((frame.f_code.co_filename, frame.f_code.co_name))

    sys.setprofile(note)
    try:
        drawn = [one async for one in screens()]
    finally:
        sys.setprofile(None)
    expected = set(drawing())
    assert len(expected) > 100
    assert sorted(expected - called) == []
    assert len({one.name for one in drawn}) == len(drawn)


PRESS = re.compile(r"\b[Pp]ress (?:[*“](?P<marked>[^*”]+)[*”]|(?P<bare>[A-Z]\w+))(?P<where>[^.]*)")
ELSEWHERE = ("on the card", "beside their name")
"""Phrases that send people to another screen."""


def labels(part: Any) -> Iterator[str]:
    """Return the words on everything in a screen that can be pressed or chosen."""
    if isinstance(part, list):
        for item in part:
            yield from labels(item)
    elif isinstance(part, dict):
        if isinstance(part.get("text"), dict) and (part.get("type") == "button" or "value" in part):
            yield part["text"]["text"]
        if part.get("type") == "overflow":
            yield "⋯"
        for key in ("submit", "close"):
            if isinstance(part.get(key), dict):
                yield part[key]["text"]
        for inner in part.values():
            yield from labels(inner)


async def test_pressed_words_are_labels() -> None:
    """A word after "Press" is on a button of that screen, or of one that the sentence names."""
    everywhere: set[str] = set()
    missing: set[tuple[str, str]] = set()
    async for screen in screens():
        here = set(labels(screen.what))
        everywhere |= here
        for press in PRESS.finditer(words_of(screen.what)):
            if press["marked"] and not any(one in press["where"] for one in ELSEWHERE):
                missing |= {(screen.name, press["marked"])} - {(screen.name, one) for one in here}
    named = {press["marked"] or press["bare"] for one in said() for press in PRESS.finditer(one)}

    assert missing == set()
    assert named - everywhere - {"{button}"} == set()
    assert "What changed" in named


async def test_file() -> None:
    """The file that the operator's check sends has each screen as it is; `make words` writes it."""
    assert await text() == checks.SCREENS.read_text(encoding="utf-8")
