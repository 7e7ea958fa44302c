"""A text that came back from a rich text input, where what nobody touched stays as it was."""

from collections.abc import Iterator, Sequence
from itertools import pairwise

from bot.letters.alignment import aligned
from bot.letters.text import canonical, is_item, parts
from bot.slack.text.rich_text import markdown_to_rich_text, rich_text_to_markdown


def retyped(block: object, before: str) -> str:
    """The Markdown of a rich text input that was filled with a text and came back.

    A rich text input has no headings, tables or images: each paragraph, and each item of a list, whose
    words were left alone keeps the Markdown that it had.

    Args:
        block: The input's `rich_text` block.
        before: The text that it was filled with.
    """
    typed = rich_text_to_markdown(block)
    if typed == rich_text_to_markdown(markdown_to_rich_text(before)):
        return before
    kept = parts(before)
    shown = [(place, part) for place, (one, _) in enumerate(kept) for part in _as_shown(one)]
    new = parts(typed)
    found = dict(aligned([part for _, part in shown], [part for part, _ in new]))
    starts = [place for place, (owner, _) in enumerate(shown) if _is_first(shown, place, owner)]
    result = dict(enumerate(new))
    for start, end in pairwise([*starts, len(shown)]):
        places = [found.get(place) for place in range(start, end)]
        first = places[0]
        if first is None or places != list(range(first, first + len(places))):
            continue
        for place in range(first, first + len(places)):
            del result[place]
        result[first] = kept[shown[start][0]]
    return canonical("".join(_joined([part for _, part in sorted(result.items())])))


def _joined(found: Sequence[tuple[str, int]]) -> Iterator[str]:
    """The parts, with what stands between them: only items of a list follow without an empty line."""
    for (part, line_ends), (following, _) in pairwise([*found, ("", 0)]):
        is_tight = line_ends == 1 and is_item(part) and is_item(following)
        yield part + ("\n" if is_tight else "\n\n")


def _as_shown(paragraph: str) -> list[str]:
    """The paragraphs that one is, when it comes back from the input untouched."""
    return [part for part, _ in parts(rich_text_to_markdown(markdown_to_rich_text(paragraph)))]


def _is_first(shown: list[tuple[int, str]], place: int, owner: int) -> bool:
    return place == 0 or shown[place - 1][0] != owner
