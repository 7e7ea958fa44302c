"""An organiser's views of a letter's rules."""

from dataclasses import replace
from typing import Any

from bot.letters.ids import revision
from bot.letters.letter import Letter
from bot.letters.phases import Phase
from bot.letters.rules import (
    MOST_LISTED,
    Confirmation,
    Embargo,
    Hidden,
    Ordering,
    Reminded,
    Rules,
    Silence,
    WithdrawnLine,
)
from bot.locales import Words
from bot.slack.block_kit import Blocks, View, field_block, modal, option, radio, section
from bot.slack.models.memories import Edited
from bot.slack.page_parts import both_versions
from bot.slack.text.escaping import escape, isolate
from bot.slack.words.deadlines import reminded_words
from bot.slack.words.rules import rule_sentences

Field = dict[str, Any]


class Ruling(Edited):
    """Memory of the form of the rules."""

    only: str = ""
    """The name of the one rule that it asks for; empty for all."""


NOTHING = "nothing"
"""The choice that nothing is hidden: it stands beside the values of `Hidden`."""
TOGETHER, GROUPED = "together", "grouped"


def form(t: Words, letter: Letter, *, mine: Rules | None = None, only: str = "") -> View:
    """The rules of a letter, each choice with what it means.

    Args:
        t: The organiser's words.
        letter: The letter.
        mine: The rules that somebody chose while the letter's own changed: both are shown.
        only: The name of the one rule to ask for (`words/rules.RULES`); empty for all.
    """
    rules, shown = mine or letter.rules, letter.phase is not Phase.DRAFT
    blocks: Blocks = [
        section(t("Rules for *{title}*", title=escape(isolate(letter.title)))),
        *([] if mine is None else _both(t, letter, mine)),
    ]
    fields: dict[str, Blocks] = {
        "confirmation": [_confirmation(t, rules.confirmation)],
        "embargo": _embargo(t, rules.embargo),
        "order": [_ordering(t, rules.ordering), _groups(t, grouped=rules.grouped)],
        "silence": [_silence(t, rules.silence, shown=shown)],
        "withdrawn": [_withdrawn(t, rules.withdrawn_line, shown=shown)],
        "reminded": [_reminded(t, rules.reminded)],
    }
    for name, asked in fields.items():
        if only in {"", name}:
            blocks += asked
    return modal(
        t("Rules"),
        blocks,
        close=t("Never mind"),
        submit=t("Save rules"),
        callback="rules",
        meta=Ruling(letter=letter.id, read=revision(letter.rules), only=only).kept(),
    )


def _both(t: Words, letter: Letter, mine: Rules) -> Blocks:
    theirs, yours = rule_sentences(t, letter), rule_sentences(t, replace(letter, rules=mine))
    return both_versions(
        t,
        [one for one in theirs if one not in yours],
        [one for one in yours if one not in theirs],
    )


def _choice(
    field: str, label: str, offered: dict[str, tuple[str, str]], chosen: str, hint: str = ""
) -> Field:
    options = {value: option(said, value, meant) for value, (said, meant) in offered.items()}
    return field_block(field, label, radio("value", options, chosen), hint=hint)


def _confirmation(t: Words, chosen: Confirmation) -> Field:
    offered = {
        Confirmation.NONE.value: (
            t("Nothing else"),
            t("Listed as soon as one person signs for it."),
        ),
        Confirmation.SECOND.value: (
            t("Two signers"),
            t("A second person from the organisation also signs."),
        ),
        Confirmation.ORGANISER.value: (
            t("Proof of permission"),
            t("You record who gave permission, their role and the date."),
        ),
        Confirmation.BOTH.value: (t("Both"), t("Two signers and proof of permission.")),
    }
    return _choice(
        "confirmation",
        t("Before an organisation is listed, we need"),
        offered,
        chosen.value,
        t("Until then it isn’t listed or counted. You’ll see both numbers."),
    )


def _embargo(t: Words, embargo: Embargo | None) -> Blocks:
    offered = {
        NOTHING: (t("Nothing"), t("Everyone sees the names and the count.")),
        Hidden.NAMES.value: (t("Names"), t("Everyone sees only the count.")),
        Hidden.ALL.value: (t("Names and count"), t("No one sees either.")),
    }
    chosen = embargo.hides.value if embargo else NOTHING
    until: Field = {"type": "datetimepicker", "action_id": "value"}
    listed: Field = {
        "type": "number_input",
        "action_id": "value",
        "is_decimal_allowed": False,
        "min_value": "1",
        "max_value": str(MOST_LISTED),
    }
    if embargo and embargo.until is not None:
        until["initial_date_time"] = int(embargo.until.timestamp())
    if embargo and embargo.until_listed is not None:
        listed["initial_value"] = str(embargo.until_listed)
    return [
        _choice(
            "embargo",
            t("What to keep hidden at first"),
            offered,
            chosen,
            t("Organisers always see the full list."),
        ),
        field_block(
            "until",
            t("Hidden until"),
            until,
            optional=True,
            hint=t("In your time zone. Leave empty if nothing is hidden."),
        ),
        field_block(
            "until_listed",
            t("Or until this many signatures"),
            listed,
            optional=True,
            hint=t("If you set both, the first one reached counts. After that it stays public."),
        ),
    ]


def _ordering(t: Words, chosen: Ordering) -> Field:
    offered = {
        Ordering.ALPHABETICAL.value: (
            t("Alphabetical"),
            t("Sorted by the rules of the letter’s language."),
        ),
        Ordering.COUNTRY.value: (
            t("By country"),
            t("Then alphabetically. Entries without a country come first."),
        ),
        Ordering.TIME.value: (t("By date signed"), t("Earliest first.")),
    }
    return _choice(
        "ordering",
        t("Order of the list"),
        offered,
        chosen.value,
        t("Conveners you pin are always listed first."),
    )


def _groups(t: Words, *, grouped: bool) -> Field:
    offered = {
        GROUPED: (t("Organisations, then people"), t("Each with its own heading.")),
        TOGETHER: (t("All together"), t("Organisations and people mixed.")),
    }
    return _choice("groups", t("Groups in the list"), offered, GROUPED if grouped else TOGETHER)


def _silence(t: Words, chosen: Silence, *, shown: bool) -> Field:
    offered = {
        Silence.KEEP.value: (
            t("Keep them on the list"),
            t("Listed for the version they signed."),
        ),
        Silence.DROP.value: (
            t("Remove them from the list"),
            t("When the time to answer is over."),
        ),
    }
    return _choice(
        "silence",
        t("If the meaning changes and a signer doesn’t answer"),
        offered,
        chosen.value,
        _fixed(t, shown=shown),
    )


def _withdrawn(t: Words, chosen: WithdrawnLine, *, shown: bool) -> Field:
    offered = {
        WithdrawnLine.REMOVED.value: (
            t("Remove the name"),
            t("From the current list. The delivered copy never changes."),
        ),
        WithdrawnLine.MARKED.value: (
            t("Keep the name, marked"),
            t("Marked “withdrawn after delivery” and no longer counted."),
        ),
    }
    return _choice(
        "withdrawn_line",
        t("If someone withdraws after delivery"),
        offered,
        chosen.value,
        _fixed(t, shown=shown),
    )


def _reminded(t: Words, chosen: Reminded) -> Field:
    offered = {
        Reminded.EVERYONE.value: (
            t("People in the channels and those invited"),
            t("Everyone who hasn’t signed or answered yet."),
        ),
        Reminded.INVITED.value: (
            t("Only those invited"),
            t("People in the channels get no reminder on their own."),
        ),
    }
    return _choice(
        "reminded",
        t("Who gets reminders {days}", days=reminded_words(t)),
        offered,
        chosen.value,
    )


def _fixed(t: Words, *, shown: bool) -> str:
    if shown:
        return t("People saw this before they signed, so it can’t change.")
    return t("Everyone sees these before they sign. You can’t change them after signing starts.")


def saved(t: Words, letter: Letter) -> View:
    """The rules as they now are."""
    sentences = "\n".join(f"• {said}" for said in rule_sentences(t, letter))
    return modal(
        t("Rules"),
        [
            section(
                t(
                    ":white_check_mark: *{title}* is saved.",
                    title=escape(isolate(letter.title)),
                )
            ),
            section(sentences),
        ],
        close=t("Done"),
    )
