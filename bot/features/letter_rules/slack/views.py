"""An organiser's views of a letter's rules."""

from typing import Any

from bot.letters.letter import Letter
from bot.letters.phases import Phase
from bot.letters.rules import (
    MOST_LISTED,
    Confirmation,
    Embargo,
    Hidden,
    Ordering,
    Silence,
    WithdrawnLine,
)
from bot.locales import Words
from bot.slack.block_kit import Blocks, context, field_block, modal, option, radio, section
from bot.slack.payloads import remember
from bot.slack.text.escaping import escape, isolate
from bot.slack.words.rules import rule_sentences

View = dict[str, Any]
Field = dict[str, Any]

NOTHING = "nothing"
"""The choice that nothing is hidden: it stands beside the values of `Hidden`."""
TOGETHER, GROUPED = "together", "grouped"


def form(t: Words, letter: Letter) -> View:
    """Every rule of a letter, each choice with what it means."""
    rules, shown = letter.rules, letter.phase is not Phase.DRAFT
    blocks: Blocks = [
        section(t("The rules of *{title}*", title=escape(isolate(letter.title)))),
        _confirmation(t, rules.confirmation),
        *_embargo(t, rules.embargo),
        _ordering(t, rules.ordering),
        _groups(t, grouped=rules.grouped),
        _silence(t, rules.silence, shown=shown),
        _withdrawn(t, rules.withdrawn_line, shown=shown),
    ]
    return modal(
        t("Rules"),
        blocks,
        close=t("Never mind"),
        submit=t("Save the rules"),
        callback="rules",
        meta=remember(letter=letter.id),
    )


def _choice(
    field: str, label: str, offered: dict[str, tuple[str, str]], chosen: str, hint: str = ""
) -> Field:
    options = {value: option(said, value, meant) for value, (said, meant) in offered.items()}
    return field_block(field, label, radio("value", options, chosen), hint=hint)


def _confirmation(t: Words, chosen: Confirmation) -> Field:
    offered = {
        Confirmation.NONE.value: (
            t("Nothing more"),
            t("It is on the list as soon as somebody signs for it."),
        ),
        Confirmation.SECOND.value: (
            t("A second person of it"),
            t("Somebody else who belongs to it signs for it too."),
        ),
        Confirmation.ORGANISER.value: (
            t("A record of its permission"),
            t("You note who gave it, in which role, and when."),
        ),
        Confirmation.BOTH.value: (t("Both"), t("The second person and the record.")),
    }
    return _choice(
        "confirmation",
        t("What an organisation’s signature needs"),
        offered,
        chosen.value,
        t("Until it has that, it is neither on the list nor in the count. You see both numbers."),
    )


def _embargo(t: Words, embargo: Embargo | None) -> Blocks:
    offered = {
        NOTHING: (t("Nothing"), t("Everybody sees the names and the count.")),
        Hidden.NAMES.value: (t("The names"), t("Everybody sees the count only.")),
        Hidden.ALL.value: (t("Names and count"), t("Nobody sees how many there are.")),
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
            t("What is hidden at first"),
            offered,
            chosen,
            t("From everybody but the organisers, who always see the whole list."),
        ),
        field_block(
            "until",
            t("Hidden until this moment"),
            until,
            optional=True,
            hint=t("In your own time zone. Leave it empty where nothing is hidden."),
        ),
        field_block(
            "until_listed",
            t("Or until so many are listed"),
            listed,
            optional=True,
            hint=t("With both, whichever comes first. Once lifted, it stays lifted."),
        ),
    ]


def _ordering(t: Words, chosen: Ordering) -> Field:
    offered = {
        Ordering.ALPHABETICAL.value: (
            t("Alphabetical"),
            t("As the letter’s language sorts names."),
        ),
        Ordering.COUNTRY.value: (
            t("By country"),
            t("Then alphabetical; lines without a country come first."),
        ),
        Ordering.TIME.value: (t("By time"), t("Who signed first stands first.")),
    }
    return _choice(
        "ordering",
        t("The order of the list"),
        offered,
        chosen.value,
        t("Conveners whom you pin stand above all, whatever the order is."),
    )


def _groups(t: Words, *, grouped: bool) -> Field:
    offered = {
        GROUPED: (t("Organisations, then people"), t("Each under a heading of its own.")),
        TOGETHER: (t("All in one"), t("Organisations and people stand among each other.")),
    }
    return _choice("groups", t("The groups of the list"), offered, GROUPED if grouped else TOGETHER)


def _silence(t: Words, chosen: Silence, *, shown: bool) -> Field:
    offered = {
        Silence.KEEP.value: (
            t("Their signature stays"),
            t("With the text that they signed; the list says which."),
        ),
        Silence.DROP.value: (
            t("Their signature ends"),
            t("On the day until which they could answer."),
        ),
    }
    return _choice(
        "silence",
        t("When the text changes in meaning and a signer does not answer"),
        offered,
        chosen.value,
        _fixed(t, shown=shown),
    )


def _withdrawn(t: Words, chosen: WithdrawnLine, *, shown: bool) -> Field:
    offered = {
        WithdrawnLine.REMOVED.value: (
            t("Their line goes"),
            t("From the living list; the delivery copy never changes."),
        ),
        WithdrawnLine.MARKED.value: (
            t("Their line stays, with a mark"),
            t("“Withdrawn after delivery”; it is not counted any more."),
        ),
    }
    return _choice(
        "withdrawn_line",
        t("When a signer withdraws after the letter was handed over"),
        offered,
        chosen.value,
        _fixed(t, shown=shown),
    )


def _fixed(t: Words, *, shown: bool) -> str:
    if shown:
        return t("People saw this before they signed, so it can no longer change.")
    return t("Everybody sees this before they sign. Once signing begins, it can no longer change.")


def saved(t: Words, letter: Letter) -> View:
    """The rules as they now are."""
    sentences = "\n".join(f"• {said}" for said in rule_sentences(t, letter))
    return modal(
        t("Rules"),
        [
            section(
                t(
                    ":white_check_mark: The rules of *{title}* are kept.",
                    title=escape(isolate(letter.title)),
                )
            ),
            section(sentences),
            context(t("`/letter rules #{number}` shows them again.", number=letter.id)),
        ],
        close=t("Done"),
    )
