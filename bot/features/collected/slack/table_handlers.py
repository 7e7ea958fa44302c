"""An organiser adds many signatures from elsewhere at once: a table pasted into the form."""

from collections.abc import Sequence
from hashlib import sha256

from bot.documents.table_problems import TableRefused as Unreadable
from bot.features.collected.slack.views import TABLE, View, agreed_words, chooser, heading
from bot.features.collected.table import COLUMNS, SAMPLE, read_signatures
from bot.features.collected.use_cases import additions
from bot.features.collected.use_cases.additions import Brought, Outlook
from bot.features.invitations.slack.table_handlers import problem_lines
from bot.letters.letter import Letter
from bot.letters.phases import Action
from bot.letters.standing import ON_LIST
from bot.locales import Words
from bot.slack.block_kit import Blocks, context, modal, preformatted, section, text_input
from bot.slack.features import Features
from bot.slack.line_form import identification_note
from bot.slack.page_parts import texts
from bot.slack.payloads import Answer, Submission, remember, update
from bot.slack.text.escaping import escape, isolate, plain
from bot.use_cases import letter_lookup

TABLE_MOST = 3000
"""Characters that Slack lets somebody type or paste (SLACK.md, elements)."""
LINES_MOST = 100
"""Lines that are shown before the yes: more do not fit into what can be pasted."""


def register(features: Features) -> None:
    """Register the table of `/letter add`."""
    features.on_submit("add.table", _submit)


def form(t: Words, letter: Letter, table: str = "", problems: Sequence[str] = ()) -> View:
    """Show the field for a table with a sample, and the problems of the table that was pasted."""
    blocks: Blocks = [heading(t, letter), chooser(t, letter, TABLE)]
    if problems:
        blocks += _problems(t, problems)
    blocks += [
        _table(t, table),
        context(t("The first row names the columns, such as:")),
        preformatted(SAMPLE),
        context(
            t(
                "There can be: {columns}. *kind* and *source* are needed; of how you know, fill in "
                "all four or none. In a spreadsheet, select the rows and copy them. Longer tables: "
                "`undersigned letters add {number} FILE --organiser MEMBER_ID`",
                columns=", ".join(COLUMNS),
                number=letter.id,
            )
        ),
    ]
    return modal(
        t("Add signatures"),
        blocks,
        close=t("Cancel"),
        submit=t("Continue"),
        callback="add.table",
        meta=remember(letter=letter.id, shown=""),
    )


def _table(t: Words, table: str) -> dict[str, object]:
    return text_input("table", t("The table"), value=table, most=TABLE_MOST, multiline=True)


def _problems(t: Words, problems: Sequence[str]) -> Blocks:
    lines = [f"• {one}" for one in problems]
    return [
        section(t(":warning: *Nothing was added.* Please put this right in the table:")),
        *({"type": "section", "text": plain(text)} for text in texts(lines)),
    ]


def look(t: Words, letter: Letter, table: str, outlooks: Sequence[Outlook]) -> View:
    """The lines as they will read, and those that look like others: for a yes."""
    count = len(outlooks)
    said = t.n(
        "Please check how it reads. {count} signature:",
        "Please check how they read. {count} signatures:",
        count,
    )
    blocks: Blocks = [heading(t, letter), section(f":point_right: *{escape(said)}*")]
    lines = [isolate(one.line) for one in outlooks[:LINES_MOST]]
    if count > LINES_MOST:
        rest = count - LINES_MOST
        lines.append(t.n("and {count} more", "and {count} more", rest))
    blocks += [{"type": "section", "text": plain(text)} for text in texts(lines)]
    blocks += [context(escape(note)) for note in notes(t, outlooks)]
    alike = alike_lines(t, outlooks)
    if alike:
        asked = t(":mag: *Are these the same?* Take out the rows of those that are:")
        pairs = "\n".join(f"• {pair}" for pair in alike)
        blocks += [section(asked), {"type": "section", "text": plain(pairs)}]
    blocks += [context(escape(agreed_words(t))), _table(t, table)]
    return modal(
        t("Add signatures"),
        blocks,
        close=t("Cancel"),
        submit=t("Add all of them"),
        callback="add.table",
        meta=remember(letter=letter.id, text=letter.text_sha256, shown=_digest(table)),
    )


def notes(t: Words, outlooks: Sequence[Outlook]) -> list[str]:
    """List what else to know before a table is added. Plain text."""
    joins = sum(one.joins for one in outlooks)
    waits = sum(one.party.standing not in ON_LIST for one in outlooks)
    said: list[str] = []
    if joins:
        said.append(
            t.n(
                "{count} of them has signed here already: it gets a second voice, and counts once.",
                "{count} of them have signed here already: they get a second voice, and count once.",
                joins,
            )
        )
    if waits:
        said.append(
            t.n(
                "{count} will wait for what the letter’s rule asks before it is on the list.",
                "{count} will wait for what the letter’s rule asks before they are on the list.",
                waits,
            )
        )
    return said


def alike_lines(t: Words, outlooks: Sequence[Outlook]) -> list[str]:
    """List the rows that look like others, on the letter or in the table. Plain text."""
    return [
        t(
            "Line {row}: {line} – perhaps the same as: {alike}",
            row=t.number(one.row),
            line=isolate(one.line),
            alike="; ".join(isolate(line) for line in one.alike),
        )
        for one in outlooks
        if one.alike
    ]


def _digest(table: str) -> str:
    return sha256(table.encode()).hexdigest()


def added(t: Words, brought: Brought) -> View:
    """Say how many were added."""
    said = t.n("{count} signature is added.", "{count} signatures are added.", brought.added)
    blocks: Blocks = [section(f":white_check_mark: *{escape(said)}*")]
    waits = brought.added - brought.listed
    if waits:
        blocks.append(
            context(
                t.n(
                    "{count} of them is not on the list yet; `/letter status` says what it waits "
                    "for.",
                    "{count} of them are not on the list yet; `/letter status` says what they wait "
                    "for.",
                    waits,
                )
            )
        )
    return modal(t("Added"), blocks, close=t("Done"))


async def _submit(submission: Submission) -> Answer:
    """A table that was not looked at yet is shown first; one that was is added."""
    view, caller, database = submission.view, submission.caller, submission.bot.database
    number, table = view.meta["letter"], view.values.text("table")
    letter = await letter_lookup.check(
        database, letter=number, actor=caller.actor, action=Action.ADD
    )
    note = identification_note(letter.language)
    try:
        rows = read_signatures(table)
        if _digest(table) == view.meta["shown"]:
            brought = await additions.bring(
                database,
                letter=number,
                actor=caller.actor,
                table=rows,
                note=note,
                text=view.meta["text"],
                consent=agreed_words(caller.t),
                delivery=submission.delivery,
            )
            return update(added(caller.t, brought))
        found, outlooks = await additions.look_through(
            database, letter=number, actor=caller.actor, table=rows, note=note
        )
    except (Unreadable, additions.TableRefused) as refused:
        return update(form(caller.t, letter, table, problem_lines(caller.t, refused)))
    return update(look(caller.t, found, table, outlooks))
