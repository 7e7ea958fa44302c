"""Views of the window for pasted lists: the paste field, the entries, and the form of one entry."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from bot.documents.pasted.entries import DETAILS, Skip, Skipped, note_of, skipped_line
from bot.letters.endorsement import SOURCE_MOST, Kind
from bot.letters.entries import NAME_MOST
from bot.letters.letter import Letter
from bot.letters.refusals import Refusal
from bot.locales import Words
from bot.slack.block_kit import (
    DIVIDER,
    Blocks,
    View,
    actions,
    button,
    context,
    field_block,
    modal,
    option,
    overflow,
    plain_section,
    section,
    text_input,
)
from bot.slack.entry_form import MOST
from bot.slack.page_parts import and_more, page_arrows, page_foot
from bot.slack.page_parts import texts as packed
from bot.slack.pasting import state
from bot.slack.pasting.state import Item, Pasting
from bot.slack.refusal_words import sentence_for_organiser, unmarked
from bot.slack.text.escaping import clip, escape, isolate
from bot.slack.words.phases import title_line

PAGE = 40
"""Entries per page: with all other fields a view stays below Slack's 100 blocks."""
_LEFT_OUT_MOST, _SKIPPED_MOST = 20, 12
_LINE_MOST = 400
_BESIDE = frozenset(DETAILS) | {"contact", "until"}
"""Columns that entries do not show, so that a problem in one is reported with its name."""


@dataclass(frozen=True, slots=True)
class Row:
    """An entry as a row of the window."""

    item: Item
    entry: str
    notes: Sequence[str] = ()
    """Remarks in addition to those about the entry itself, as plain text."""
    problem: str = ""
    """The reason why it cannot be added, as plain text; empty if it can."""
    withdrew: bool = False
    """The person withdrew, and can be added if they agreed again."""
    alike: tuple[str, ...] = ()
    """Similar entries."""
    asks: bool = False
    """Whether the notes ask something."""
    account: str = ""
    """The user id of the member that the entry is; empty if there is none."""

    @property
    def line(self) -> str:
        """Return what must still be the same when the entry is added."""
        return f"{self.entry}\n{self.account}"

    @property
    def goes_in(self) -> bool:
        """Return whether the entry would be added."""
        return not self.problem and not self.item.left_out

    @property
    def needs_a_look(self) -> bool:
        """Return whether the entry is listed first because a guess about it may be wrong."""
        return self.asks or bool(self.alike) or self.item.entry.unsure


@dataclass(frozen=True, slots=True, kw_only=True)
class Wording:
    """A feature's texts for the window, as plain text, and the window's callback id."""

    callback: str
    title: str
    question: str
    """The label of the first field."""
    check: str
    """The instruction above the entries."""
    submit: str
    agreed: str = ""
    """The statement that the organiser confirms by adding them."""
    source: str | None = None
    """The source of the entries, as typed so far; None if the feature does not ask for it."""
    source_needed: bool = False
    fields: Sequence[dict[str, Any]] = ()
    """Further fields below the entries."""


def form(t: Words, letter: Letter, pasting: Pasting, wording: Wording) -> View:
    """Return the first view, with one field for the whole list."""
    later = t("You’ll see every entry first. If the list is too long, you can paste more there.")
    blocks = [_paste_field(t, pasting, wording.question), *_source(t, wording), context(later)]
    return _window(t, letter, pasting, wording, blocks, submit=t("Continue"))


def look(
    t: Words,
    letter: Letter,
    pasting: Pasting,
    wording: Wording,
    rows: Sequence[Row],
    skipped: Sequence[Skipped],
    notes: Sequence[str] = (),
) -> View:
    """Return a preview of all entries, with menus to correct them; nothing is added yet.

    `skipped`: lines and columns that are not entries. `notes`: remarks about the entries as a
    whole, as plain text.
    """
    going = [row.line for row in rows if row.goes_in]
    return _window(
        t,
        letter,
        pasting,
        wording,
        [
            section(escape(wording.check if going else t("There are no entries left."))),
            *(context(escape(note)) for note in notes),
            *_rows(t, wording.callback, rows, pasting, skipped),
            *_fields(t, pasting, wording),
            *([context(escape(wording.agreed))] if wording.agreed else ()),
        ],
        submit=wording.submit if going else t("Continue"),
        going=state.digest_of(going),
    )


def edit(
    t: Words,
    letter: Letter,
    pasting: Pasting,
    wording: Wording,
    item: Item,
    account: str | None = None,
) -> View:
    """Return a form with the fields of one entry, and a button back to the list.

    `account` is the user id that the entry is for; None if entries have no accounts.
    """
    if item.entry.kind is Kind.PERSON:
        labels = {
            "name": t("Name"),
            "title": t.p("of a person", "Title"),
            "affiliation": t("Affiliation"),
        }
    else:
        labels = {
            "name": t("Organisation"),
            "country": t("Country"),
            "via": t("Signing through"),
        }
    fields = [
        text_input(
            f"entry_{name}.{item.key}",
            label,
            # A longer value could not be added anyway.
            value=getattr(item.entry, name)[: MOST.get(name, NAME_MOST)],
            most=MOST.get(name, NAME_MOST),
            optional=name != "name",
        )
        for name, label in labels.items()
    ]
    if account is not None:
        picker = {"type": "users_select", "action_id": "value"}
        if account:
            picker["initial_user"] = account
        hint = t("Leave it empty if they have no account here.")
        fields.append(
            field_block(f"account.{item.key}", t("Account"), picker, optional=True, hint=hint)
        )
    back = button(t("Back"), f"{wording.callback}.correct", "edit:")
    return _window(
        t,
        letter,
        pasting,
        wording,
        [*fields, actions(back, block="back"), *_fields(t, pasting, wording)],
        title=t("Edit entry"),
        submit=t("Save"),
    )


def _window(
    t: Words,
    letter: Letter,
    pasting: Pasting,
    wording: Wording,
    blocks: Blocks,
    *,
    submit: str,
    title: str = "",
    going: str = "",
) -> View:
    memory = state.PastingWindow(
        letter=letter.id, text=letter.text_sha256, going=going, pasting=pasting
    )
    return modal(
        title or wording.title,
        [section(title_line(letter)), *blocks],
        close=t("Cancel"),
        submit=submit,
        callback=wording.callback,
        meta=memory.kept(),
    )


def _paste_field(t: Words, pasting: Pasting, asked: str = "") -> dict[str, Any]:
    """Return an empty field for a list; `asked` is its label if it is the first one."""
    return text_input(
        f"more.{pasting.added_to}",
        asked or t("Paste more"),
        most=state.TYPED_MOST,
        optional=not asked,
        multiline=True,
        placeholder=t("Paste a list, rows of a spreadsheet or a form’s CSV"),
    )


def _source(t: Words, wording: Wording) -> Blocks:
    if wording.source is None:
        return []
    return [
        text_input(
            "source",
            t("Where did these signatures come from?"),
            value=wording.source,
            most=SOURCE_MOST,
            optional=not wording.source_needed,
            placeholder=t("Email to the secretariat, 3 March"),
            hint=t("Only organisers see this."),
        )
    ]


def _fields(t: Words, pasting: Pasting, wording: Wording) -> Blocks:
    fields: Blocks = [
        text_input(
            f"paste{number}.{pasting.added_to}",
            t("What you pasted"),
            value=text,
            most=state.TYPED_MOST,
            optional=True,
            multiline=True,
        )
        for number, text in enumerate(pasting.texts, start=1)
    ]
    if len(fields) < state.TEXTS_MOST:
        fields.append(_paste_field(t, pasting))
    return [DIVIDER, *_source(t, wording), *wording.fields, *fields]


def _rows(
    t: Words, action: str, rows: Sequence[Row], pasting: Pasting, skipped: Sequence[Skipped]
) -> Blocks:
    going = sorted((row for row in rows if row.goes_in), key=lambda row: not row.needs_a_look)
    pages = max(1, -(-len(going) // PAGE))
    number = min(max(pasting.page, 1), pages)
    blocks: Blocks = [_row(t, action, row) for row in going[(number - 1) * PAGE : number * PAGE]]
    turn = page_arrows(t, f"{action}.correct", "page", number, pages)
    return (
        blocks
        + page_foot(t, number, pages, turn)
        + _left_out(t, action, rows)
        + _skipped(t, skipped)
    )


def _row(t: Words, action: str, row: Row) -> dict[str, Any]:
    key = row.item.key
    if row.item.left_out:
        choices = [option(t("Put back"), f"out:{key}")]
    else:
        person = row.item.entry.kind is Kind.PERSON
        other = t("It’s an organisation") if person else t("It’s a person")
        choices = [option(other, f"flip:{key}"), option(t("Leave out"), f"out:{key}")]
    choices.append(option(t("Edit…"), f"edit:{key}"))
    if row.withdrew:
        choices.append(option(t("Agreed again"), f"again:{key}"))
    kind = t("Person") if row.item.entry.kind is Kind.PERSON else t("Organisation")
    notes = filter(None, (note_of(t, row.item.entry), *row.notes))
    lines = [isolate(row.entry), " ".join([f"{kind}.", *notes])]
    if row.problem:
        lines.append(row.problem)
    if row.alike:
        lines.append(t("Looks like: {alike}", alike="; ".join(map(isolate, row.alike))))
    # Plain text, so that no pasted link or mention works.
    text = plain_section("\n".join(clip(line, _LINE_MOST) for line in lines))
    return text | {"block_id": f"row.{key}", "accessory": overflow(f"{action}.correct", choices)}


def _left_out(t: Words, action: str, rows: Sequence[Row]) -> Blocks:
    out = [row for row in rows if not row.goes_in]
    if not out:
        return []
    said = t.n("{count} entry won’t be added:", "{count} entries won’t be added:", len(out))
    shown = [_row(t, action, row) for row in out[:_LEFT_OUT_MOST]]
    return [DIVIDER, section(escape(said)), *shown, *and_more(t, len(out) - len(shown))]


def _skipped(t: Words, skipped: Sequence[Skipped]) -> Blocks:
    if not skipped:
        return []
    columns = [one.text for one in skipped if one.why is Skip.COLUMN]
    lines = [skipped_line(t, one) for one in skipped if one.why is not Skip.COLUMN]
    said = [t("Skipped:")]
    if columns:
        said.append(
            t("Column “{column}”: not needed.", column=clip(", ".join(columns), _LINE_MOST))
        )
    said += lines[:_SKIPPED_MOST]
    rest = len(lines) - _SKIPPED_MOST
    if rest > 0:
        said.append(t.n("and {count} more", "and {count} more", rest))
    return [plain_section(text) for text in packed(said)]


def counts_words(t: Words, rows: Sequence[Row]) -> str:
    """Return how many organisations and people will be added, as plain text."""
    kinds = [row.item.entry.kind for row in rows if row.goes_in]
    organisations = kinds.count(Kind.ORGANISATION)
    people = len(kinds) - organisations
    bodies = t.n("{count} organisation", "{count} organisations", organisations)
    persons = t.n("{count} person", "{count} people", people)
    if not people or not organisations:
        return persons if people else bodies
    return t(", ").join((bodies, persons))


def problem_of(t: Words, refusals: Iterable[Refusal]) -> str:
    """Return everything wrong with an entry, as plain text for an organiser; "" if nothing is."""
    said: list[str] = []
    for one in refusals:
        words = unmarked(sentence_for_organiser(t, one))
        if one.field in _BESIDE:
            words = t("Column “{column}”: {problem}", column=one.field, problem=words)
        said.append(words)
    return " ".join(said)
