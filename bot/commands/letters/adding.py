"""`undersigned letters add`: signatures collected outside Slack."""

from pathlib import Path

from bot.commands.letters.acting import as_member, find, new_trigger
from bot.commands.letters.entering import Checked, Entering
from bot.commands.letters.reading import reading_of
from bot.commands.terminal import AsJson, Flag, InputFile, say
from bot.features.collected.rules import YES, SignatureRow
from bot.features.collected.slack.handlers import alike_lines, waiting_notes
from bot.features.collected.slack.views import agreed_words
from bot.features.collected.table import row_of
from bot.features.collected.use_cases import additions
from bot.locales import words
from bot.schema import opened_database
from bot.settings import SettingsError, read
from bot.slack.entry_form import identification_note
from bot.slack.pasting.state import takes


async def add_signatures(
    letter: int,
    file: InputFile,
    *,
    organiser: str,
    source: str = "",
    rest: Path | None = None,
    yes: Flag = False,
    json: AsJson = False,
) -> None:
    """Add signatures collected outside Slack, from a list or a table.

    Shows each entry as it will appear, look-alikes, problems and skipped lines, and asks before it
    adds the valid entries. By adding them you confirm that everyone listed agreed to be published.

    A table can have the columns kind (person or organisation), source, name, title, affiliation,
    for_identification_only (yes or no), agreed_again (yes for someone who had withdrawn),
    organisation, country, via, role, sort_under, and for the
    proof of permission ground (written_permission, board_decision, public_statement or
    spoken_word), given_by, given_role, given_on (such as 2026-04-03).

    Args:
        letter: The letter's number.
        file: A list copied from a mail or a web page, a spreadsheet (.xlsx, .ods), or a form's CSV; at
            most 10,000 entries. `letters read FILE` shows how it is understood.
        organiser: Slack user id of the organiser who collected the signatures (U… or W…).
        source: The source of rows that name none; only organisers see it.
        rest: A new file for the rows that can't be added, each with its problem, to correct and
            add again.
        yes: Do it without asking.
        json: Print `{added, listed, refused}` for machines; needs --yes.
    """
    entering = Entering[SignatureRow](yes=yes, json=json, rest=rest)
    t, settings = words("en"), read()
    async with opened_database(settings) as database:
        found = await find(database, letter)
        reading = reading_of(file, takes(found))
        table = [row_of(entry, source) for entry in reading.entries]
        if any(not row.source.strip() for row in table):
            raise SettingsError(
                "say where these signatures come from with --source, such as --source “E-mail, 3 March”."
            )
        actor, note = as_member(found, organiser), identification_note(found.language)
        found, outlooks = await additions.look_through(
            database, letter=letter, actor=actor, table=table, note=note
        )
        checked = [
            Checked(row=row, entry=one.entry or entry.reads, refusals=one.refusals)
            for row, entry, one in zip(table, reading.entries, outlooks, strict=True)
        ]
        consent = agreed_words(t, again=any(row.agreed_again == YES for row in table))
        beside = [*waiting_notes(t, outlooks), *alike_lines(t, outlooks), consent]
        good = entering.agreed(checked, reading, beside, "Add them?")
        added = await additions.bring(
            database,
            letter=letter,
            actor=actor,
            table=[one.row for one in good],
            note=note,
            text=found.text_sha256,
            consent=consent,
            trigger=new_trigger("add"),
        )
    left = entering.left(good, added.refused)
    text = f"Added: {added.added}, of which {added.listed} are on the list."
    if left:
        text += f" Not added: {len(left)}."
    say(text, {"added": added.added, "listed": added.listed, "refused": left}, json=json)
