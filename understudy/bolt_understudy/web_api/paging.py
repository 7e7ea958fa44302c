import base64
import binascii
from collections.abc import Callable, Sequence
from typing import Any

from bolt_understudy.errors import SlackError
from bolt_understudy.web_api.arguments import Arguments

MOST = 1000


def cursor(word: str, value: str) -> str:
    """Return Slack's opaque cursor: base64 of a word and the start of the next page."""
    return base64.b64encode(f"{word}:{value}".encode()).decode()


def read_cursor(args: Arguments, word: str) -> str:
    """Return the start of a page; "" for the first.

    Raises:
        SlackError: `invalid_cursor` for one that this method did not return.
    """
    given = args.text("cursor")
    if not given:
        return ""
    try:
        kind, _, value = base64.b64decode(given, validate=True).decode().partition(":")
    except (binascii.Error, UnicodeDecodeError) as error:
        raise SlackError("invalid_cursor") from error
    if kind != word or not value:
        raise SlackError("invalid_cursor")
    return value


def page(
    args: Arguments, items: Sequence[Any], *, word: str, key: Callable[[Any], str], default: int
) -> tuple[list[Any], dict[str, str]]:
    """Return one page of a list, and the `response_metadata` with the next cursor.

    Args:
        args: `cursor` and `limit` are read from it.
        items: all of them, in a stable order.
        word: the cursor's word, such as `team` or `user`.
        key: returns an item's own key, with which the next page begins.
        default: the length of a page if no limit is given.

    Raises:
        SlackError: `invalid_cursor`, `invalid_limit`.
    """
    limit = args.number("limit", default) or default
    if not 0 < limit <= MOST:
        raise SlackError("invalid_limit")
    begins = read_cursor(args, word)
    start = 0
    if begins:
        start = next((at for at, item in enumerate(items) if key(item) == begins), -1)
        if start < 0:
            raise SlackError("invalid_cursor")
    end = start + limit
    following = cursor(word, key(items[end])) if end < len(items) else ""
    return list(items[start:end]), {"next_cursor": following}
