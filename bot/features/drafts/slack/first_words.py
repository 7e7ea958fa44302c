"""Title and text of a new letter, taken from a message or a command."""

import re

from bot.documents.characters import one_line
from bot.documents.mail import is_salutation
from bot.documents.markdown_reading import read_markdown
from bot.letters.draft import TITLE_MOST
from bot.letters.text import canonical, first_heading, split_title
from bot.slack.text.escaping import clip, width
from bot.slack.text.mrkdwn import read_mrkdwn

BEGINNING = 10
"""The number of lines that may repeat the title."""
_SENTENCE_END = re.compile(r"(?<=[.!?])\s")
_TYPED_HEADING = re.compile(r"#{1,6}\s+")


def title_and_text(markdown: str) -> tuple[str, str]:
    """Return the title that a text suggests, and the text below it.

    If the text begins with a heading or a separate first line, that is the title and is removed
    from the text. Otherwise the title is the first heading or the first sentence, if it fits, and
    the text stays complete. A salutation is no title.
    """
    if is_salutation(markdown.partition("\n")[0]):
        return "", canonical(markdown)
    title, under = split_title(markdown)
    if title and under and width(title) <= TITLE_MOST:
        return title, under
    whole = canonical(markdown)
    first, _, rest = whole.partition("\n\n")
    line = _plain(first)
    if rest and "\n" not in first.strip() and 0 < width(line) <= TITLE_MOST:
        return line, canonical(rest)
    title = first_heading(whole) or _SENTENCE_END.split(_plain(first.partition("\n")[0]))[0]
    return title if width(title) <= TITLE_MOST else "", whole


def without_title(markdown: str, title: str) -> str:
    """Return a text without the lines near its beginning that repeat its title."""
    lines = markdown.split("\n")
    kept = [one for one in lines[:BEGINNING] if not title or _folded(_plain(one)) != _folded(title)]
    return canonical("\n".join([*kept, *lines[BEGINNING:]]))


def _folded(text: str) -> str:
    return "".join(filter(str.isalnum, text.casefold()))


def command_title(rest: str) -> str:
    """Return the title in `/letter new title`, as plain text."""
    return clip(one_line(" ".join(one.visible for one in read_mrkdwn(rest))), TITLE_MOST)


def _plain(markdown: str) -> str:
    """Return the words of a line of Markdown, without the `#` of a typed heading."""
    words = " ".join(one.visible for one in read_markdown(markdown))
    return _TYPED_HEADING.sub("", words, count=1)
