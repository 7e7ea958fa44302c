"""Title and text of a new letter, taken from a message or a command."""

import re

from bot.documents.characters import one_line
from bot.documents.markdown_reading import read_markdown
from bot.letters.draft import TITLE_MOST
from bot.letters.text import canonical, first_heading, split_title
from bot.slack.text.escaping import clip, width
from bot.slack.text.mrkdwn import read_mrkdwn

_TYPED_HEADING = re.compile(r"#{1,6}\s+")


def title_and_text(markdown: str) -> tuple[str, str]:
    """Return the title that a text suggests, and the text below it.

    If the text begins with a heading or a separate first line, that is the title and is removed
    from the text. Otherwise the title is the first heading, or as much of the first line as fits,
    and the text stays complete.
    """
    title, under = split_title(markdown)
    if title and under and width(title) <= TITLE_MOST:
        return title, under
    whole = canonical(markdown)
    first, _, rest = whole.partition("\n\n")
    line = _plain(first)
    if rest and "\n" not in first.strip() and 0 < width(line) <= TITLE_MOST:
        return line, canonical(rest)
    return clip(first_heading(whole) or _plain(first.partition("\n")[0]), TITLE_MOST), whole


def command_title(rest: str) -> str:
    """Return the title in `/letter new title`, as plain text."""
    return clip(one_line(" ".join(one.visible for one in read_mrkdwn(rest))), TITLE_MOST)


def _plain(markdown: str) -> str:
    """Return the words of a line of Markdown, without the `#` of a typed heading."""
    words = " ".join(one.visible for one in read_markdown(markdown))
    return _TYPED_HEADING.sub("", words, count=1)
