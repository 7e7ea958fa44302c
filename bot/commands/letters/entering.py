"""Steps shared by `letters add` and `letters invite`: show entries, ask, write rejected rows."""

import sys
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import asdict, dataclass, fields
from pathlib import Path
from typing import Generic, TypeVar

from bot.commands.terminal import NO_QUESTIONS, agrees, write_whole
from bot.documents.cells import write_table
from bot.documents.pasted.entries import Reading, note_of, skipped_line
from bot.features.collected.rules import SignatureRow
from bot.features.invitations.rules import InvitationRow
from bot.letters.refusals import Refusal
from bot.locales import words
from bot.settings import SettingsError
from bot.slack.pasting.views import problem_of

R = TypeVar("R", SignatureRow, InvitationRow)


@dataclass(frozen=True, slots=True, kw_only=True)
class Checked(Generic[R]):
    """A row of a file, its entry, and the reasons why it can't be entered."""

    row: R
    entry: str
    refusals: Sequence[Refusal]

    @property
    def problem(self) -> str:
        """All problems of the row, in English; empty if it has none."""
        return problem_of(words("en"), self.refusals)


class Entering(Generic[R]):
    """One run of a command that enters the rows of a file."""

    def __init__(self, *, yes: bool, json: bool, rest: Path | None) -> None:
        """Check the options; exit if --json lacks --yes, or if the file for rejected rows exists.

        `yes` skips the confirmation; `rest` is the file for the rows that are not entered.
        """
        if json and not yes:
            sys.exit(NO_QUESTIONS)
        if rest is not None and rest.exists():
            raise SettingsError(f"{rest} already exists: name a new file with --rest.")
        self._yes, self._json, self._rest = yes, json, rest
        self._left: list[Checked[R]] = []

    def agreed(
        self, checked: Sequence[Checked[R]], reading: Reading, beside: Iterable[str], question: str
    ) -> list[Checked[R]]:
        """Show the valid, rejected and skipped rows; return the valid ones after confirmation."""
        t = words("en")
        good = [one for one in checked if not one.refusals]
        self._left = [one for one in checked if one.refusals]
        problems = [f"! Line {one.row.line}, {one.entry}: {one.problem}" for one in self._left]
        skipped = [f"* {skipped_line(t, one)}" for one in reading.skipped]
        if not good:
            self._write_rest()
            told = "\n".join([*problems, *skipped])
            raise SettingsError(f"there is nothing to enter:\n{told}")
        notes = [
            f"* {entry.reads}: {note}" for entry in reading.entries if (note := note_of(t, entry))
        ]
        shown = [
            *(f"  {one.row.kind}: {one.entry}" for one in good),
            *notes, *skipped, *(f"* {one}" for one in beside), *problems,
        ]  # fmt: skip
        if not agrees(f"{question} [y/N] ", "\n".join(shown), yes=self._yes, quiet=self._json):
            sys.exit("undersigned: nothing was entered. Answer with y, or give --yes.")
        return good

    def left(
        self, good: Sequence[Checked[R]], refused: Mapping[int, tuple[Refusal, ...]]
    ) -> list[dict[str, object]]:
        """Write all rejected rows, also those refused on saving, to a file; return them."""
        for place, refusals in refused.items():
            one = good[place]
            self._left.append(Checked(row=one.row, entry=one.entry, refusals=refusals))
        self._write_rest()
        return [
            {"row": one.row.line, "entry": one.entry, "problem": one.problem} for one in self._left
        ]

    def _write_rest(self) -> None:
        if self._rest is None or not self._left:
            return
        columns = [one.name for one in fields(self._left[0].row) if one.name != "line"]
        rows = [asdict(one.row) | {"problem": one.problem} for one in self._left]
        write_whole(self._rest, write_table([*columns, "problem"], rows).encode())
