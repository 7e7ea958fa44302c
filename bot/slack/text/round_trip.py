"""A text that came back from a rich text input, where what nobody touched stays as it was."""

from itertools import pairwise
from typing import Any

from bot.letters.alignment import aligned
from bot.letters.text import canonical, paragraphs
from bot.slack.text.rich_text import markdown_to_rich_text, rich_text_to_markdown


def retyped(block: dict[str, Any], before: str) -> str:
    """The Markdown of a rich text input that was filled with a text and came back.

    A rich text input has no headings, tables or images: each paragraph whose words were left alone
    keeps the Markdown that it had.

    Args:
        block: The input's `rich_text` block.
        before: The text that it was filled with.
    """
    typed = rich_text_to_markdown(block)
    if typed == rich_text_to_markdown(markdown_to_rich_text(before)):
        return before
    kept = paragraphs(before)
    shown = [(place, part) for place, one in enumerate(kept) for part in _as_shown(one)]
    new = paragraphs(typed)
    found = dict(aligned([part for _, part in shown], new))
    starts = [place for place, (owner, _) in enumerate(shown) if _is_first(shown, place, owner)]
    result: dict[int, str] = dict(enumerate(new))
    for start, end in pairwise([*starts, len(shown)]):
        places = [found.get(place) for place in range(start, end)]
        first = places[0]
        if first is None or places != list(range(first, first + len(places))):
            continue
        for place in range(first, first + len(places)):
            del result[place]
        result[first] = kept[shown[start][0]]
    return canonical("\n\n".join(part for _, part in sorted(result.items())))


def _as_shown(paragraph: str) -> list[str]:
    """The paragraphs that one is, when it comes back from the input untouched."""
    return paragraphs(rich_text_to_markdown(markdown_to_rich_text(paragraph)))


def _is_first(shown: list[tuple[int, str]], place: int, owner: int) -> bool:
    return place == 0 or shown[place - 1][0] != owner
