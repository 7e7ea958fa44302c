"""The words of every screen, one file for all: `make words` writes it, a test compares it."""

import asyncio
from typing import Any

from tests.support.reading import fields, words_of
from tests.support.screens import screens
from tests.support.shared import ROOT

FILE = ROOT / "tests" / "whole" / "screen_words.txt"
LANGUAGE = " (en-US)"


async def drawn() -> dict[str, dict[str, Any]]:
    """Draw every view and message in English, by its name."""
    return {
        screen.name.removesuffix(LANGUAGE): screen.what
        async for screen in screens()
        if screen.name.endswith(LANGUAGE) and isinstance(screen.what, dict)
    }


def words_on(screen: dict[str, Any]) -> str:
    """Return all that a screen says, and what its questions ask."""
    asked = [
        " / ".join(
            element["confirm"][part]["text"] for part in ("title", "text", "confirm", "deny")
        )
        for _, element in fields(screen["blocks"])
        if "confirm" in element
    ]
    return "\n".join([words_of(screen), *(f"? {one}" for one in asked)])


async def text() -> str:
    """Return the words of every screen below its name."""
    return "".join(
        f"=== {name}\n{words_on(screen).strip()}\n\n"
        for name, screen in sorted((await drawn()).items())
    )


def write() -> None:
    """Write the file."""
    FILE.write_text(asyncio.run(text()), encoding="utf-8")
