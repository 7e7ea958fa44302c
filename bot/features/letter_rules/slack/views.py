"""An organiser's views of a letter's rules."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from enum import StrEnum
from typing import Any

from bot.letters.draft import RESPONSIBLE_MOST, SENDER_MOST, TITLE_MOST
from bot.letters.ids import revision
from bot.letters.letter import Letter
from bot.letters.phases import Phase
from bot.letters.refusals import Reason, Refusal
from bot.letters.rules import (
    CONTACT_MOST,
    MOST_LISTED,
    PLACE_MOST,
    QUESTION_MOST,
    Embargo,
    Hidden,
    MaySign,
    OwnQuestion,
    Printing,
    PublicPage,
    Rules,
)
from bot.locales import Words
from bot.slack.block_kit import (
    Blocks,
    View,
    checkboxes,
    context,
    field_block,
    modal,
    number_input,
    option,
    radio,
    section,
    text_input,
    time_picker,
)
from bot.slack.models.shapes import Edited
from bot.slack.page_parts import both_versions, done_view
from bot.slack.refusal_words import sentence
from bot.slack.text.escaping import escape
from bot.slack.words.deadlines import reminder_days
from bot.slack.words.details import detail_words
from bot.slack.words.phases import title_line
from bot.slack.words.rules import (
    choice_words,
    grouping_words,
    printing_labels,
    rule_sentences,
    veiled_words,
    who_sees_words,
)


class Ruling(Edited):
    """Memory of the form of the rules."""

    only: str = ""
    """The name of the only rule in the form; empty for all rules."""


NOTHING = "nothing"
"""The value of the choice to hide nothing, next to the values of `Hidden`."""
TICKED = ("day_last", "identification", "numbered", "web", "represented", "firsts")
"""The fields of `Printing` that are boxes to tick."""
TRANSLATION = "translation"
"""The name of the form of a translation, which is no rule; it is read with the letter's text."""
TOGETHER, GROUPED = "together", "grouped"


def form(
    t: Words,
    letter: Letter,
    *,
    mine: Rules | None = None,
    only: str = "",
    pages: Sequence[PublicPage] = tuple(PublicPage),
) -> View:
    """Return the form of a letter's rules, with an explanation of each choice.

    Args:
        t: The organiser's words.
        letter: The letter.
        mine: Rules that the organiser chose, if the saved ones changed in between; shows both.
        only: The name of the only rule to show (`words/rules.RULES`); empty for all.
        pages: The choices of a public page here.
    """
    rules = mine or letter.rules
    blocks: Blocks = [section(title_line(letter))]
    if mine is not None:
        theirs, yours = rule_sentences(t, letter), rule_sentences(t, replace(letter, rules=mine))
        blocks += both_versions(t, theirs, yours)
    if letter.phase is Phase.DRAFT:
        fixed = t("Everyone sees this before they sign. You can’t change it after signing starts.")
    else:
        fixed = sentence(t, Refusal(Reason.RULE_WAS_SHOWN))
    groups = {said: grouping_words(t, grouped=said == GROUPED) for said in (GROUPED, TOGETHER)}
    pinned = t("Conveners are always listed first.")
    wait = t("If you change this, people who are already waiting still wait until you accept them.")
    wait = wait if letter.rules.may_sign is MaySign.REVIEWED else ""
    fields: dict[str, Blocks] = {
        "confirmation": [_choice(t, "confirmation", t("Organisations"), rules.confirmation)],
        "embargo": _embargo(t, rules.embargo),
        "order": [
            _choice(t, "ordering", t("Order of the list"), rules.ordering, pinned),
            _field(
                "groups", t("Groups in the list"), groups, GROUPED if rules.grouped else TOGETHER
            ),
        ],
        "silence": [_choice(t, "silence", t("If the meaning changes"), rules.silence, fixed)],
        "withdrawn": [
            _choice(t, "withdrawn_entry", t("After delivery"), rules.withdrawn_entry, fixed)
        ],
        "reminded": [_choice(t, "reminded", t("Reminders"), rules.reminded, reminder_days(t))],
        "question": _question(t, rules.question),
        "may_sign": [_choice(t, "may_sign", t("Who can sign"), rules.may_sign, wait)],
        "names": [_choice(t, "names", t("Names"), rules.names, who_sees_words(t))],
        "page": _page(t, letter, rules, pages) if pages else [],
    }
    for name, asked in fields.items():
        if only in {"", name}:
            blocks += asked
    if only == "printing":
        blocks += _printing(t, rules.printing)
    read = revision(letter.rules)
    if only == TRANSLATION:
        blocks, read = [*blocks, *_translation(t)], letter.text_sha256
    return modal(
        t("Translation") if only == TRANSLATION else t("Rules"),
        blocks,
        close=t("Cancel"),
        submit=t("Save"),
        callback="rules",
        meta=Ruling(letter=letter.id, read=read, only=only).kept(),
    )


def _choice(t: Words, field: str, label: str, chosen: StrEnum, hint: str = "") -> dict[str, Any]:
    offered = {one: choice_words(t, one) for one in type(chosen)}
    return _field(field, label, offered, chosen, hint)


def _field(
    field: str, label: str, offered: Mapping[Any, str], chosen: str, hint: str = ""
) -> dict[str, Any]:
    options = {str(value): option(said, str(value)) for value, said in offered.items()}
    return field_block(field, label, radio("value", options, chosen), hint=hint)


def _embargo(t: Words, embargo: Embargo | None) -> Blocks:
    offered = {NOTHING: veiled_words(t, None)} | {one.value: veiled_words(t, one) for one in Hidden}
    always = t("Organisers always see the full list.")
    chosen = embargo.hides.value if embargo else NOTHING
    return [
        _field("embargo", t("Embargo"), offered, chosen, always),
        field_block(
            "until",
            t("Hidden until"),
            time_picker(embargo.until if embargo else None),
            optional=True,
            hint=t(
                "In your time zone. If you leave both fields empty, names stay hidden until the "
                "deadline."
            ),
        ),
        number_input(
            "until_listed",
            t("Or until this many people have signed"),
            embargo.until_listed if embargo else None,
            most=MOST_LISTED,
            hint=t(
                "If you set both, names appear at whichever comes first. If you set only a "
                "number and it isn’t reached, names stay hidden until you show them. People who "
                "sign on the web don’t count."
            ),
        ),
    ]


def _page(t: Words, letter: Letter, rules: Rules, pages: Sequence[PublicPage]) -> Blocks:
    offered = {one: choice_words(t, one) for one in (*pages, rules.page)}
    apart = {"unindexed": option(t("Ask them to leave out the list"), "unindexed")}
    ticked = checkboxes(apart, ["unindexed"] if rules.unindexed else [])
    its_own = t("The list then has a page of its own, and the letter’s page has a link to it.")
    blocks: Blocks = [
        _field("page", t("Public page"), offered, rules.page),
        field_block("search", t("Search engines"), ticked, optional=True, hint=its_own),
    ]
    if PublicPage.SIGNING in offered:
        kept = t("This setting and the next only apply if people can sign on the web.")
        many = t("How many can sign on the web in an hour before others wait")
        blocks += [
            _choice(t, "look", t("Signatures on the web"), rules.look, kept),
            number_input("hourly", many, rules.hourly, most=MOST_LISTED),
        ]
    if not letter.responsible:
        label = detail_words(t)["responsible"]
        hint = t("A public page needs this. It says who is responsible.")
        blocks.append(
            text_input("responsible", label, most=RESPONSIBLE_MOST, optional=True, hint=hint)
        )
    said = [
        t("Anyone with the link can read the text and the list, and see who is responsible."),
        t("Names collected outside Slack appear too. An embargo hides names on the page as well."),
        t("Signers we can reach get a message first, and the list appears a day later."),
    ]
    if letter.opened_at is None:
        said.append(t("The page goes online when you post the first card."))
    return [*blocks, context(escape(" ".join(said)))]


def _printing(t: Words, printing: Printing) -> Blocks:
    labels = printing_labels(t)
    said = {name: option(labels[name], name) for name in TICKED}
    boxes = checkboxes(said, [name for name in TICKED if getattr(printing, name)])
    return [
        text_input("place", labels["place"], value=printing.place, most=PLACE_MOST, optional=True),
        *(
            text_input(
                name,
                labels[name],
                value=getattr(printing, name),
                most=CONTACT_MOST,
                optional=True,
                multiline=True,
            )
            for name in ("copies", "press")
        ),
        field_block("ticked", t("Also show"), boxes, optional=True),
        text_input(
            "headings",
            labels["groups"],
            value="\n".join(printing.groups),
            optional=True,
            multiline=True,
            hint=t(
                "One heading on each line, in order. Put entries under them in Signers. If you "
                "only reword a heading, its entries stay."
            ),
        ),
        number_input(
            "shown_first",
            labels["shown_first"],
            printing.shown_first or None,
            most=MOST_LISTED,
            hint=t("In PDF and Word. The whole list follows as an annex."),
        ),
    ]


def _question(t: Words, question: OwnQuestion | None) -> Blocks:
    asked = question or OwnQuestion(asked="")
    said = {
        "required": option(t("Everyone has to answer"), "required"),
        "quoted": option(t("Signers can allow quoting"), "quoted"),
    }
    own = t("For example: Why are you signing? Signers see your question in the form.")
    lines = t("One on each line. If you leave this empty, signers write a short answer.")
    return [
        text_input(
            "question", t("Your own question"), value=asked.asked, most=QUESTION_MOST,
            optional=True, hint=own,
        ),
        text_input(
            "choices", t("Answers to choose from"), value="\n".join(asked.choices), optional=True,
            multiline=True, hint=lines,
        ),
        field_block(
            "asks", t("Answers"), checkboxes(said, [one for one in said if getattr(asked, one)]),
            optional=True,
        ),
    ]  # fmt: skip


def _translation(t: Words) -> Blocks:
    shown = t(
        "The translation is shown after the letter, on the letter’s page and in documents, as "
        "unofficial. People don’t sign it. If the letter changes, the translation is marked as "
        "belonging to an earlier version. To replace a translation, save it again. To remove "
        "one, give only its language."
    )
    text = {"type": "rich_text_input", "action_id": "value", "min_lines": 8}
    hint = t("Its name or code, such as French or fr.")
    return [
        text_input("language", t("Language"), most=60, hint=hint),
        text_input("title", t.p("of a letter", "Title"), most=TITLE_MOST, optional=True),
        field_block("body", t("Translated text"), text, optional=True),
        text_input("translator", t("Translated by"), most=SENDER_MOST, optional=True),
        context(escape(shown)),
    ]


def saved(t: Words, letter: Letter) -> View:
    """Return the confirmation that rules were saved, with a list of them."""
    sentences = "\n".join(f"• {said}" for said in rule_sentences(t, letter))
    return done_view(t, f"{title_line(letter)}\n{t('Saved.')}\n{sentences}")
