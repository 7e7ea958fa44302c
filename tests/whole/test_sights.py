"""Every screen: its words are as they were looked at, and its buttons are told apart."""

from tests.support import screen_words
from tests.support.live_marks import buttons_wrong

MADE_UP = "two are named 'OK'"
"""Of buttons that a sample hands in where a screen takes any."""


async def test_words() -> None:
    """The words of each screen are those in `screen_words.txt`; `make words` writes it anew."""
    assert await screen_words.text() == screen_words.FILE.read_text(encoding="utf-8")


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
