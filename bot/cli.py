"""The command line: `undersigned run`, `serve`, `worker`, `migrate`, `letters …`, `demo`.

What a command needs is imported when it runs, so that each starts quickly and holds only what it
uses.
"""

import asyncio
import sys
from collections.abc import Coroutine
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Annotated, Any

import cyclopts
from cyclopts import Parameter

from bot.features.delivery.delivery_copy_file import CopyFormat
from bot.features.delivery.list_files import Format
from bot.letters.amendment import AmendmentKind
from bot.letters.letter import Signers
from bot.letters.refusals import Refused
from bot.settings import Need, SettingsError, read

app = cyclopts.App(
    name="undersigned",
    help="Gather endorsements of joint letters where coalitions already talk: in Slack.",
    version_flags=["--version"],
)
letters = cyclopts.App(name="letters", help="Bring letters in, list them, hand the list over.")
app.command(letters)
asks = cyclopts.App(name="asks", help="Who was asked for a signature: a table in, a table out.")
letters.command(asks)


def main() -> None:
    """Runs a command; what is wrong with the environment or the input is one line."""
    try:
        app()
    except SettingsError as error:
        sys.exit(f"undersigned: {error}")
    except Refused as refused:
        from bot.locales import words
        from bot.slack.refusal_words import sentence

        field = f"{refused.refusal.field}: " if refused.refusal.field else ""
        sys.exit(f"undersigned: {field}{sentence(words('en'), refused.refusal)}")


def _go(work: Coroutine[Any, Any, None]) -> None:
    from bot.logs import configure

    configure()
    asyncio.run(work)


@app.command
def run() -> None:
    """Serves Slack over Socket Mode and does the worker's jobs, in one process."""
    from bot import processes

    _go(processes.run(read(Need.BOT_TOKEN, Need.APP_TOKEN)))


@app.command
def serve(*, with_worker: bool = False) -> None:
    """Serves Slack over HTTP at /slack/events.

    Args:
        with_worker: Do the worker's jobs in this process too. A SQLite file needs it.
    """
    from bot import processes

    settings = read(Need.BOT_TOKEN, Need.SIGNING_SECRET)
    if settings.is_sqlite and not with_worker:
        raise SettingsError(
            "A SQLite file is served by one process: run `undersigned serve --with-worker`, or set "
            "DATABASE_URL to a PostgreSQL database for separate web and worker processes."
        )
    _go(processes.serve(settings, with_worker=with_worker))


@app.command
def worker() -> None:
    """Delivers what is owed and does what is due, beside one or more `serve`. Needs PostgreSQL."""
    from bot import processes

    settings = read(Need.BOT_TOKEN)
    if settings.is_sqlite:
        raise SettingsError(
            "A SQLite file is served by one process: run `undersigned run` or `undersigned serve "
            "--with-worker`, or set DATABASE_URL to a PostgreSQL database."
        )
    _go(processes.work(settings))


@app.command
def migrate() -> None:
    """Brings the database to the schema of this version. Safe to run again."""
    from bot.wiring import migrated

    asyncio.run(migrated(read()))
    print("The database is up to date.")


@app.command
def backup(file: Path) -> None:
    """Copies the SQLite database to a new file while it is being served, and checks the copy.

    Args:
        file: Where to; it must not be there yet.
    """
    from bot.backing_up import back_up

    print(back_up(read(), file))


@app.command
def demo(*, port: int = 8765) -> None:
    """Starts a local Slack with a letter in it, and this bot against it. Ctrl-C ends both.

    Args:
        port: Where the local Slack's page is.
    """
    from bot.demo import run_demo

    sys.exit(run_demo(port))


@letters.command(name="import")
def import_letter(
    file: Path,
    *,
    organiser: str,
    title: str = "",
    summary: str = "",
    asked_by: str = "",
    deadline: datetime | None = None,
    signers: Signers = Signers.EVERYONE,
    goal: int | None = None,
    language: str = "en",
) -> None:
    """Makes a draft from a Markdown or text file; prints its number as the last line.

    Args:
        file: UTF-8 text. Its first heading is the title unless one is given.
        organiser: Slack user id of the full member who will run the letter (U… or W…).
        title: The title.
        summary: One or two sentences for the card.
        asked_by: Who asks for signatures, as the card names them.
        deadline: When it closes, such as 2027-03-01T17:00+01:00; UTC without an offset.
            In 30 days at 17:00 UTC where none is given.
        signers: Who may sign.
        goal: How many signatures are hoped for.
        language: The letter's language, such as en or pt-BR.
    """
    from bot.importing import import_file
    from bot.letters.draft import Draft

    in_a_month = datetime.now(UTC) + timedelta(days=30)
    moment = deadline or in_a_month.replace(hour=17, minute=0, second=0, microsecond=0)
    draft = Draft(
        title=title,
        body=_read(file),
        deadline=moment if moment.tzinfo else _utc(moment),
        summary=summary,
        asked_by=asked_by,
        signers=signers,
        goal=goal,
        language=language,
    )
    number = asyncio.run(import_file(read(Need.BOT_TOKEN), draft, organiser))
    print(f"The draft is kept. Its organiser can post it in Slack with: /letter post {number}")
    print(number)


def _utc(moment: datetime) -> datetime:
    return moment.replace(tzinfo=UTC)


def _read(file: Path) -> str:
    try:
        return _bytes(file).decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise SettingsError(f"{file} is not UTF-8 text: save it as UTF-8 and try again.") from error


def _bytes(file: Path) -> bytes:
    try:
        return file.read_bytes()
    except OSError as error:
        raise SettingsError(f"{file} cannot be read: {error.strerror}.") from error


@letters.command(name="post")
def post_letter(letter: int, *, channel: Annotated[list[str], Parameter(negative=())]) -> None:
    """Puts a letter's card into channels, as its first organiser would.

    Args:
        letter: The letter's number.
        channel: A Slack channel id (C…); may be given several times.
    """
    from bot.importing import post_as_organiser

    posted = asyncio.run(post_as_organiser(read(), letter, channel))
    print(f"The card will appear within moments in: {', '.join(posted)}")


@letters.command(name="amend")
def amend_letter(
    letter: int,
    file: Path,
    *,
    organiser: str,
    kind: AmendmentKind,
    note: str,
    answer_by: datetime | None = None,
    yes: Annotated[bool, Parameter(negative=())] = False,
) -> None:
    """Changes the text of a posted letter. Shows what changes and what it will do, then asks.

    Args:
        letter: The letter's number.
        file: UTF-8 text, the whole letter as it shall be. A heading that is the title is left out.
        organiser: Slack user id of an organiser of the letter (U… or W…), in whose name it is done.
        kind: `cosmetic`: it means the same; signers are told. `material`: each signer is asked.
        note: A word to everybody who signed.
        answer_by: Until when signers can answer, such as 2027-03-01T17:00+01:00; UTC without an
            offset. Needed for a material one, at least a day ahead.
        yes: Do not ask.
    """
    from bot.importing import Amended, amend_file

    amendment = Amended(
        body=_read(file),
        kind=kind,
        note=note,
        answer_by=answer_by if answer_by is None or answer_by.tzinfo else _utc(answer_by),
    )

    def agrees(shown: str) -> bool:
        print(shown)
        return yes or _says_yes("Change the text? [y/N] ")

    people = asyncio.run(amend_file(read(), letter, amendment, organiser, agrees))
    if people is None:
        sys.exit("undersigned: nothing was changed. Answer with y, or give --yes.")
    print(f"The text is changed. Signatures whose signers get a message: {people}")


def _says_yes(question: str) -> bool:
    try:
        return input(question).strip().casefold() in {"y", "yes"}
    except EOFError:
        return False


@letters.command(name="list")
def list_letters() -> None:
    """Lists all letters: number, phase, signatures, deadline, title."""
    from bot.importing import every_letter

    for letter in asyncio.run(every_letter(read())):
        print(
            f"{letter.id}\t{letter.phase.value}\t{letter.tally.total}\t"
            f"{letter.deadline.isoformat(timespec='minutes')}\t{letter.title}"
        )


@letters.command(name="add")
def add_signatures(
    letter: int,
    file: Path,
    *,
    organiser: str,
    yes: Annotated[bool, Parameter(negative=())] = False,
) -> None:
    """Adds signatures that were given elsewhere, from a CSV table: all of them, or none.

    Shows the lines as they will read, and those that look like others, and asks before it adds
    them. By adding them you say that whoever signed agreed to be published with the letter.

    The first row names the columns. kind (person or organisation) and source are needed; there can
    be name, title, affiliation, for_identification_only (yes or no), organisation, country, via,
    role, sort_under, and how you know: ground (written_permission, board_decision, public_statement
    or spoken_word), given_by, given_role, given_on (such as 2026-04-03). For instance:

        kind,name,title,organisation,country,source
        organisation,,,Its name,Its country,E-mail
        person,Given Family,Their title,,,Petition on paper

    Args:
        letter: The letter's number.
        file: UTF-8 text, with commas, semicolons or tabs between the cells; at most 2,000 rows.
        organiser: Slack user id of the organiser who has them from elsewhere (U… or W…).
        yes: Do it without asking.
    """
    from bot.importing import add_file

    def agrees(shown: str) -> bool:
        print(shown)
        return yes or _says_yes("Add them? [y/N] ")

    added = asyncio.run(add_file(read(), letter, _bytes(file), organiser, agrees))
    if added is None:
        sys.exit("undersigned: nothing was added. Answer with y, or give --yes.")
    print(f"Added: {added.added}, of which {added.listed} are on the list.")


@letters.command
def export(
    letter: int,
    *,
    format: Format = Format.LINES,  # noqa: A002 - it is the flag's name
    all: Annotated[bool, Parameter(negative=())] = False,  # noqa: A002 - the same
    embargoed: Annotated[bool, Parameter(negative=())] = False,
) -> None:
    """Writes a letter's list to standard output.

    Args:
        letter: The letter's number.
        format: `lines` (one line a signatory, as on the letter), `csv` or `markdown`.
        all: Those that are not on the list too, and of each how it stands, where it comes from and
            how that is known. For organisers only.
        embargoed: Write it although an embargo hides the names. For organisers only.
    """
    from bot.features.delivery.list_files import write
    from bot.features.delivery.use_cases.export import Scope
    from bot.importing import exported

    scope = Scope.ALL if all else Scope.LISTED
    found = asyncio.run(exported(read(), letter, scope, embargoed=embargoed))
    text = write(format, found.letter, found.body, found.entries, found.permissions)
    # Bytes, so that every platform writes the same line ends.
    sys.stdout.buffer.write(text.encode())


@asks.command(name="import")
def import_asks(letter: int, file: Path, *, organiser: str) -> None:
    """Puts the rows of a table on the list of those who were asked: all of them, or none.

    Who is new there and has an account in the workspace gets a message once the letter is open.

    Args:
        letter: The letter's number.
        file: CSV in UTF-8. Its first row names the columns: kind, name, organisation, country,
            contact (a member ID, or how they are reached), state, until, note.
        organiser: Slack user id of an organiser of the letter (U… or W…).
    """
    from bot import importing

    done = asyncio.run(importing.import_asks(read(Need.BOT_TOKEN), letter, _bytes(file), organiser))
    print(f"new: {done.added}, changed: {done.changed}, as they were: {done.known}")


@asks.command(name="export")
def export_asks(letter: int) -> None:
    """Writes who was asked, and where that stands, to standard output as CSV.

    Args:
        letter: The letter's number.
    """
    from bot.importing import exported_asks

    sys.stdout.buffer.write(asyncio.run(exported_asks(read(), letter)).encode())


@letters.command
def delivered(letter: int, *, format: CopyFormat = CopyFormat.LINES) -> None:  # noqa: A002 - it is the flag's name
    """Writes a letter's delivery copy to standard output, exactly as it was cut.

    Args:
        letter: The letter's number.
        format: `lines` (one line a signatory), `json` (all of it with its hashes), `list` or `text`
            (the very bytes that a hash is of: pipe them into sha256sum).
    """
    from bot.features.delivery.delivery_copy_file import write_copy
    from bot.importing import delivery_copy

    text = write_copy(format, asyncio.run(delivery_copy(read(), letter)))
    sys.stdout.buffer.write(text.encode())
