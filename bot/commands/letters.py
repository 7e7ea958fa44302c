"""`undersigned letters import`, `post`, `amend`, `list` and `organisers`."""

import asyncio
import sys
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Annotated, Literal

from cyclopts import Parameter
from pydantic import BaseModel, ConfigDict

from bot.commands.terminal import (
    NO_QUESTIONS,
    AsJson,
    agrees,
    read_text,
    with_offset,
    write_json,
    write_table,
)
from bot.importing import (
    Amended,
    amend_file,
    appoint_organiser,
    every_letter,
    import_file,
    post_as_organiser,
)
from bot.letters.amendment import AmendmentKind
from bot.letters.draft import Draft
from bot.letters.letter import Signers
from bot.letters.phases import Phase
from bot.settings import Need, read


class ListedLetter(BaseModel):
    """A letter as it is listed."""

    model_config = ConfigDict(frozen=True)

    number: int
    phase: Phase
    signatures: int
    deadline: str
    """In ISO 8601, with its offset."""
    title: str


class ImportedLetter(BaseModel):
    """A draft that was made."""

    model_config = ConfigDict(frozen=True)

    number: int


class PostedLetter(BaseModel):
    """A letter whose card will appear."""

    model_config = ConfigDict(frozen=True)

    number: int
    channels: list[str]


class AmendedLetter(BaseModel):
    """A letter whose text was changed."""

    model_config = ConfigDict(frozen=True)

    number: int
    signatures: int
    """Those whose signers get a message."""


def import_letter(
    file: Path,
    *,
    organiser: str,
    title: str = "",
    summary: str = "",
    sender: str = "",
    deadline: datetime | None = None,
    signers: Signers = Signers.EVERYONE,
    goal: int | None = None,
    language: str = "en",
    json: AsJson = False,
) -> None:
    """Make a draft from a Markdown or text file; print its number as the last line.

    Args:
        file: UTF-8 text. Its first heading is the title unless one is given.
        organiser: Slack user id of the full member who will run the letter (U… or W…).
        title: The title.
        summary: One or two sentences for the card.
        sender: Who asks for signatures, as the card names them.
        deadline: When it closes, such as 2027-03-01T17:00+01:00; UTC without an offset.
            In 30 days at 17:00 UTC where none is given.
        signers: Who may sign.
        goal: How many signatures are hoped for.
        language: The letter's language, such as en or pt-BR.
        json: Print `{number}` for machines.
    """
    in_a_month = datetime.now(UTC) + timedelta(days=30)
    draft = Draft(
        title=title,
        body=read_text(file),
        deadline=with_offset(
            deadline or in_a_month.replace(hour=17, minute=0, second=0, microsecond=0)
        ),
        summary=summary,
        sender=sender,
        signers=signers,
        goal=goal,
        language=language,
    )
    number = asyncio.run(import_file(read(Need.BOT_TOKEN), draft, organiser))
    if json:
        write_json(ImportedLetter(number=number))
        return
    print(
        "The draft is kept. Its organiser finds it in Slack, on the app's Home tab. To post it from "
        f"here: undersigned letters post {number} --channel C…"
    )
    print(number)


def post_letter(
    letter: int, *, channel: Annotated[list[str], Parameter(negative=())], json: AsJson = False
) -> None:
    """Put a letter's card into channels, as its first organiser would.

    Args:
        letter: The letter's number.
        channel: A Slack channel id (C…); may be given several times.
        json: Print `{number, channels}` for machines.
    """
    posted = asyncio.run(post_as_organiser(read(), letter, channel))
    if json:
        write_json(PostedLetter(number=letter, channels=list(posted)))
        return
    print(f"The card will appear within moments in: {', '.join(posted)}")


def amend_letter(
    letter: int,
    file: Path,
    *,
    organiser: str,
    kind: AmendmentKind,
    note: str,
    answer_by: datetime | None = None,
    yes: Annotated[bool, Parameter(negative=())] = False,
    json: AsJson = False,
) -> None:
    """Change the text of a posted letter. Show what changes and what it will do, then ask.

    Args:
        letter: The letter's number.
        file: UTF-8 text, the whole letter as it will be. A heading that is the title is left out.
        organiser: Slack user id of an organiser of the letter (U… or W…), in whose name it is done.
        kind: `cosmetic`: it means the same; signers are told. `material`: each signer is asked.
        note: A note to everyone who signed.
        answer_by: Until when signers can answer, such as 2027-03-01T17:00+01:00; UTC without an
            offset. Needed for a material one, at least a day ahead.
        yes: Do not ask.
        json: Print `{number, signatures}` for machines: those whose signers get a message.
    """
    if json and not yes:
        sys.exit(NO_QUESTIONS)
    amendment = Amended(
        body=read_text(file),
        kind=kind,
        note=note,
        answer_by=with_offset(answer_by) if answer_by else None,
    )
    people = asyncio.run(
        amend_file(
            read(),
            letter,
            amendment,
            organiser,
            lambda shown: agrees("Change the text? [y/N] ", shown, yes=yes, quiet=json),
        )
    )
    if people is None:
        sys.exit("undersigned: nothing was changed. Answer with y, or give --yes.")
    if json:
        write_json(AmendedLetter(number=letter, signatures=people))
        return
    print(f"The text is changed. Signatures whose signers get a message: {people}")


def letter_organisers(letter: int, change: Literal["add"], user: str) -> None:
    """Make a full member an organiser of a letter, such as one whose only organiser has left.

    With `SLACK_BOT_TOKEN` Slack is asked who they are; without it you are taken at your word.

    Args:
        letter: The letter's number.
        change: `add`; organisers take others off in Slack, with `/letter organisers`.
        user: Slack user id of a full member (U… or W…).
    """
    del change
    title, asked = asyncio.run(appoint_organiser(read(), letter, user))
    if not asked:
        print("Slack wasn't asked who that is: SLACK_BOT_TOKEN is not set.", file=sys.stderr)
    print(f"{user} is now an organiser of “{title}”. The bot tells them when it runs.")


def list_letters(*, json: AsJson = False) -> None:
    """List all letters: number, phase, signatures, deadline, title.

    Args:
        json: Print an array of objects for machines.
    """
    found = [
        ListedLetter(
            number=letter.id,
            phase=letter.phase,
            signatures=letter.tally.total,
            deadline=letter.deadline.isoformat(timespec="minutes"),
            title=letter.title,
        )
        for letter in asyncio.run(every_letter(read()))
    ]
    if json:
        write_json(found)
    else:
        write_table(ListedLetter, found)
