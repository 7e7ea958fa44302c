"""An organiser closes, extends, reopens or cancels a letter, pins a convener, shares the work."""

import re
from collections.abc import Callable
from datetime import datetime
from typing import Any

from bot.features.lifecycle import use_cases as lifecycle
from bot.features.lifecycle.slack import views
from bot.letters.letter import Letter
from bot.letters.people import Person
from bot.letters.phases import Action, Phase
from bot.letters.refusals import Reason, Refused
from bot.letters.signatory import Signatory
from bot.letters.standing import Standing
from bot.locales import Words
from bot.slack.block_kit import View
from bot.slack.features import Features, PartDrawer, RowAct
from bot.slack.letter_picker import as_typed, choose, parted
from bot.slack.models.memories import Edited, OfLetter
from bot.slack.page_parts import done_view
from bot.slack.payloads import (
    Answer,
    Caller,
    Click,
    Command,
    Reply,
    Submission,
    field_errors,
    update,
)
from bot.slack.which_signatory import Named, which
from bot.slack.windows import Part, Place, finish, may
from bot.use_cases import Database, letter_lookup, pinning

_BY_WORD = {
    "deadline": Action.SEE_STATUS,
    "extend": Action.EXTEND,
    "close": Action.CLOSE,
    "reopen": Action.REOPEN,
}
"""Words that open the form of the deadline, and what must be allowed."""
_MENTION = re.compile(r"<@([UW][A-Z0-9]+)(?:\|[^<>]*)?>")
_VERB = re.compile(r"(add|remove)\b\s*(.*)", re.IGNORECASE | re.DOTALL)


def register(features: Features) -> None:
    """Register the stories of running a letter."""
    for word in _BY_WORD:
        features.on_command(word, _deadline)
    features.on_submit("deadline", _set_deadline)
    features.on_command("cancel", _ask_to_cancel)

    async def pin(command: Command) -> Reply | None:
        """`pin [#7] NAME` and `unpin [#7] NAME`; without a name the signers to choose from."""
        return await _pin(command, features.parts[Part.SIGNERS])

    for word in ("pin", "unpin"):
        features.on_command(word, pin)
    features.on_row("pin", _pin_act("pin", lambda t: t("Move to top")))
    features.on_row("unpin", _pin_act("unpin", lambda t: t("Move back in order")))
    features.on_click("pin.this", _pin_this)
    features.on_command("organisers", _organisers)
    features.on_submit("cancel", _cancel)
    features.on_click("organisers.add", _add_organiser)
    features.on_click("organisers.remove", _remove_organiser)


async def _deadline(command: Command) -> Reply | None:
    """Open the form of the deadline: for `close`, `extend` and `reopen` too."""
    wanted = _BY_WORD[command.word]
    letter = await choose(command, wanted)
    if not isinstance(letter, Letter):
        return letter
    caller, database = command.caller, command.bot.database
    if wanted is Action.SEE_STATUS:
        wanted = Action.REOPEN if letter.phase is Phase.CLOSED else Action.EXTEND
        await letter_lookup.check(database, letter=letter.id, actor=caller.actor, action=wanted)
    found, now = await lifecycle.letter_now(database, letter=letter.id, actor=caller.actor)
    view = views.deadline(caller.t, found, now, closes=wanted is Action.CLOSE)
    await command.open(view)
    return None


async def _set_deadline(submission: Submission) -> Answer:
    """Move the deadline, close the letter, or reopen it."""
    caller, view, database = submission.caller, submission.view, submission.bot.database
    memory, chosen = Edited.of(view), view.values.choice("what")
    number = memory.letter
    if chosen == views.CLOSE:
        letter = await lifecycle.close(
            database, letter=number, actor=caller.actor, trigger=submission.trigger
        )
        return _finish(submission, views.closed_words(caller.t, letter))
    at: datetime | None = view.values.moment("deadline")
    if at is None:
        return field_errors({"deadline": caller.t("Choose a date and time.")})
    reopens = not chosen
    when: dict[str, Any] = {"deadline": at, "tz": caller.tz, "trigger": submission.trigger}
    try:
        letter = (
            await lifecycle.reopen(database, letter=number, actor=caller.actor, **when)
            if reopens
            else await lifecycle.extend(
                database, letter=number, actor=caller.actor, read=memory.read, **when
            )
        )
    except Refused as refused:
        if refused.refusal.reason is not Reason.CHANGED_MEANWHILE:
            raise
        found, now = await lifecycle.letter_now(database, letter=number, actor=caller.actor)
        again = views.deadline(caller.t, found, now, closes=False, mine=at)
        return update(again)
    return _finish(submission, views.moved_words(caller.t, letter, reopened=reopens))


def _finish(submission: Submission, said: str) -> Answer:
    return finish(submission, said, done_view(submission.caller.t, said))


async def _ask_to_cancel(command: Command) -> Reply | None:
    letter = await choose(command, Action.CANCEL)
    if not isinstance(letter, Letter):
        return letter
    await command.open(views.cancelling(command.caller.t, letter))
    return None


async def _cancel(submission: Submission) -> Answer:
    caller = submission.caller
    letter = await lifecycle.cancel(
        submission.bot.database,
        letter=OfLetter.of(submission.view).letter,
        actor=caller.actor,
        reason=submission.view.values.text("reason"),
        trigger=submission.trigger,
    )
    return update(views.cancelled(caller.t, letter))


async def _pin(command: Command, signers: PartDrawer) -> Reply | None:
    reference, words = parted(command.rest)
    name = as_typed(words)
    letter = await choose(command, Action.PIN, reference=reference, words=name)
    if not isinstance(letter, Letter):
        return letter
    caller = command.caller
    if not name:
        place = Place(letter=letter.id, part=Part.SIGNERS)
        await command.open(await signers(command.bot, caller, place, ""))
        return None
    try:
        party = await _put_pin(command, letter.id, command.word, name=name)
    except Refused as refused:
        view = which(caller.t, letter.id, refused.refusal, "pin.this", word=command.word)
        if view is None:
            raise
        await command.open(view)
        return None
    return Reply(views.pinned_words(caller.t, party.entry, command.word))


def _pin_act(word: str, label: Callable[[Words], str]) -> RowAct:
    """Return what the menu of an entry offers: to list it first, or no longer."""

    async def act(click: Click, party: Signatory) -> str:
        pinned = await _put_pin(click, party.letter, word, signatory=party.id)
        return views.pinned_words(click.caller.t, pinned.entry, word)

    def offered(letter: Letter, party: Signatory) -> bool:
        listed = party.standing is Standing.LISTED
        return may(letter, Action.PIN) and listed and bool(party.pinned) == (word == "unpin")

    return RowAct(label=label, offered=offered, act=act)


async def _pin_this(click: Click) -> None:
    """One of several that the name fits."""
    memory = Named.of(click.modal)
    signatory, _, _ = click.value.partition(":")
    party = await _put_pin(click, memory.letter, memory.word, signatory=signatory)
    t = click.caller.t
    await click.update(done_view(t, views.pinned_words(t, party.entry, memory.word)))


async def _put_pin(asked: Command | Click, letter: int, word: str, **whom: str) -> Signatory:
    story = pinning.unpin if word == "unpin" else pinning.pin
    return await story(
        asked.bot.database,
        letter=letter,
        actor=asked.caller.actor,
        trigger=asked.trigger,
        **whom,
    )


async def _organisers(command: Command) -> Reply | None:
    """`organisers [#7] [add|remove @name]`; without a verb a form shows who they are."""
    caller = command.caller
    reference, words = parted(command.rest)
    found = _VERB.fullmatch(words)
    if found is not None and not reference:
        reference, rest = parted(found[2])
        words = f"{found[1]} {rest}".strip()
        found = _VERB.fullmatch(words)
    if found is None and words:
        # Neither verb: it can only be the letter.
        reference, words = words, ""
    letter = await choose(command, Action.CHANGE_ORGANISERS, reference=reference, words=words)
    if not isinstance(letter, Letter):
        return letter
    if found is None:
        await command.open(await _list(command.bot.database, caller, letter))
        return None
    mentioned = _MENTION.search(found[2])
    if mentioned is None:
        return Reply(
            caller.t(
                "Use an @mention: `/letter organisers #{number} {verb} @name`.",
                number=letter.id,
                verb=found[1].casefold(),
            )
        )
    return Reply(await _change(command, letter, mentioned[1], add=found[1].casefold() == "add"))


async def _change(command: Command, letter: Letter, user: str, *, add: bool) -> str:
    caller, bot = command.caller, command.bot
    t = caller.t
    if add:
        await _add(command, letter.id, user)
        return t("Organiser added: {who}", who=f"<@{user}>")
    person = await _organiser(bot.database, letter.id, user)
    await lifecycle.remove_organiser(
        bot.database, letter=letter.id, actor=caller.actor, person=person, trigger=command.trigger
    )
    return t("Organiser removed: {who}", who=f"<@{user}>")


async def _add(asked: Command | Click, letter: int, user: str) -> None:
    # Before anything is said about the person.
    await letter_lookup.check(
        asked.bot.database,
        letter=letter,
        actor=asked.caller.actor,
        action=Action.CHANGE_ORGANISERS,
    )
    profile = await asked.bot.directory.profile(user)
    if profile is None or not profile.reachable:
        raise Refused.because(Reason.ORGANISER_MUST_BE_MEMBER)
    await lifecycle.add_organiser(
        asked.bot.database,
        letter=letter,
        actor=asked.caller.actor,
        person=profile.person,
        membership=profile.membership,
        trigger=asked.trigger,
    )


async def _organiser(database: Database, letter: int, user: str) -> Person:
    for person in await lifecycle.organisers(database, letter=letter):
        if person.user == user:
            return person
    raise Refused.because(Reason.NO_SUCH_ORGANISER)


async def _list(database: Database, caller: Caller, letter: Letter, done: str = "") -> View:
    running = await lifecycle.organisers(database, letter=letter.id)
    return views.organisers(caller.t, letter, running, done)


async def _add_organiser(click: Click) -> None:
    letter, caller = OfLetter.of(click.modal).letter, click.caller
    await _add(click, letter, click.value)
    found = await letter_lookup.check(
        click.bot.database, letter=letter, actor=caller.actor, action=Action.CHANGE_ORGANISERS
    )
    done = caller.t("Organiser added: {who}", who=f"<@{click.value}>")
    await click.update(await _list(click.bot.database, caller, found, done))


async def _remove_organiser(click: Click) -> None:
    caller, database = click.caller, click.bot.database
    number, _, name = click.value.partition(":")
    person = Person.parse(name)
    letter = await lifecycle.remove_organiser(
        database, letter=int(number), actor=caller.actor, person=person, trigger=click.trigger
    )
    done = caller.t("Organiser removed: {who}", who=f"<@{person.user}>")
    if person == caller.actor.person:
        await click.update(done_view(caller.t, done))
        return
    await click.update(await _list(database, caller, letter, done))
