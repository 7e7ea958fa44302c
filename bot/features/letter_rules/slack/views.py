"""An organiser's views of a letter's rules."""

from dataclasses import replace
from typing import Any

from bot.letters.ids import revision
from bot.letters.letter import Letter
from bot.letters.phases import Phase
from bot.letters.refusals import Reason, Refusal
from bot.letters.rules import (
    MOST_LISTED,
    Confirmation,
    Embargo,
    Hidden,
    Ordering,
    Reminded,
    Rules,
    Silence,
    WithdrawnEntry,
)
from bot.locales import Words
from bot.slack.block_kit import Blocks, View, field_block, modal, option, radio, section
from bot.slack.models.memories import Edited
from bot.slack.page_parts import both_versions, done_view
from bot.slack.refusal_words import sentence
from bot.slack.words.deadlines import reminder_days
from bot.slack.words.letter_list import title_line
from bot.slack.words.rules import (
    confirmation_words,
    grouping_words,
    ordering_words,
    reminded_words,
    rule_sentences,
    silence_words,
    veiled_words,
    withdrawn_words,
)

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
        section(title_line(letter)),
        *([] if mine is None else _both(t, letter, mine)),
    ]
    fields: dict[str, Blocks] = {
        "confirmation": [_confirmation(t, rules.confirmation)],
        "embargo": _embargo(t, rules.embargo),
        "order": [_ordering(t, rules.ordering), _groups(t, grouped=rules.grouped)],
        "silence": [_silence(t, rules.silence, shown=shown)],
        "withdrawn": [_withdrawn(t, rules.withdrawn_entry, shown=shown)],
        "reminded": [_reminded(t, rules.reminded)],
    }
    for name, asked in fields.items():
        if only in {"", name}:
            blocks += asked
    return modal(
        t("Rules"),
        blocks,
        close=t("Cancel"),
        submit=t("Save"),
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


def _choice(field: str, label: str, offered: dict[str, str], chosen: str, hint: str = "") -> Field:
    options = {value: option(said, value) for value, said in offered.items()}
    return field_block(field, label, radio("value", options, chosen), hint=hint)


def _confirmation(t: Words, chosen: Confirmation) -> Field:
    offered = {one.value: confirmation_words(t, one) for one in Confirmation}
    return _choice("confirmation", t("Organisations"), offered, chosen.value)


def _embargo(t: Words, embargo: Embargo | None) -> Blocks:
    offered = {NOTHING: veiled_words(t, None)} | {one.value: veiled_words(t, one) for one in Hidden}
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
            "embargo", t("Embargo"), offered, chosen, t("Organisers always see the full list.")
        ),
        field_block(
            "until",
            t("Hidden until"),
            until,
            optional=True,
            hint=t("In your time zone. Without a date or a number, until the deadline."),
        ),
        field_block(
            "until_listed",
            t("Or until this many signatures"),
            listed,
            optional=True,
            hint=t(
                "If you set both, the first one reached counts. If the number isn’t reached by "
                "the deadline, names stay hidden until you show them."
            ),
        ),
    ]


def _ordering(t: Words, chosen: Ordering) -> Field:
    offered = {one.value: ordering_words(t, one) for one in Ordering}
    hint = t("Conveners you pin are always listed first.")
    return _choice("ordering", t("Order of the list"), offered, chosen.value, hint)


def _groups(t: Words, *, grouped: bool) -> Field:
    offered = {
        GROUPED: grouping_words(t, grouped=True),
        TOGETHER: grouping_words(t, grouped=False),
    }
    return _choice("groups", t("Groups in the list"), offered, GROUPED if grouped else TOGETHER)


def _silence(t: Words, chosen: Silence, *, shown: bool) -> Field:
    offered = {one.value: silence_words(t, one) for one in Silence}
    return _choice(
        "silence", t("If the meaning changes"), offered, chosen.value, _fixed(t, shown=shown)
    )


def _withdrawn(t: Words, chosen: WithdrawnEntry, *, shown: bool) -> Field:
    offered = {one.value: withdrawn_words(t, one) for one in WithdrawnEntry}
    return _choice(
        "withdrawn_entry", t("After delivery"), offered, chosen.value, _fixed(t, shown=shown)
    )


def _reminded(t: Words, chosen: Reminded) -> Field:
    offered = {one.value: reminded_words(t, one) for one in Reminded}
    return _choice("reminded", t("Reminders"), offered, chosen.value, reminder_days(t))


def _fixed(t: Words, *, shown: bool) -> str:
    if shown:
        return sentence(t, Refusal(Reason.RULE_WAS_SHOWN))
    return t("Everyone sees this before they sign. You can’t change it after signing starts.")


def saved(t: Words, letter: Letter) -> View:
    """The rules as they now are."""
    sentences = "\n".join(f"• {said}" for said in rule_sentences(t, letter))
    return done_view(t, f"{title_line(letter)}\n{t('Saved.')}\n{sentences}")
