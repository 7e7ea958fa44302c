"""Handlers for a letter's deadline, its cancelling, its conveners and its organisers."""

import re
from collections.abc import Callable
from datetime import datetime
from typing import Any

from bot.features.lifecycle import use_cases as lifecycle
from bot.features.lifecycle.slack import views
from bot.letters.letter import Letter
from bot.letters.people import Person
from bot.letters.phases import Action, Phase
from bot.letters.refusals import Reason, Refused, required
from bot.letters.signatory import Signatory
from bot.letters.standing import Standing
from bot.locales import Words
from bot.slack.block_kit import View
from bot.slack.features import Features, RowAct
from bot.slack.letter_picker import choose, draws_part, finish_click, for_letter, parted
from bot.slack.models.shapes import Edited, OfLetter
from bot.slack.page_parts import done_view
from bot.slack.payloads import Answer, Click, Command, Reply, Submission, field_errors, update
from bot.slack.which_signatory import Named, for_named
from bot.slack.windows import Part, finish, may
from bot.use_cases import pinning

_BY_WORD = {
    "deadline": Action.SEE_STATUS,
    "extend": Action.EXTEND,
    "close": Action.CLOSE,
    "reopen": Action.REOPEN,
}
"""Commands that open the deadline form, and the action that each requires."""
_MENTION = re.compile(r"<@([UW][A-Z0-9]+)(?:\|[^<>]*)?>")
_VERB = re.compile(r"(add|remove)\b\s*(.*)", re.IGNORECASE | re.DOTALL)


def register(features: Features) -> None:
    """Register the commands, forms and buttons for running a letter."""
    for word, action in _BY_WORD.items():
        features.on_command(word, for_letter(action, _deadline))
    features.on_submit("deadline", _set_deadline)
    features.on_command("cancel", for_letter(Action.CANCEL, _ask_to_cancel))
    # Without a name, the signers are shown to choose from.
    signers = draws_part(features, Part.SIGNERS)
    for word in ("pin", "unpin"):
        features.on_command(word, for_named(Action.PIN, _pin, "pin.this", signers))
    features.on_row("pin", _pin_act("pin", lambda t: t("Move to top")))
    features.on_row("unpin", _pin_act("unpin", lambda t: t("Move back into the list")))
    features.on_click("pin.this", _pin_this)
    features.on_row(
        "group", RowAct(label=lambda t: t("Choose a heading"), offered=_grouped, act=_ask)
    )

    async def group(click: Click) -> None:
        number, signatory, at = click.value.split(":")
        letter = await click.allowed(int(number), Action.PIN)
        heading = None if at == views.TOP else ["", *letter.rules.printing.groups][int(at)]
        await pinning.pin(
            click.database,
            letter=letter.id,
            actor=click.actor,
            signatory=signatory,
            heading=heading,
            trigger=click.trigger,
        )
        await finish_click(features, click, click.t("Saved."))

    features.on_click("group", group)
    features.on_command("organisers", _organisers)
    features.on_submit("cancel", _cancel)
    features.on_click("organisers.add", _add_organiser)
    features.on_click("organisers.remove", _remove_organiser)


async def _deadline(command: Command, letter: Letter) -> None:
    if command.word == "deadline":
        wanted = Action.REOPEN if letter.phase is Phase.CLOSED else Action.EXTEND
        await command.allowed(letter.id, wanted)
    found, now = await lifecycle.letter_now(command.database, letter=letter.id, actor=command.actor)
    await command.open(views.deadline(command.t, found, now, closes=command.word == "close"))


async def _set_deadline(submission: Submission) -> Answer:
    view, database = submission.view, submission.bot.database
    memory, chosen = Edited.of(view), view.values.choice("what")
    act: dict[str, Any] = {
        "letter": memory.letter,
        "actor": submission.actor,
        "trigger": submission.trigger,
    }
    if chosen == views.CLOSE:
        said = views.closed_words(submission.t, await lifecycle.close(database, **act))
        return finish(submission, said, done_view(submission.t, said))
    at: datetime | None = view.values.moment("deadline")
    if at is None:
        return field_errors({"deadline": submission.t("Choose a date and time.")})
    act |= {"deadline": at, "tz": submission.caller.tz}
    try:
        if chosen:
            letter = await lifecycle.extend(database, read=memory.read, **act)
        else:
            letter = await lifecycle.reopen(database, **act)
    except Refused as refused:
        if refused.refusal.reason is not Reason.CHANGED_MEANWHILE:
            raise
        found, now = await lifecycle.letter_now(
            database, letter=memory.letter, actor=submission.actor
        )
        return update(views.deadline(submission.t, found, now, closes=False, mine=at))
    said = views.moved_words(submission.t, letter, reopened=not chosen)
    return finish(submission, said, done_view(submission.t, said))


async def _ask_to_cancel(command: Command, letter: Letter) -> None:
    await command.open(views.cancelling(command.t, letter))


async def _cancel(submission: Submission) -> Answer:
    letter = await lifecycle.cancel(
        submission.database,
        letter=OfLetter.of(submission.view).letter,
        actor=submission.actor,
        reason=submission.view.values.text("reason"),
        trigger=submission.trigger,
    )
    return update(views.cancelled(submission.t, letter))


async def _pin(command: Command, letter: Letter, name: str) -> Reply:
    party = await _put_pin(command, letter.id, command.word, name=name)
    return Reply(views.pinned_words(command.t, party.entry, command.word))


def _pin_act(word: str, label: Callable[[Words], str]) -> RowAct:
    async def act(click: Click, party: Signatory) -> str:
        pinned = await _put_pin(click, party.letter, word, signatory=party.id)
        return views.pinned_words(click.t, pinned.entry, word)

    def offered(letter: Letter, party: Signatory) -> bool:
        if word == "pin" and _grouped(letter, party):
            # Among the headings to choose from.
            return False
        listed = party.standing is Standing.LISTED
        return may(letter, Action.PIN) and listed and bool(party.pinned) == (word == "unpin")

    return RowAct(label=label, offered=offered, act=act)


def _grouped(letter: Letter, party: Signatory) -> bool:
    listed = party.standing is Standing.LISTED and not (party.pinned or party.late)
    return may(letter, Action.PIN) and listed and bool(letter.rules.printing.groups)


async def _ask(click: Click, party: Signatory) -> str:
    letter = await click.allowed(party.letter, Action.PIN)
    await click.show(views.headings(click.t, letter, party))
    return ""


async def _pin_this(click: Click) -> None:
    memory = Named.of(click.modal)
    signatory, _, _ = click.value.partition(":")
    party = await _put_pin(click, memory.letter, memory.word, signatory=signatory)
    t = click.t
    await click.update(done_view(t, views.pinned_words(t, party.entry, memory.word)))


async def _put_pin(asked: Command | Click, letter: int, word: str, **whom: str) -> Signatory:
    return await pinning.pin(
        asked.database,
        letter=letter,
        actor=asked.actor,
        trigger=asked.trigger,
        up=word != "unpin",
        **whom,
    )


async def _organisers(command: Command) -> Reply | None:
    """Handle `organisers [#7] [add|remove @name]`; without a verb, show the organisers."""
    reference, words = parted(command.rest)
    found = _VERB.fullmatch(words)
    if found is not None and not reference:
        reference, rest = parted(found[2])
        words = f"{found[1]} {rest}".strip()
        found = _VERB.fullmatch(words)
    if found is None and words:
        # Without a verb, the words can only be the letter.
        reference, words = words, ""
    letter = await choose(command, Action.CHANGE_ORGANISERS, reference=reference, words=words)
    if isinstance(letter, Reply):
        return letter
    if found is None:
        await command.open(await _list(command, letter))
        return None
    verb, mentioned = found[1].casefold(), _MENTION.search(found[2])
    if mentioned is None:
        return Reply(
            command.t(
                "Use an @mention: `/letter organisers #{number} {verb} @name`.",
                number=letter.id,
                verb=verb,
            )
        )
    user = mentioned[1]
    if verb == "add":
        return Reply(await _add(command, letter.id, user))
    running = await lifecycle.organisers(command.database, letter=letter.id)
    person = required(
        next((one for one in running if one.user == user), None), Reason.NO_SUCH_ORGANISER
    )
    return Reply((await _remove(command, letter.id, person))[1])


async def _add(asked: Command | Click, letter: int, user: str) -> str:
    bot = asked.bot
    # Checked first, so that nothing about the person is revealed to others.
    await asked.allowed(letter, Action.CHANGE_ORGANISERS)
    profile = await bot.directory.profile(user)
    if profile is None or not profile.reachable:
        raise Refused.because(Reason.ORGANISER_MUST_BE_MEMBER)
    await lifecycle.add_organiser(
        bot.database,
        letter=letter,
        actor=asked.actor,
        person=profile.person,
        membership=profile.membership,
        trigger=asked.trigger,
    )
    return asked.t("Organiser added: {who}", who=f"<@{user}>")


async def _remove(asked: Command | Click, letter: int, person: Person) -> tuple[Letter, str]:
    found = await lifecycle.remove_organiser(
        asked.database, letter=letter, actor=asked.actor, person=person, trigger=asked.trigger
    )
    return found, asked.t("Organiser removed: {who}", who=f"<@{person.user}>")


async def _list(asked: Command | Click, letter: Letter, done: str = "") -> View:
    running = await lifecycle.organisers(asked.database, letter=letter.id)
    return views.organisers(asked.t, letter, running, done)


async def _add_organiser(click: Click) -> None:
    letter = OfLetter.of(click.modal).letter
    done = await _add(click, letter, click.value)
    found = await click.allowed(letter, Action.CHANGE_ORGANISERS)
    await click.update(await _list(click, found, done))


async def _remove_organiser(click: Click) -> None:
    number, _, name = click.value.partition(":")
    person = Person.parse(name)
    letter, done = await _remove(click, int(number), person)
    if person == click.actor.person:
        await click.update(done_view(click.t, done))
    else:
        await click.update(await _list(click, letter, done))
