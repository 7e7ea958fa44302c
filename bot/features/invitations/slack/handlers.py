"""An organiser keeps the list of those who were invited: `/letter invitations`."""

import asyncio
from collections.abc import Sequence
from datetime import date

from bot.features.invitations.rules import Invitee
from bot.features.invitations.slack import views
from bot.features.invitations.use_cases import invitations
from bot.letters.endorsement import Kind
from bot.letters.invitation import Saying
from bot.letters.letter import Letter
from bot.letters.phases import Action
from bot.letters.refusals import Reason, Refused
from bot.slack.bot import Bot
from bot.slack.directory import Profile
from bot.slack.features import Features
from bot.slack.letter_picker import choose
from bot.slack.pagination import turn
from bot.slack.payloads import Answer, Caller, Click, Command, Reply, Submission
from bot.slack.windows import Part, Place, finish
from bot.use_cases import letter_lookup


def register(features: Features) -> None:
    """Register `/letter invitations` and what can be done from its list."""
    for word in ("invitations", "asks"):
        features.on_command(word, _invitations)
    features.on_part(Part.INVITED, _part)
    features.on_click("invitations.page", _page)
    features.on_click("invitations.change", _change)
    features.on_click("invitations.people", _people)
    features.on_click("invitations.organisation", _organisation)
    features.on_submit("invitations.people", _invite_people)
    features.on_submit("invitations.organisation", _invite_organisation)
    features.on_submit("invitations.until", _until)
    features.on_submit("invitations.remove", _remove)


async def _invitations(command: Command) -> Reply | None:
    letter = await choose(command, Action.SEE_STATUS)
    if not isinstance(letter, Letter):
        return letter
    await command.open(await _shown(command, letter.id))
    return None


async def _part(bot: Bot, caller: Caller, place: Place, said: str) -> views.View:
    found = await invitations.page(
        bot.database,
        letter=place.letter,
        actor=caller.actor,
        number=int(place.at or 1),
        limit=views.PAGE,
    )
    return views.page(caller.t, found, said)


async def _page(click: Click) -> None:
    letter, _, number = click.value.partition(":")
    await turn(click, await _shown(click, int(letter), int(number)))


async def _shown(
    asked: Click | Command | Submission, letter: int, number: int = 1, said: str = ""
) -> views.View:
    place = Place(letter=letter, part=Part.INVITED, at=str(number))
    return await _part(asked.bot, asked.caller, place, said)


async def _change(click: Click) -> None:
    """Say where it stands, or open the form that this needs; the value is `what:ask`."""
    what, _, number = click.value.partition(":")
    caller, database = click.caller, click.bot.database
    if what in {views.UNTIL, views.REMOVE}:
        letter, invitation = await invitations.find(database, invitation=number, actor=caller.actor)
        form = views.until_form if what == views.UNTIL else views.remove_form
        await click.show(form(caller.t, letter, invitation))
        return
    invitation = await invitations.say(
        database,
        invitation=number,
        actor=caller.actor,
        saying=Saying(what),
        delivery=click.delivery,
    )
    page = int(click.modal.meta.get("page", 1))
    await turn(
        click, await _shown(click, invitation.letter, page, views.said_words(caller.t, invitation))
    )


async def _people(click: Click) -> None:
    await click.show(views.people_form(click.caller.t, await may_invite(click)))


async def _organisation(click: Click) -> None:
    await click.show(views.organisation_form(click.caller.t, await may_invite(click)))


async def may_invite(click: Click) -> Letter:
    """The letter that a button means, where the person may change who is invited.

    Raises:
        Refused: they may not, or not now.
    """
    return await letter_lookup.check(
        click.bot.database, letter=int(click.value), actor=click.caller.actor, action=Action.INVITE
    )


async def _check(submission: Submission) -> None:
    """Refuse who may not invite, before anything is said about the people named.

    Raises:
        Refused: they may not, or not now.
    """
    await letter_lookup.check(
        submission.bot.database,
        letter=int(submission.view.meta["letter"]),
        actor=submission.caller.actor,
        action=Action.INVITE,
    )


async def _invite_people(submission: Submission) -> Answer:
    values = submission.view.values
    users = values.ids("people")
    await _check(submission)
    found = await _reachable(submission, users)
    if users and not found:
        raise Refused.because(Reason.NOBODY_TO_INVITE, "people")
    if not users:
        raise Refused.because(Reason.EMPTY, "people")
    note = values.text("note")
    wanted = [Invitee(kind=Kind.PERSON, person=one.person, note=note) for one in found]
    return await _invitation(submission, wanted, found, unreachable=len(users) - len(found))


async def _invite_organisation(submission: Submission) -> Answer:
    values = submission.view.values
    users = values.ids("person")
    await _check(submission)
    found = await _reachable(submission, users)
    if users and not found:
        raise Refused.because(Reason.NOBODY_TO_INVITE, "person")
    wanted = Invitee(
        kind=Kind.ORGANISATION,
        person=found[0].person if found else None,
        organisation=values.text("organisation"),
        country=values.text("country"),
        contact="" if found else values.text("contact"),
        note=values.text("note"),
    )
    return await _invitation(submission, [wanted], found)


async def _reachable(submission: Submission, users: Sequence[str]) -> list[Profile]:
    """Those of some people who can be written to."""
    directory = submission.bot.directory
    profiles = await asyncio.gather(*(directory.profile(user) for user in users))
    return [one for one in profiles if one is not None and one.reachable]


async def _invitation(
    submission: Submission,
    wanted: Sequence[Invitee],
    met: Sequence[Profile],
    *,
    unreachable: int = 0,
) -> Answer:
    caller, number = submission.caller, submission.view.meta["letter"]
    entered = await invitations.invite(
        submission.bot.database,
        letter=number,
        actor=caller.actor,
        wanted=wanted,
        met=[one.acquaintance for one in met],
        delivery=submission.delivery,
    )
    letter = await letter_lookup.check(
        submission.bot.database, letter=number, actor=caller.actor, action=Action.SEE_STATUS
    )
    said = views.entered_words(caller.t, entered, letter, unreachable=unreachable)
    return await back(submission, number, said)


async def back(submission: Submission, letter: int, said: str) -> Answer:
    """Close a form; the list below it says what was done."""
    return finish(submission, said, await _shown(submission, letter, said=said))


async def _until(submission: Submission) -> Answer:
    caller, view = submission.caller, submission.view
    picked = view.values.day("until")
    invitation = await invitations.say(
        submission.bot.database,
        invitation=view.meta["invitation"],
        actor=caller.actor,
        saying=Saying.AWAIT,
        day=date.fromisoformat(picked) if picked else None,
        tz=caller.tz,
        delivery=submission.delivery,
    )
    return await back(submission, invitation.letter, views.said_words(caller.t, invitation))


async def _remove(submission: Submission) -> Answer:
    caller, view, database = submission.caller, submission.view, submission.bot.database
    _, invitation = await invitations.find(
        database, invitation=view.meta["invitation"], actor=caller.actor
    )
    letter = await invitations.remove(
        database, invitation=invitation.id, actor=caller.actor, delivery=submission.delivery
    )
    return await back(submission, letter, views.removed_words(caller.t, invitation))
