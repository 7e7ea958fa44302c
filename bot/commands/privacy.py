"""`undersigned letters history` and `erase`, `people export` and `erase`, `workspace erase`."""

import asyncio
import sys
from typing import Annotated

from cyclopts import Parameter
from pydantic import BaseModel, ConfigDict

from bot import privacy
from bot.commands.terminal import NO_QUESTIONS, AsJson, agrees, write_json, write_table
from bot.features.privacy.table import write_history
from bot.features.privacy.use_cases.erasure import ErasedPerson
from bot.settings import read

Flag = Annotated[bool, Parameter(negative=())]
_NOTHING = "undersigned: nothing was erased. Answer with y, or give --yes."


class ErasedNow(BaseModel):
    """Counts of an erasure of a person."""

    model_config = ConfigDict(frozen=True)

    signatures: int
    gaps: int
    """In delivered copies."""


def letter_history(letter: int, *, csv: Flag = False) -> None:
    """Write who did what on a letter, when and why, to standard output; the newest first.

    Args:
        letter: The letter's number.
        csv: As CSV, with all facts, for machines.
    """
    rows = asyncio.run(privacy.history_of(read(), letter))
    if csv:
        sys.stdout.buffer.write(write_history(rows).encode())
        return
    write_table(privacy.HistoryLine, list(privacy.in_words(rows)))


def letter_erase(letter: int, *, entry: str = "", yes: Flag = False) -> None:
    """Erase a letter, with all signatures and its delivered copy, for good.

    Its cards stay in Slack as they are: remove them first.

    Args:
        letter: The letter's number.
        entry: Not the letter, but this entry of somebody without an account, as it reads on the
            list; a delivered copy shows a gap. People with an account: `people erase`.
        yes: Do it without asking.
    """
    if entry:
        if not agrees("Erase it? [y/N] ", f"On letter {letter}: {entry}", yes=yes):
            sys.exit(_NOTHING)
        _say_erased(asyncio.run(privacy.erase_one_entry(read(), letter, entry)))
        return
    if not agrees("Erase it? [y/N] ", f"Letter {letter}, with everything on it.", yes=yes):
        sys.exit(_NOTHING)
    print(f"Erased: {asyncio.run(privacy.erase_one_letter(read(), letter))}")


def people_export(user: str, *, page: Flag = False, team: str = "", workspace: str = "") -> None:
    """Write everything that is kept about a person to standard output, as JSON.

    Args:
        user: Their Slack user id (U… or W…).
        page: As a page of HTML to read, to print or to send.
        team: The id of the workspace that their account belongs to, if it is another one.
        workspace: The id of the workspace of the letters, where there are several.
    """
    made = privacy.export_person(read(), user, team=team, workspace=workspace, page=page)
    sys.stdout.buffer.write(asyncio.run(made).encode())


def people_erase(
    user: str, *, team: str = "", workspace: str = "", yes: Flag = False, json: AsJson = False
) -> None:
    """Erase everything about a person for good; signatures that stand are withdrawn first.

    A delivered copy keeps its hash and shows a gap.

    Args:
        user: Their Slack user id (U… or W…).
        team: The id of the workspace that their account belongs to, if it is another one.
        workspace: The id of the workspace of the letters, where there are several.
        yes: Do it without asking.
        json: Print `{signatures, gaps}` for machines, after a yes.
    """
    if json and not yes:
        sys.exit(NO_QUESTIONS)
    if not agrees("Erase it? [y/N] ", f"Everything about {user}.", yes=yes, quiet=json):
        sys.exit(_NOTHING)
    done = asyncio.run(privacy.erase_one(read(), user, team=team, workspace=workspace))
    if json:
        write_json(ErasedNow(signatures=done.signatures, gaps=done.gaps))
        return
    _say_erased(done)


def _say_erased(done: ErasedPerson) -> None:
    print(f"Erased: {done.signatures} signatures; gaps in delivered copies: {done.gaps}.")


def workspace_erase(workspace: str = "", *, yes: Flag = False) -> None:
    """Erase a workspace with all its letters for good.

    Args:
        workspace: Its id (T…), where there are several.
        yes: Do it without asking.
    """
    shown = f"Workspace {workspace}, with all its letters."
    if not agrees("Erase it? [y/N] ", shown, yes=yes):
        sys.exit(_NOTHING)
    print(f"Erased: {asyncio.run(privacy.erase_whole_workspace(read(), workspace))}")
