"""Lines that make one entry together: wrapped ones, blocks of a person, fields with labels."""

from collections.abc import Sequence
from dataclasses import replace

from bot.documents.pasted.columns import Column, column_of
from bot.documents.pasted.facts import peeled
from bot.documents.pasted.headings import heading_kind, is_closing, is_more, is_prose
from bot.documents.pasted.kinds import is_title, names_body, organisedness, personality, tokens
from bot.documents.pasted.markup import Line
from bot.documents.pasted.separators import part
from bot.documents.pasted.spelling import word_set

_CERTAIN_TITLE = 4.0
_BLOCK_MOST, _LABEL_MOST = 4, 60
_OPEN_ENDS = word_set("of for the and de la des du del da do dos pour para &")
_GOES_ON = word_set("of for and de du des pour para по и")


def joined(lines: Sequence[Line]) -> list[Line]:
    """Return the lines with those joined that hold one entry: wrapped ones, and blocks of a person."""
    found: list[Line] = []
    for line in lines:
        last = found[-1] if found else None
        if last is not None and last.text and line.text and _continues(last, line):
            glue = " " if _is_wrapped(last, line) else ", "
            found[-1] = replace(
                last,
                text=f"{last.text}{glue}{line.text}",
                addresses=last.addresses + line.addresses,
            )
        else:
            found.append(line)
    return _blocks(found)


def _is_wrapped(last: Line, line: Line) -> bool:
    """Return whether a mail's line end cut an entry in two."""
    final = (tokens(last.raw) or [""])[-1].casefold()
    first = (tokens(line.raw) or [""])[0]
    return final in _OPEN_ENDS or first in _GOES_ON


def _continues(last: Line, line: Line) -> bool:
    """Return whether a line goes on with the entry of the line before it."""
    if line.bulleted or line.heading or last.heading or is_closing(line.text):
        return False
    if is_more(line.text):
        return False
    if label_of(line) is not None or is_prose(line.raw):
        return False
    if _is_wrapped(last, line):
        return not is_prose(last.raw)
    first = _first(line)
    heads = [one.text for one in part(last.text)]
    if not heads or not _is_person(heads[0]):
        return False
    if line.indent > last.indent + 1 and not _is_person(first):
        return True
    first = peeled(first)[0]
    titled = is_title(first) and not names_body(first) and personality(first) < _CERTAIN_TITLE
    return titled and not is_title(heads[-1])


def _first(line: Line) -> str:
    return next((one.text for one in part(line.text)), "")


def _is_person(text: str) -> bool:
    return personality(text) > 1 and personality(text) > organisedness(text)


def _blocks(lines: list[Line]) -> list[Line]:
    """Return the lines with each block of a person joined, where all blocks are of that shape."""
    blocks: list[list[Line]] = [[]]
    for line in lines:
        if line.text:
            blocks[-1].append(line)
        elif blocks[-1]:
            blocks.append([])
    several = [block for block in blocks if len(block) > 1]
    if len(several) < 2 or not all(_is_block(block) for block in several):
        return lines
    return [
        replace(block[0], text=", ".join(line.text for line in block)) for block in blocks if block
    ]


def _is_block(block: Sequence[Line]) -> bool:
    if len(block) > _BLOCK_MOST or any(line.bulleted or line.heading for line in block):
        return False
    first, *rest = block
    return _is_person(_first(first)) and not any(
        _is_person(_first(line)) and not is_title(line.text) for line in rest
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
