"""`/letter add`: adding signatures collected outside Slack."""

from collections.abc import Sequence

from bot.features.collected.rules import YES
from bot.features.collected.slack import views
from bot.features.collected.table import row_of
from bot.features.collected.use_cases import additions
from bot.letters.letter import Letter
from bot.letters.phases import Action
from bot.letters.refusals import Reason, Refusal
from bot.letters.standing import ON_LIST
from bot.locales import Words
from bot.names.cleaning import clean
from bot.slack.entry_form import identification_note
from bot.slack.features import Features
from bot.slack.letter_picker import for_letter
from bot.slack.pasting.handlers import Outlook, PastedLists
from bot.slack.pasting.state import Item, PastingWindow
from bot.slack.pasting.views import Row, Wording, counts_words, problem_of
from bot.slack.payloads import (
    Answer,
    Asked,
    Command,
    OpenView,
    Submission,
    field_errors,
    update,
)
from bot.slack.refusal_words import sentence, unmarked
from bot.slack.text.escaping import isolate


class Signatures(PastedLists):
    """The window that adds signatures."""

    name = "add"
    action = Action.ADD

    def wording(self, t: Words, rows: Sequence[Row], view: OpenView | None = None) -> Wording:
        """Return the window's texts; it asks for a source if some row has none."""
        going = [row for row in rows if row.goes_in]
        return Wording(
            callback=self.name,
            title=t("Add signatures"),
            question=t("Who signed?"),
            check=t(
                "Check how {entries} will appear. To correct an entry, use the menu beside it.",
                entries=counts_words(t, going),
            ),
            submit=t.n("Add {count} signature", "Add {count} signatures", len(going)),
            agreed=views.agreed_words(t, again=any(_is_again(row.item) for row in going)),
            source=view.values.text("source") if view else "",
            source_needed=any("source" not in row.item.entry.details for row in going),
        )

    async def outlook(
        self, asked: Asked, letter: Letter, items: Sequence[Item], *, compare: bool
    ) -> Outlook:
        """Return each entry as it would appear on the letter."""
        t = asked.t
        # The source of the signatures is asked for only at the end.
        table = [row_of(one.entry, "–") for one in items]
        _, outlooks = await additions.look_through(
            asked.database,
            letter=letter.id,
            actor=asked.actor,
            table=table,
            note=identification_note(letter.language),
            compare=compare,
        )
        rows = [_row(t, item, one) for item, one in zip(items, outlooks, strict=True)]
        return rows, waiting_notes(t, outlooks)

    async def take(self, submission: Submission, letter: Letter, items: Sequence[Item]) -> Answer:
        """Add the signatures; return a field error if their source is missing."""
        t, view = submission.t, submission.view
        table = [row_of(one.entry, clean(view.values.text("source"))) for one in items]
        if any(not row.source for row in table):
            empty = sentence(t, Refusal(Reason.EMPTY, "source"))
            return field_errors({view.values.block("source") or "source": unmarked(empty)})
        brought = await additions.bring(
            submission.database,
            letter=letter.id,
            actor=submission.actor,
            table=table,
            note=identification_note(letter.language),
            text=PastingWindow.of(view).text,
            consent=views.agreed_words(t, again=any(_is_again(one) for one in items)),
            trigger=submission.trigger,
        )
        problems = [
            f"{isolate(items[place].entry.reads)}: {problem_of(t, refusals)}"
            for place, refusals in brought.refused.items()
        ]
        return update(views.added(t, letter, brought, problems))


WINDOW = Signatures()


def register(features: Features) -> None:
    """Register `/letter add` and its window."""
    features.on_command("add", for_letter(Action.ADD, _add))
    WINDOW.register(features)


async def _add(command: Command, letter: Letter) -> None:
    await command.open(WINDOW.empty(command.t, letter))


def _is_again(item: Item) -> bool:
    return item.entry.details.get("agreed_again") == YES


def _row(t: Words, item: Item, outlook: additions.Outlook) -> Row:
    joins = t("Already on the letter. It still counts once, with one more signer.")
    return Row(
        item,
        outlook.entry or item.entry.reads,
        notes=(joins,) if outlook.joins else (),
        problem=problem_of(t, outlook.refusals),
        withdrew=any(one.reason is Reason.WITHDREW for one in outlook.refusals),
        alike=outlook.alike,
    )


def waiting_notes(t: Words, outlooks: Sequence[additions.Outlook]) -> list[str]:
    """Return a note with the number of entries that will wait for a confirmation, as plain text."""
    waits = sum(one.party is not None and one.party.standing not in ON_LIST for one in outlooks)
    if not waits:
        return []
    return [
        t.n(
            "{count} signature won’t be on the list until it’s confirmed, as this letter’s rules "
            "say.",
            "{count} signatures won’t be on the list until they’re confirmed, as this letter’s "
            "rules say.",
            waits,
        )
    ]


def alike_lines(t: Words, outlooks: Sequence[additions.Outlook]) -> list[str]:
    """Return a line of plain text for each row that looks like another entry."""
    return [
        t(
            "Line {row}: {entry} is similar to {alike}",
            row=t.number(one.row),
            entry=isolate(one.entry),
            alike="; ".join(isolate(entry) for entry in one.alike),
        )
        for one in outlooks
        if one.alike
    ]
