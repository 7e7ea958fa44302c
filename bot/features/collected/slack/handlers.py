"""`/letter add`: adding signatures collected outside Slack."""

from collections.abc import Sequence

from bot.documents.pasted.entries import Entry, Remark
from bot.features.collected.rules import PERMISSION, YES, SignatureRow
from bot.features.collected.use_cases import additions
from bot.features.collected.use_cases.additions import Brought
from bot.letters.endorsement import Kind
from bot.letters.letter import Letter
from bot.letters.phases import Action
from bot.letters.refusals import Reason, Refused
from bot.letters.standing import ON_LIST
from bot.locales import Words
from bot.names.cleaning import clean
from bot.slack.block_kit import Blocks, View, context, modal, section
from bot.slack.entry_form import identification_note
from bot.slack.features import Features
from bot.slack.letter_picker import for_letter
from bot.slack.page_parts import texts
from bot.slack.pasting.handlers import Outlook, PastedLists
from bot.slack.pasting.state import Item, PastingWindow
from bot.slack.pasting.views import Row, Wording, counts_words, problem_of
from bot.slack.payloads import (
    Answer,
    Asked,
    Command,
    OpenView,
    Submission,
    update,
)
from bot.slack.text.escaping import escape, isolate, plain
from bot.slack.words.phases import title_line


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
            agreed=agreed_words(t, again=any(_is_again(row.item) for row in going)),
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
        """Add the signatures, or refuse them if their source is missing."""
        t, view = submission.t, submission.view
        table = [row_of(one.entry, clean(view.values.text("source"))) for one in items]
        if any(not row.source for row in table):
            raise Refused.because(Reason.EMPTY, "source")
        brought = await additions.bring(
            submission.database,
            letter=letter.id,
            actor=submission.actor,
            table=table,
            note=identification_note(letter.language),
            text=PastingWindow.of(view).text,
            consent=agreed_words(t, again=any(_is_again(one) for one in items)),
            trigger=submission.trigger,
        )
        problems = [
            f"{isolate(items[place].entry.reads)}: {problem_of(t, refusals)}"
            for place, refusals in brought.refused.items()
        ]
        return update(added(t, letter, brought, problems))


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


def agreed_words(t: Words, *, again: bool = False) -> str:
    """Return the organiser's statement that all signers agreed; it is saved with each signature.

    `again` says that some of them had withdrawn.
    """
    said = t(
        "By adding these signatures, you confirm that everyone listed agreed to have their name "
        "published with the letter. That includes the web, if the letter has a public page."
    )
    return f"{said} {t('Those who withdrew before have agreed again.')}" if again else said


def added(t: Words, letter: Letter, brought: Brought, problems: list[str]) -> View:
    """Return the view with the number of added and waiting signatures, and with `problems`.

    `problems` are the entries that could not be added, as plain text.
    """
    said = t.n("{count} signature added.", "{count} signatures added.", brought.added)
    blocks: Blocks = [section(title_line(letter)), section(f":white_check_mark: {escape(said)}")]
    waits = brought.added - brought.listed
    if waits:
        waiting = t.n(
            "{count} of them isn’t on the list yet. It needs to be confirmed first.",
            "{count} of them aren’t on the list yet. They need to be confirmed first.",
            waits,
        )
        blocks.append(context(escape(waiting)))
    if problems:
        lost = t.n("{count} entry wasn’t added:", "{count} entries weren’t added:", len(problems))
        blocks += [
            {"type": "section", "text": plain(text)} for text in texts([lost, *problems[:20]])
        ]
    return modal(t("Added"), blocks, close=t("Done"))


def row_of(entry: Entry, source: str) -> SignatureRow:
    """Return an entry as a signature row; `source` is used if the entry has none."""
    said = entry.details
    only_identifies = said.get("for_identification_only", "no")
    if entry.affiliation and any(remark is Remark.PERSONAL for remark, _ in entry.remarks):
        only_identifies = YES
    is_organisation = entry.kind is Kind.ORGANISATION
    return SignatureRow(
        kind=entry.kind,
        name=entry.signer if is_organisation else entry.name,
        title=entry.title,
        affiliation=entry.affiliation,
        for_identification_only=only_identifies,
        agreed_again=said.get("agreed_again", "no"),
        organisation=entry.name if is_organisation else "",
        country=entry.country,
        via=entry.via,
        web=said.get("web", ""),
        group=said.get("group", ""),
        role=entry.role,
        sort_under=said.get("sort_under", ""),
        source=said.get("source", source),
        line=entry.row,
        **{column: said.get(column, "") for column in PERMISSION},
    )
