"""Lines that make one entry together: wrapped ones, blocks of a person, fields with labels."""

from collections.abc import Callable, Sequence
from dataclasses import replace

from bot.documents.pasted.capacities import SIGNED_BY
from bot.documents.pasted.columns import Column, column_of
from bot.documents.pasted.facts import peeled
from bot.documents.pasted.headings import heading_kind, is_closing, is_prose, is_region
from bot.documents.pasted.kinds import (
    is_title,
    names_body,
    organisedness,
    personality,
    titled_name,
    tokens,
)
from bot.documents.pasted.markup import Line, between_blank_lines
from bot.documents.pasted.separators import part
from bot.documents.pasted.spelling import word_set
from bot.documents.pasted.surroundings import is_more
from bot.names.countries import country_code

_CERTAIN_TITLE = 4.0
_BLOCK_MOST, _LABEL_MOST = 6, 60
_BLOCKS_LEAST = 2
_MARKED_LEAST, _PAIRS_LEAST = 3, 3
_OPEN_ENDS = word_set("of for the and de la des du del da do dos pour para &")
_GOES_ON = word_set("of for and de du des pour para по и")


def joined(lines: Sequence[Line]) -> list[Line]:
    """Return the lines with those joined that hold one entry: wrapped ones, and blocks of a person."""
    marked = _ends_alike(lines)
    whole = _join(lines, lambda last, line: _wraps(last, line, marked=marked), " ")
    return _in_pairs(_join(_blocks(_indented(whole)), _continues, ", "))


def _join(lines: Sequence[Line], goes_on: Callable[[Line, Line], bool], glue: str) -> list[Line]:
    found: list[Line] = []
    for line in lines:
        last = found[-1] if found else None
        if last is not None and last.text and line.text and goes_on(last, line):
            found[-1] = replace(
                last,
                text=f"{last.text}{', ' if last.raw.rstrip().endswith(',') else glue}{line.text}",
                raw=f"{last.raw} {line.raw}" if glue == " " else last.raw,
                addresses=last.addresses + line.addresses,
            )
        else:
            found.append(line)
    return found


def _ends_alike(lines: Sequence[Line]) -> bool:
    """Return whether nearly all entries end with a semicolon, so that a line without one goes on."""
    written = [line for line in lines if line.text]
    marked = sum(line.raw.rstrip().endswith((";", "；")) for line in written)
    return marked >= _MARKED_LEAST and marked * 4 >= len(written) * 3


def _is_apart(last: Line, line: Line) -> bool:
    """Return whether a line begins something of its own."""
    if line.bulleted or line.heading or last.heading or is_closing(line.text):
        return True
    return is_more(line.text) or label_of(line) is not None or is_prose(line.raw)


def _wraps(last: Line, line: Line, *, marked: bool) -> bool:
    """Return whether a line's end cut an entry in two."""
    if _is_apart(last, line) or is_prose(last.raw) or heading_kind(last.text)[0]:
        return False
    final = (tokens(last.raw) or [""])[-1].casefold()
    first = (tokens(line.raw) or [""])[0]
    if final in _OPEN_ENDS or first in _GOES_ON:
        return True
    if marked:
        return not last.raw.rstrip().endswith((";", "；", ":", "："))
    return last.bulleted and first[:1].islower() and not is_title(line.text)


def _continues(last: Line, line: Line) -> bool:
    """Return whether a line tells more of the person of the line before it."""
    if _is_apart(last, line):
        return False
    first = _first(line)
    heads = [one.text for one in part(last.text)]
    if not heads or not _is_person(heads[0]):
        return False
    if line.indent > last.indent + 1 and not _is_person(first):
        return True
    first = peeled(first)[0]
    titled = (
        not titled_name(first)[0]
        and is_title(first)
        and not names_body(first)
        and personality(first) < _CERTAIN_TITLE
    )
    return titled and not is_title(heads[-1])


def _indented(lines: list[Line]) -> list[Line]:
    """Return the lines with what is indented joined to the line above, where most have such a one."""
    written = [line for line in lines if line.text]
    least = min((line.indent for line in written), default=0)
    deep = {line.row for line in written if line.indent > least + 1 and not line.bulleted}
    tops = [line for line in written if line.row not in deep and not _is_heading(line)]
    if len(deep) < _PAIRS_LEAST or len(deep) * 2 < len(tops) or any(one.bulleted for one in tops):
        return lines
    return _join(lines, lambda _, line: line.row in deep, ", ")


def _is_heading(line: Line) -> bool:
    return line.heading or heading_kind(line.text)[0]


def _in_pairs(lines: list[Line]) -> list[Line]:
    """Return the lines with each affiliation joined to the name above it, where they take turns."""
    written = [line for line in lines if line.text]
    entries = [line for line in written if not heading_kind(line.text)[0]]
    people, bodies = entries[::2], entries[1::2]
    if (
        len(people) != len(bodies)
        or len(people) < _PAIRS_LEAST
        or any(one.bulleted for one in entries)
    ):
        return lines
    turns = all(_is_person(_first(one)) and len(part(one.text)) == 1 for one in people)
    if not turns or any(_is_person(_first(one)) for one in bodies):
        return lines
    joined_at = {one.row for one in bodies}
    return _join([line for line in lines if line.text], lambda _, line: line.row in joined_at, ", ")


def _first(line: Line) -> str:
    return next((one.text for one in part(line.text)), "")


def _is_person(text: str) -> bool:
    return personality(text) > 1 and personality(text) > organisedness(text)


def _blocks(lines: list[Line]) -> list[Line]:
    """Return the lines with each block of a person joined, where all blocks are of that shape."""
    blocks = between_blank_lines(lines)
    several = [block for block in blocks if len(block) > 1]
    fitting = sum(map(_is_block, several))
    # What stands before a list and behind it need not fit.
    apart = sum(
        1
        for block in {id(one): one for one in several[:1] + several[-1:]}.values()
        if not _is_block(block)
    )
    if fitting < _BLOCKS_LEAST or fitting * 4 < (len(several) - apart) * 3:
        return lines
    found: list[Line] = []
    for block in blocks:
        if len(block) > 1 and _is_block(block):
            found.append(replace(block[0], text=", ".join(line.text for line in block)))
        else:
            found += block
        # A blank line parts the blocks on.
        found.append(replace(block[-1], text="", raw="", source=""))
    return found


def _is_block(block: Sequence[Line]) -> bool:
    if len(block) > _BLOCK_MOST or any(
        line.heading or label_of(line) is not None for line in block[1:]
    ):
        return False
    # All that is told of somebody may have a dash before it.
    if len({line.bulleted for line in block[1:]}) > 1:
        return False
    first, *rest = block
    if first.bulleted or first.heading or heading_kind(first.text)[0] or is_region(first.text):
        return False
    if _is_person(_first(first)):
        return not any(_is_person(_first(line)) and not is_title(line.text) for line in rest)
    return not rest[0].bulleted and all(map(_is_fact, rest))


def _is_fact(line: Line) -> bool:
    """Return whether a line tells something of the organisation above it: its country, who signs for it."""
    titled = is_title(_first(line)) and not names_body(_first(line))
    return (
        titled or country_code(line.text) is not None or line.text.casefold().startswith(SIGNED_BY)
    )


def label_of(line: Line) -> Column | None:
    """Return the column that a line "Label: value" names."""
    label, found, _ = line.raw.partition(":")
    return column_of(label) if found and len(label) < _LABEL_MOST else None


def _holds_several(line: Line) -> bool:
    """Return whether a line is a heading with its list: "Organisations: A; B; C"."""
    label, _, value = line.raw.partition(":")
    return heading_kind(label)[0] and len(part(value)) > 1


def record_at(lines: Sequence[Line], place: int) -> tuple[dict[Column, str], int] | None:
    """Return the fields of a form written as "Label: value" lines, and the line behind them."""
    cells: dict[Column, str] = {}
    while place < len(lines) and lines[place].text:
        column = label_of(lines[place])
        if column is None or column in cells or _holds_several(lines[place]):
            break
        cells[column] = lines[place].raw.partition(":")[2].strip()
        place += 1
    named = {Column.NAME, Column.ORGANISATION, Column.BEHALF, Column.FAMILY} & set(cells)
    return (cells, place) if named and len(cells) > 1 else None
