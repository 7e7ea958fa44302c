"""Handlers for setting a letter's rules, and for ending an embargo."""

import asyncio
from datetime import datetime
from typing import Any

from bot.documents.characters import one_line, sound
from bot.features.letter_rules import use_cases as letter_rules
from bot.features.letter_rules.slack import views
from bot.letters.letter import Letter
from bot.letters.notices import LetterTopic, SignatureTopic
from bot.letters.phases import Action
from bot.letters.refusals import Reason, Refused
from bot.letters.rules import CHOICES, Embargo, Hidden, OwnQuestion, Printing, PublicPage, Rules
from bot.letters.text import Translation, canonical
from bot.locales import Words, language_tag
from bot.names.cleaning import clean
from bot.slack.block_kit import Blocks, View, button
from bot.slack.features import Features
from bot.slack.letter_picker import command_button, for_letter, opens
from bot.slack.models.values import Values
from bot.slack.page_parts import shows
from bot.slack.payloads import Answer, Click, Command, Reply, Submission, update
from bot.slack.text.escaping import escape, moment
from bot.slack.text.rich_text import pasted_to_markdown
from bot.slack.topic_messages import Facts, on_organiser_message, on_signer_message, title_of
from bot.slack.windows import finish
from bot.slack.words.phases import tally_words
from bot.slack.words.rules import embargo_words


def register(features: Features) -> None:
    """Register the form of the rules, the command that ends an embargo, and the message about it."""
    features.on_command("rules", opens(Action.SET_RULES, _rules))
    features.on_click("rules.change", shows(_change))
    features.on_submit("rules", _save)
    on_signer_message(features, SignatureTopic.EMBARGO_SOONER, _shown_sooner, withdraws=True)
    on_organiser_message(features, LetterTopic.NAMES_PUBLIC, _names_public)
    on_signer_message(
        features, SignatureTopic.ON_THE_WEB, _on_the_web, withdraws=True, due=_has_page
    )
    # The button in Settings asks for confirmation first.
    features.on_command("unveil", for_letter(Action.UNVEIL, _unveil))


def _names_public(t: Words, letter: Letter, facts: Facts) -> tuple[str, Blocks]:
    del facts
    said = t("Everyone who can read *{title}* can now see who signed.", title=title_of(letter))
    return f"{said} {escape(tally_words(t, letter.tally))}", [
        command_button(t("Status"), "status", letter.id),
        button(t("Who signed"), "signers", f"{letter.id}:"),
    ]


async def _rules(command: Command, letter: Letter) -> View:
    found = await _letter(command, letter.id)
    return views.form(command.t, found, pages=command.bot.pages)


async def _change(click: Click) -> View:
    letter, _, only = click.value.partition(":")
    found = await _letter(click, int(letter), only)
    return views.form(click.t, found, only=only, pages=click.bot.pages)


async def _letter(asked: Command | Click | Submission, number: int, only: str = "") -> Letter:
    is_any_time = only in {"page", views.TRANSLATION}
    return await asked.allowed(number, Action.PUBLISH if is_any_time else Action.SET_RULES)


async def _translate(submission: Submission, memory: views.Ruling) -> Letter:
    values = submission.view.values
    language = language_tag(values.text("language"), submission.t.locale)
    if not language:
        raise Refused.because(Reason.NO_SUCH_LANGUAGE, "language")
    typed = values.rich_text("body")
    text = Translation(
        language=language,
        title=one_line(values.text("title")),
        body=canonical(await asyncio.to_thread(pasted_to_markdown, typed)),
        translator=one_line(values.text("translator")),
        text_sha256=memory.read or "",
    )
    act: dict[str, Any] = {"actor": submission.actor, "trigger": submission.trigger}
    return await letter_rules.translate(submission.database, letter=memory.letter, text=text, **act)


async def _save(submission: Submission) -> Answer:
    memory, values = views.Ruling.of(submission.view), submission.view.values
    if memory.only == views.TRANSLATION:
        letter = await _translate(submission, memory)
        return finish(submission, submission.t("Saved."), views.saved(submission.t, letter))
    rules = _chosen(values, await _letter(submission, memory.letter, memory.only))
    try:
        letter = await letter_rules.set_rules(
            submission.database,
            letter=memory.letter,
            actor=submission.actor,
            rules=rules,
            responsible=values.text("responsible"),
            read=memory.read,
            trigger=submission.trigger,
        )
    except Refused as refused:
        if refused.refusal.reason is not Reason.CHANGED_MEANWHILE:
            raise
        found = await _letter(submission, memory.letter, memory.only)
        pages = submission.bot.pages
        return update(views.form(submission.t, found, mine=rules, only=memory.only, pages=pages))
    return finish(submission, submission.t("Saved."), views.saved(submission.t, letter))


def _chosen(values: Values, letter: Letter) -> Rules:
    """Return the rules chosen in the form; rules without a field in it stay as they are.

    An embargo without a date or number ends at the deadline.
    """
    before = letter.rules
    hides, groups = values.choice("embargo"), values.choice("groups")
    embargo = before.embargo if values.block("embargo") is None else None
    if hides and hides != views.NOTHING:
        until, listed = values.moment("until"), values.number("until_listed")
        if until is None and listed is None and letter.phase.is_unclosed:
            until = letter.deadline
        embargo = Embargo(hides=Hidden(hides), until=until, until_listed=listed)
    chosen: dict[str, Any] = {
        name: of(values.choice(name) or getattr(before, name)) for name, of in CHOICES.items()
    }
    return Rules(
        **chosen,
        embargo=embargo,
        grouped=groups == views.GROUPED if groups else before.grouped,
        question=_question(values) if values.block("question") else before.question,
        hourly=values.number("hourly") or before.hourly,
        unindexed="unindexed" in values.choices("search")
        if values.block("search")
        else before.unindexed,
        printing=_printing(values) if values.block("place") else before.printing,
    )


def _printing(values: Values) -> Printing:
    ticked = values.choices("ticked")
    return Printing(
        place=one_line(values.text("place")),
        copies=sound(values.text("copies")).strip(),
        press=sound(values.text("press")).strip(),
        groups=tuple(dict.fromkeys(filter(None, map(clean, values.text("headings").splitlines())))),
        shown_first=values.number("shown_first") or 0,
        **{name: name in ticked for name in views.TICKED},
    )


def _question(values: Values) -> OwnQuestion | None:
    lines = map(one_line, sound(values.text("choices")).splitlines())
    ticked, asked = values.choices("asks"), one_line(values.text("question"))
    choices = tuple(dict.fromkeys(line for line in lines if line))
    required, quoted = ("required" in ticked), ("quoted" in ticked)
    return (
        OwnQuestion(asked=asked, choices=choices, required=required, quoted=quoted)
        if asked
        else None
    )


async def _unveil(command: Command, letter: Letter) -> Reply:
    found = await letter_rules.unveil(
        command.database, letter=letter.id, actor=command.actor, trigger=command.trigger
    )
    return Reply(embargo_words(command.t, found))


def _shown_sooner(t: Words, title: str, facts: Facts) -> str:
    when = moment(t, datetime.fromisoformat(str(facts["until"]))) if "until" in facts else ""
    return t(
        "Everyone who can read *{title}* will see who signed from {when}. That’s earlier than we "
        "said, but at least a day after this message.",
        title=title,
        when=when,
    )


def _has_page(letter: Letter) -> bool:
    return letter.rules.page is not PublicPage.OFF


def _on_the_web(t: Words, title: str, facts: Facts) -> str:
    when = moment(t, datetime.fromisoformat(str(facts["since"]))) if "since" in facts else ""
    return t(
        "The list of *{title}* will be public on the web. It appears on {when}, but at least a day "
        "after this message. Anyone with the link can read it. You’re listed as:",
        title=title,
        when=when,
    )
