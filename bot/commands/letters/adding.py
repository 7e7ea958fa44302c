"""`undersigned letters add`: signatures that were given elsewhere."""

import sys
from collections.abc import Sequence

from bot.commands.letters.acting import as_member, find, new_trigger
from bot.commands.letters.reading import text_in
from bot.commands.terminal import NO_QUESTIONS, AsJson, Flag, InputFile, agrees, read_input, say
from bot.documents.pasted.explanations import note_of, skipped_line
from bot.documents.pasted.reading import read_list
from bot.documents.table_problems import TableRefused as Unreadable
from bot.features.collected import table as signature_table
from bot.features.collected.rules import SignatureRow
from bot.features.collected.slack.handlers import alike_lines, notes
from bot.features.collected.slack.views import agreed_words
from bot.features.collected.use_cases import additions
from bot.features.collected.use_cases.additions import Outlook
from bot.features.invitations.slack.table_handlers import problem_lines
from bot.features.invitations.use_cases.tables import TableRefused
from bot.locales import Words, words
from bot.schema import opened_database
from bot.settings import SettingsError, read
from bot.slack.entry_form import identification_note


async def add_signatures(
    letter: int,
    file: InputFile,
    *,
    organiser: str,
    source: str = "",
    yes: Flag = False,
    json: AsJson = False,
) -> None:
    """Add signatures that were given elsewhere, from a list or a table: all of them, or none.

    Shows each entry as it will appear, those that look like others, and what was skipped, and asks
    before it adds them. By adding them you say that everyone listed agreed to be published.

    A table can also say more, in columns named kind (person or organisation), source, name, title,
    affiliation, for_identification_only (yes or no), organisation, country, via, role, sort_under,
    and how you know: ground (written_permission, board_decision, public_statement or spoken_word),
    given_by, given_role, given_on (such as 2026-04-03). With kind and source it is read strictly.

    Args:
        letter: The letter's number.
        file: A list copied from a mail or a web page, rows of a spreadsheet, or a form's CSV; at
            most 2,000 entries. `letters read FILE` shows how it is understood.
        organiser: Slack user id of the organiser who has them from elsewhere (U… or W…).
        source: Where they come from, for the organisers only.
        yes: Do it without asking.
        json: Print `{added, listed}` for machines, after a yes.
    """
    if json and not yes:
        sys.exit(NO_QUESTIONS)
    t, settings, text = words("en"), read(), text_in(read_input(file))
    async with opened_database(settings) as database:
        found = await find(database, letter)
        actor = as_member(found, organiser)
        note = identification_note(found.language)
        try:
            rows, beside = _rows(t, text, source)
            found, outlooks = await additions.look_through(
                database, letter=letter, actor=actor, table=rows, note=note
            )
            _refuse_problems(outlooks)
            shown = [
                *(f"  {row.kind}: {one.entry}" for row, one in zip(rows, outlooks, strict=True)),
                *(f"* {one}" for one in (*beside, *notes(t, outlooks), *alike_lines(t, outlooks))),
                f"* {agreed_words(t)}\n",
            ]
            if not agrees("Add them? [y/N] ", "\n".join(shown), yes=yes, quiet=json):
                sys.exit("undersigned: nothing was added. Answer with y, or give --yes.")
            added = await additions.bring(
                database,
                letter=letter,
                actor=actor,
                table=rows,
                note=note,
                text=found.text_sha256,
                consent=agreed_words(t),
                trigger=new_trigger("add"),
            )
        except (Unreadable, TableRefused) as refused:
            told = "\n".join(problem_lines(t, refused))
            raise SettingsError(f"nothing was added, because:\n{told}") from refused
    text = f"Added: {added.added}, of which {added.listed} are on the list."
    say(text, {"added": added.added, "listed": added.listed}, json=json)


def _rows(t: Words, text: str, source: str) -> tuple[Sequence[SignatureRow], list[str]]:
    """Return the rows of a file, and what there is to know of them and of what was skipped."""
    if signature_table.is_own_table(text):
        return signature_table.read_signatures(text), []
    if not source.strip():
        raise SettingsError(
            "say where these signatures come from with --source, such as --source “E-mail, 3 March”."
        )
    reading = read_list(text)
    beside = [f"{entry.reads}: {note}" for entry in reading.entries if (note := note_of(t, entry))]
    beside += [skipped_line(t, one) for one in reading.skipped]
    return [signature_table.row_of(entry, source) for entry in reading.entries], beside


def _refuse_problems(outlooks: Sequence[Outlook]) -> None:
    problems = [
        additions.Problem(line=one.row, refusal=refusal)
        for one in outlooks
        for refusal in one.refusals
    ]
    if problems:
        raise TableRefused(problems)
