"""Every screen: its words are as they were looked at, and its buttons are told apart."""

from bot.app import registered
from tests.support import screen_words
from tests.support.live_marks import buttons_wrong

MADE_UP = "two are named 'OK'"
"""Labels of buttons that a sample hands in where a screen takes any."""


async def test_words() -> None:
    """The words of each screen are those in `screen_words.txt`; `make words` rewrites it."""
    assert await screen_words.text() == screen_words.FILE.read_text(encoding="utf-8")


async def test_days() -> None:
    """No screen calls a day "yesterday", "today" or "tomorrow", as messages stay."""
    assert "_pretty}" not in await screen_words.text()


async def test_buttons() -> None:
    """No two buttons of a screen have one name; what destroys is red, asks first, and says so."""
    found = {
        name: wrong
        for name, screen in (await screen_words.drawn()).items()
        if (wrong := set(buttons_wrong(screen["blocks"], ends_of(screen))) - {MADE_UP})
    }

    assert found == {}


def ends_of(screen: dict[str, object]) -> list[str]:
    ends = [screen[end] for end in ("submit", "close") if end in screen]
    return [str(one["text"]) for one in ends if isinstance(one, dict)]


MOST_KINDS = 20
KINDS = {
    "add": "paste signatures from outside Slack",
    "amend": "change the text",
    "cancel": "cancel the letter, and why",
    "correct": "correct an entry",
    "deadline": "move the deadline, close or reopen",
    "decide": "keep or remove an entry, and why",
    "details": "title, summary, sender, goal, who is responsible",
    "documents.get": "get the letter as a file",
    "draft": "write a letter",
    "invite": "invite, first signers too: whom, picked or pasted, words, when",
    "objection": "object to an organisation's signature",
    "organisations.record": "record a proof of permission",
    "post": "post the card: channels",
    "remind": "remind: whom, when",
    "rules": "one of the letter's rules",
    "sign": "sign, or change a signature",
    "sign.approve": "look at the entry before it is signed",
    "sign.confirm": "confirm an organisation's signature",
    "update": "an update, and whether it is sent",
    "window": "find a signer",
}
"""Kinds of forms: what is sent with a button of a modal's own. What only asks "sure?" is none."""


def test_kinds_of_forms() -> None:
    """There are at most twenty kinds of forms, and each is known here."""
    assert set(registered().submissions) == set(KINDS)
    assert len(KINDS) <= MOST_KINDS
