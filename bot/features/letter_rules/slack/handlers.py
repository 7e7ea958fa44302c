"""Handlers for setting a letter's rules, and for ending an embargo."""

from datetime import datetime

from bot.features.letter_rules import use_cases as letter_rules
from bot.features.letter_rules.slack import views
from bot.letters.letter import Letter
from bot.letters.notices import SignatureTopic
from bot.letters.phases import Action
from bot.letters.refusals import Reason, Refused
from bot.letters.rules import (
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
from bot.slack.features import Features
from bot.slack.letter_picker import for_letter
from bot.slack.models.values import Values
from bot.slack.payloads import Answer, Click, Command, Reply, Submission, update
from bot.slack.text.escaping import moment
from bot.slack.topic_messages import Facts, on_signer_message
from bot.slack.windows import finish
from bot.slack.words.rules import embargo_words


def register(features: Features) -> None:
    """Register the form of the rules, the command that ends an embargo, and the message about it."""
    features.on_command("rules", for_letter(Action.SET_RULES, _rules))
    features.on_click("rules.change", _change)
    features.on_submit("rules", _save)
    on_signer_message(features, SignatureTopic.EMBARGO_SOONER, _shown_sooner, withdraws=True)
    # The button in Settings asks for confirmation first.
    features.on_command("unveil", for_letter(Action.UNVEIL, _unveil))


async def _rules(command: Command, letter: Letter) -> None:
    await command.open(views.form(command.caller.t, await _letter(command, letter.id)))


async def _change(click: Click) -> None:
    """Show the form for one rule; the value is `letter:name`."""
    letter, _, only = click.value.partition(":")
    found = await _letter(click, int(letter))
    await click.show(views.form(click.caller.t, found, only=only))


async def _letter(asked: Command | Click | Submission, number: int) -> Letter:
    return await asked.allowed(number, Action.SET_RULES)


async def _save(submission: Submission) -> Answer:
    caller, memory = submission.caller, views.Ruling.of(submission.view)
    rules = _chosen(submission.view.values, await _letter(submission, memory.letter))
    try:
        letter = await letter_rules.set_rules(
            submission.bot.database,
            letter=memory.letter,
            actor=caller.actor,
            rules=rules,
            read=memory.read,
            trigger=submission.trigger,
        )
    except Refused as refused:
        if refused.refusal.reason is not Reason.CHANGED_MEANWHILE:
            raise
        found = await _letter(submission, memory.letter)
        return update(views.form(caller.t, found, mine=rules, only=memory.only))
    return finish(submission, caller.t("Saved."), views.saved(caller.t, letter))


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
    return Rules(
        confirmation=Confirmation(values.choice("confirmation") or before.confirmation),
        silence=Silence(values.choice("silence") or before.silence),
        withdrawn_entry=WithdrawnEntry(values.choice("withdrawn_entry") or before.withdrawn_entry),
        embargo=embargo,
        ordering=Ordering(values.choice("ordering") or before.ordering),
        grouped=groups == views.GROUPED if groups else before.grouped,
        reminded=Reminded(values.choice("reminded") or before.reminded),
    )


async def _unveil(command: Command, letter: Letter) -> Reply:
    caller = command.caller
    found = await letter_rules.unveil(
        command.bot.database, letter=letter.id, actor=caller.actor, trigger=command.trigger
    )
    return Reply(embargo_words(caller.t, found))


def _shown_sooner(t: Words, title: str, facts: Facts) -> str:
    when = moment(t, datetime.fromisoformat(str(facts["until"]))) if "until" in facts else ""
    return t(
        "Everyone who can read *{title}* will see who signed from {when}. That’s earlier than we "
        "said, but at least a day after this message.",
        title=title,
        when=when,
    )
