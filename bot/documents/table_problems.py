"""Problems in a table that people send, and their sentences."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum

from bot.locales import Words
from bot.names.cleaning import clean

PROBLEMS_MOST = 20
"""So many problems are told at once; further ones are counted."""

_SHOWN_MOST = 60


class Trouble(StrEnum):
    """Kind of problem in a table. Each has one sentence."""

    NO_HEADINGS = "no_headings"
    MISSING_COLUMN = "missing_column"
    UNKNOWN_COLUMN = "unknown_column"
    COLUMN_TWICE = "column_twice"
    BROKEN_QUOTES = "broken_quotes"
    TOO_MANY_CELLS = "too_many_cells"
    EMPTY = "empty"
    NOT_A_CHOICE = "not_a_choice"
    NOT_A_DAY = "not_a_day"


@dataclass(frozen=True, slots=True, kw_only=True)
class Problem:
    """One thing that is wrong, and where."""

    trouble: Trouble
    line: int
    """The line of the file on which the row begins, from 1."""
    column: str = ""
    value: str = ""
    """The value as it was typed."""
    choices: tuple[str, ...] = ()
    """The values that are allowed."""


class TableRefused(Exception):  # noqa: N818 - it is the past participle of what happened, as `Refused` is
    """Raised for a table of which nothing is taken."""

    def __init__(self, problems: Sequence[Problem]) -> None:
        super().__init__(", ".join(f"{one.trouble} in line {one.line}" for one in problems[:3]))
        self.problems = tuple(problems[:PROBLEMS_MOST])
        """The first ones, by their lines."""
        self.more = len(problems) - len(self.problems)
        """Number of further problems."""


def refusal_lines(t: Words, refused: TableRefused) -> list[str]:
    """A sentence for each problem, and one for those that were left out. Plain text, one line each.

    What people typed is in them: escape them where that matters.
    """
    lines = [problem_words(t, problem) for problem in refused.problems]
    if refused.more:
        lines.append(more_words(t, refused.more))
    return lines


def more_words(t: Words, count: int) -> str:
    """Say how many problems were left out."""
    return t.n(
        "There is {count} more problem after these.",
        "There are {count} more problems after these.",
        count,
    )


def problem_words(t: Words, problem: Problem) -> str:
    """Say in one line of plain text what is wrong, where, and how to mend it."""
    facts = {
        "line": t.number(problem.line),
        "column": _short(problem.column),
        "value": _short(problem.value),
        "choices": ", ".join(problem.choices),
    }
    return _SENTENCES[problem.trouble](t, facts)


def _short(typed: str) -> str:
    """Return typed text as one short line without invisible characters."""
    line = clean(typed)
    return line if len(line) <= _SHOWN_MOST else f"{line[:_SHOWN_MOST].rstrip()}…"


_SENTENCES: dict[Trouble, Callable[[Words, Mapping[str, str]], str]] = {
    Trouble.NO_HEADINGS: lambda t, f: t(
        "Line {line}: the first row must name the columns. You can use: {choices}.",
        **f,
    ),
    Trouble.MISSING_COLUMN: lambda t, f: t(
        "Line {line}: the column “{column}” is missing. Please add it.",
        **f,
    ),
    Trouble.UNKNOWN_COLUMN: lambda t, f: t(
        "Line {line}: there is no column called “{column}”. Rename or remove it. You can use: "
        "{choices}.",
        **f,
    ),
    Trouble.COLUMN_TWICE: lambda t, f: t(
        "Line {line}: the column “{column}” appears twice. Remove one.",
        **f,
    ),
    Trouble.BROKEN_QUOTES: lambda t, f: t(
        "Line {line}: check the quotation marks. Each opening mark needs a closing one. To "
        "show one inside a quoted cell, type it twice.",
        **f,
    ),
    Trouble.TOO_MANY_CELLS: lambda t, f: t(
        "Line {line}: “{value}” is not under any column. Name its column, or put cells that "
        "contain a comma or semicolon in quotation marks.",
        **f,
    ),
    Trouble.EMPTY: lambda t, f: t(
        "Line {line}: the column “{column}” is empty. Please fill it in.",
        **f,
    ),
    Trouble.NOT_A_CHOICE: lambda t, f: t(
        "Line {line}: the column “{column}” says “{value}”. You can use: {choices}.",
        **f,
    ),
    Trouble.NOT_A_DAY: lambda t, f: t(
        "Line {line}: in the column “{column}”, “{value}” is not a date. Write it like "
        "2026-04-03 (year-month-day).",
        **f,
    ),
}
