"""The fields of an entry, shared by all forms that have one."""

from typing import Any

from bot.documents.paper_words import PaperWords
from bot.documents.phrases import represented_words, withheld_words
from bot.letters.endorsement import Facts
from bot.letters.entries import AFFILIATION_MOST, ANSWER_MOST, COUNTRY_MOST, NAME_MOST, WEB_MOST
from bot.letters.rules import OwnQuestion
from bot.locales import Words, words
from bot.slack.block_kit import Blocks, context, field_block, option, radio, text_input, tick_box
from bot.slack.models.values import Values
from bot.slack.text.escaping import escape, isolate
from bot.slack.words.rules import answers_read

MOST = {"affiliation": AFFILIATION_MOST, "country": COUNTRY_MOST, "web": WEB_MOST}
"""Most characters of a field, if that is another number than `NAME_MOST`."""


def identification_note(language: str) -> str:
    """Return the note "for identification only" after an affiliation, in the letter's language."""
    return words(language)("for identification only")


def question_fields(t: Words, question: OwnQuestion, facts: Facts) -> Blocks:
    """Return the fields of the letter's own question; an answer to another one is left out."""
    given = facts.answer if facts.question in {"", question.asked} else ""
    optional, who = not question.required, answers_read(t, question)
    if question.choices:
        element = radio("value", {one: option(one, one) for one in question.choices}, given)
        blocks = [field_block("answer", question.asked, element, optional=optional, hint=who)]
    else:
        blocks = [
            text_input(
                "answer", question.asked, value=given, most=ANSWER_MOST, optional=optional, hint=who
            )
        ]  # fmt: skip
    if question.quoted:
        allowed = t("My answer may be quoted as it is, with my entry")
        ticked = facts.quotable and bool(given)
        blocks.append(tick_box("quotable", t("Quoting"), allowed, ticked=ticked, optional=True))
    return blocks


def answer_blocks(t: Words, facts: Facts) -> Blocks:
    """Return the signer's own answer as it is kept, and whether it may be quoted."""
    if not facts.answer:
        return []
    said = t("Your answer: “{answer}”", answer=escape(isolate(facts.answer)))
    allowed = t("It may be quoted as it is, with your entry.") if facts.quotable else ""
    return [context(f"{said} {escape(allowed)}".rstrip())]


def withheld_note(language: str) -> str:
    """Return the words in place of a withheld name, in the letter's language."""
    return withheld_words(PaperWords(language))


def affiliation_fields(t: Words, facts: Facts) -> Blocks:
    """Return fields for a person's title and affiliation, and for the identification note."""
    label, box = t.p("beside an affiliation", "Note"), t("Add “(for identification only)”")
    shown = t("Shown after your name to show who you are. Your organisation isn’t signing.")
    return [
        _field("title", t.p("of a person", "Title"), facts.title, optional=True),
        _field("affiliation", t("Affiliation"), facts.affiliation, optional=True, hint=shown),
        tick_box("note", label, box, ticked=bool(facts.note), optional=True),
    ]


def organisation_fields(t: Words, facts: Facts, *, web: bool) -> Blocks:
    """Return fields for an organisation: name, country, the body it signs through, `web` address."""
    exactly = t("Exactly as it should appear on the letter.")
    after = t("Shown in brackets after the name.")
    shown = t("Shown with the name, and linked in documents. For example: example.org")
    through = t("A network or parent organisation, if you sign as part of one.")
    return [
        _field("organisation", t("Organisation"), facts.organisation, hint=exactly),
        _field("country", t("Country"), facts.country, optional=True, hint=after),
        _field("via", t("Signing through"), facts.via, optional=True, hint=through),
        *(
            [_field("web", t("Web address"), facts.web, optional=True, hint=shown)]
            if web or facts.web
            else []
        ),
    ]


def _field(
    name: str, label: str, value: str, *, optional: bool = False, hint: str = ""
) -> dict[str, Any]:
    most = MOST.get(name, NAME_MOST)
    return text_input(name, label, value=value, most=most, optional=optional, hint=hint)


def typed_facts(values: Values, language: str) -> Facts:
    """Return the typed facts of an entry, and those of its signer if the form has such fields.

    An affiliation is for identification only unless the box is unticked.
    """
    name, role, represented = values.text("name"), values.text("role"), ""
    if "yes" in values.choices("represented"):
        represented = represented_words(PaperWords(language), name.strip(), role.strip())
    noted = values.block("note") is None or "yes" in values.choices("note")
    return Facts(
        name=name,
        title=values.text("title"),
        affiliation=values.text("affiliation"),
        organisation=values.text("organisation"),
        country=values.text("country"),
        via=values.text("via"),
        note=identification_note(language) if noted else "",
        web=values.text("web"),
        represented=represented,
        role=role,
        # Somebody who isn't asks for an approval, without which they don't sign.
        authorised=bool(values.choices("authorised") or values.choice("authorised")),
        answer=values.text("answer") or values.choice("answer"),
        quotable="yes" in values.choices("quotable"),
    )
