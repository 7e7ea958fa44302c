"""An organiser lays down a letter's rules."""

from bot.features.letter_rules import use_cases as letter_rules
from bot.features.letter_rules.slack import views
from bot.letters.letter import Letter
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
from bot.slack.features import Features
from bot.slack.letter_picker import choose
from bot.slack.models.values import Values
from bot.slack.payloads import Answer, Click, Command, Reply, Submission, update
from bot.slack.windows import finish


def register(features: Features) -> None:
    """Register `/letter rules`."""
    features.on_command("rules", _rules)
    features.on_click("rules.change", _change)
    features.on_submit("rules", _save)
    features.on_command("unveil", _unveil)


async def _rules(command: Command) -> Reply | None:
    letter = await choose(command, Action.SET_RULES)
    if not isinstance(letter, Letter):
        return letter
    caller = command.caller
    found = await letter_rules.rules_of(command.bot.database, letter=letter.id, actor=caller.actor)
    await command.open(views.form(caller.t, found))
    return None


async def _change(click: Click) -> None:
    """Ask for one rule: the value is `letter:name`."""
    letter, _, only = click.value.partition(":")
    found = await letter_rules.rules_of(
        click.bot.database, letter=int(letter), actor=click.caller.actor
    )
    await click.show(views.form(click.caller.t, found, only=only))


async def _save(submission: Submission) -> Answer:
    caller, database = submission.caller, submission.bot.database
    memory = views.Ruling.of(submission.view)
    number = memory.letter
    before = await letter_rules.rules_of(database, letter=number, actor=caller.actor)
    rules = _chosen(submission.view.values, before)
    try:
        letter = await letter_rules.set_rules(
            database,
            letter=number,
            actor=caller.actor,
            rules=rules,
            read=memory.read,
            trigger=submission.trigger,
        )
    except Refused as refused:
        if refused.refusal.reason is not Reason.CHANGED_MEANWHILE:
            raise
        found = await letter_rules.rules_of(database, letter=number, actor=caller.actor)
        return update(views.form(caller.t, found, mine=rules, only=memory.only))
    said = caller.t("Saved.")
    return finish(submission, said, views.saved(caller.t, letter))


def _chosen(values: Values, letter: Letter) -> Rules:
    """The rules that the form holds; those that it doesn't ask for stay.

    Names that are hidden without an end are hidden until the deadline.

    Raises:
        Refused: a number is none.
    """
    before = letter.rules
    hides = values.choice("embargo")
    embargo = before.embargo if values.block("embargo") is None else None
    if hides and hides != views.NOTHING:
        until, listed = values.moment("until"), values.number("until_listed")
        if until is None and listed is None and letter.phase.is_unclosed:
            until = letter.deadline
        embargo = Embargo(hides=Hidden(hides), until=until, until_listed=listed)
    groups = values.choice("groups")
    return Rules(
        confirmation=Confirmation(values.choice("confirmation") or before.confirmation),
        silence=Silence(values.choice("silence") or before.silence),
        withdrawn_entry=WithdrawnEntry(values.choice("withdrawn_entry") or before.withdrawn_entry),
        embargo=embargo,
        ordering=Ordering(values.choice("ordering") or before.ordering),
        grouped=groups == views.GROUPED if groups else before.grouped,
        reminded=Reminded(values.choice("reminded") or before.reminded),
    )


async def _unveil(command: Command) -> Reply:
    """Lift an embargo; from Settings, whose button has asked before."""
    letter = await choose(command, Action.UNVEIL)
    if isinstance(letter, Reply):
        return letter
    t, caller = command.caller.t, command.caller
    await letter_rules.unveil(
        command.bot.database, letter=letter.id, actor=caller.actor, trigger=command.trigger
    )
    return Reply(t("Everyone can see who signed."))
