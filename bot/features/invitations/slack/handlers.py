"""`/letter invitations`: managing the list of invitations."""

from bot.features.invitations.rules import Invitee
from bot.features.invitations.slack import last_time, views
from bot.features.invitations.slack.first_signers import choose_first
from bot.features.invitations.use_cases import answers, invitations, mails
from bot.letters.endorsement import Kind
from bot.letters.invitation import InvitationState, Saying
from bot.letters.letter import Letter
from bot.letters.notices import LetterTopic
from bot.letters.phases import Action
from bot.letters.refusals import Reason, Refused
from bot.locales import Words
from bot.slack.block_kit import Blocks, View
from bot.slack.bot import Bot
from bot.slack.features import Features
from bot.slack.letter_picker import command_button, for_letter
from bot.slack.models.shapes import Memory, OfLetter
from bot.slack.page_parts import or_as_now, shows, turn
from bot.slack.payloads import Answer, Caller, Click, Command, Submission, field_errors
from bot.slack.topic_messages import Facts, on_organiser_message, title_of
from bot.slack.windows import Part, Place, finish
from bot.slack.words.invitations import is_now, pipeline_words


def register(features: Features) -> None:
    """Register `/letter invitations`, also by the word of its button, and the actions in its list."""
    for word in ("invitations", "invite", "asks"):
        features.on_command(word, for_letter(Action.SEE_STATUS, _invitations))
    features.on_part(Part.INVITED, _part)
    features.on_click("invitations.change", or_as_now(_change, _tab_now))
    features.on_click("invitations.until", or_as_now(_until, _tab_now))
    features.on_click("invitations.remove", or_as_now(_remove, _tab_now))
    features.on_click("invitations.account", or_as_now(_account, _tab_now))
    features.on_click("invitations.mail", shows(_mail_form))
    features.on_click("invite", _form)
    features.on_click("invite.again", shows(last_time.again))
    features.on_click("invite.more", _more)
    features.on_click("invite.preview", _preview)
    on_organiser_message(features, LetterTopic.ALL_ANSWERED, _all_answered)


def _all_answered(t: Words, letter: Letter, facts: Facts) -> tuple[str, Blocks]:
    said = t("Everyone you invited to sign *{title}* has answered.", title=title_of(letter))
    counts = {state: int(facts.get(state, 0)) for state in InvitationState}
    shown = command_button(t("Invited"), "invitations", letter.id)
    return f"{said}\n{pipeline_words(t, counts)}", [shown]


async def _invitations(command: Command, letter: Letter) -> None:
    await command.open(await _part(command.bot, command.caller, views.place_of(letter.id), ""))


async def _part(bot: Bot, caller: Caller, place: Place, said: str, asks: str = "") -> View:
    state, _, number = place.at.partition(":")
    found = await invitations.page(
        bot.database,
        letter=place.letter,
        actor=caller.actor,
        state=InvitationState(state) if state else None,
        number=int(number or 1),
        limit=views.PAGE,
        keys=bot.keys,
    )
    return views.page(caller.t, found, said, asks)


async def _tab_now(click: Click) -> View:
    return await _part(click.bot, click.caller, _place(click), "")


async def _change(click: Click) -> None:
    """Record a state, or ask for a day or a confirmation in the row (`what:invitation`)."""
    what, number, read = click.value.split(":")
    if what == views.MAIL:
        letter, _ = await invitations.find(click.database, invitation=number, actor=click.actor)
        await click.show(await _mail_form(click, letter.id, number))
        return
    if what in {views.UNTIL, views.REMOVE, views.ACCOUNT}:
        await invitations.find(click.database, invitation=number, actor=click.actor)
        await _said(click, "", asks=click.value)
        return
    invitation = await invitations.say(
        click.database, invitation=number, actor=click.actor, saying=Saying(what), read=read,
        trigger=click.trigger,
    )  # fmt: skip
    await _said(click, views.said_words(click.t, invitation))


async def _mail_form(click: Click, letter: int | None = None, one: str = "") -> View:
    found, asked = await mails.to_mail(
        click.database, letter=letter or int(click.value), actor=click.actor, invitation=one
    )
    return views.mail_form(click.t, found, asked, one)


async def _send(submission: Submission, number: int, one: str) -> Answer:
    values, bot = submission.view.values, submission.bot
    entered = await mails.send(
        bot.database,
        letter=number,
        actor=submission.actor,
        keys=bot.keys,
        invitation=one,
        words=values.text("words"),
        at_once=is_now(values),
        trigger=submission.trigger,
    )
    told = entered.told
    said = submission.t.n("{count} person gets an email.", "{count} people get an email.", told)
    return await back(submission, number, said)


async def _form(click: Click) -> None:
    letter = await click.allowed(int(click.value), Action.INVITE)
    await click.show(views.invite_form(click.t, letter))


async def _more(click: Click) -> None:
    letter = await click.allowed(int(click.value), Action.INVITE)
    await turn(click, views.invite_form(click.t, letter, whole=True))


async def _preview(click: Click) -> None:
    letter, values = await click.allowed(int(click.value), Action.INVITE), click.modal.values
    addressee = answers.as_if_invited(
        letter,
        by=click.actor.person,
        organisation=values.text("organisation"),
        words=values.text("words").strip(),
    )
    await click.show(views.preview(click.t, addressee))


async def invite(submission: Submission) -> Answer:
    """Invite people, an organisation with one of them as its contact, or first signers."""
    memory = views.Inviting.of(submission.view)
    if memory.mails is not None:
        return await _send(submission, memory.letter, memory.mails)
    if memory.first or memory.again:
        return await (choose_first if memory.first else last_time.invite_all)(submission)
    values, bot = submission.view.values, submission.bot
    number = OfLetter.of(submission.view).letter
    users, organisation = values.ids("people"), values.text("organisation")
    channels = values.ids("channels")
    # Checked first, so that no error reveals anything about the people.
    await submission.allowed(number, Action.INVITE)
    if organisation and (channels or len(users) > 1):
        one_only = submission.t("Choose one contact person for an organisation.")
        return field_errors({"people": one_only})
    chosen = await bot.directory.reachable(users, channels, by=submission.actor.person.user)
    found = [one for one in chosen if one.person != submission.actor.person]
    if (users or channels) and not found:
        raise Refused.because(Reason.NOBODY_TO_INVITE, "people")
    if not users and not channels and not organisation:
        raise Refused.because(Reason.EMPTY, "organisation" if values.text("contact") else "people")
    note, words = values.text("note"), values.text("words")
    if organisation:
        wanted = [
            Invitee(
                kind=Kind.ORGANISATION,
                person=found[0].person if found else None,
                organisation=organisation,
                country=values.text("country"),
                contact="" if found else values.text("contact"),
                note=note,
                words=words,
            )
        ]
    else:
        wanted = [
            Invitee(kind=Kind.PERSON, person=one.person, called=one.name, note=note, words=words)
            for one in found
        ]
    entered = await invitations.invite(
        bot.database,
        letter=number,
        actor=submission.actor,
        wanted=wanted,
        met=[one.acquaintance for one in found],
        at_once=is_now(values),
        trigger=submission.trigger,
    )
    letter = await submission.allowed(number, Action.SEE_STATUS)
    unreachable = len(set(users) - {one.person.user for one in chosen})
    said = views.entered_words(submission.t, entered, letter, unreachable=unreachable)
    return await back(submission, number, said)


async def back(submission: Submission, letter: int, said: str) -> Answer:
    """Close a form, and show the result `said` (`mrkdwn`) on the list below it."""
    list_of_all = await _part(submission.bot, submission.caller, views.place_of(letter), said)
    return finish(submission, said, list_of_all)


async def _until(click: Click) -> None:
    number, _, read = click.about.partition(":")
    invitation = await invitations.say(
        click.database,
        invitation=number,
        actor=click.actor,
        saying=Saying.AWAIT,
        day=click.day,
        read=read,
        trigger=click.trigger,
    )
    await _said(click, views.said_words(click.t, invitation))


async def _account(click: Click) -> None:
    """Give an invitation by name the account that the organiser chose."""
    found = await click.bot.directory.reachable([click.value])
    if not found:
        raise Refused.because(Reason.NOBODY_TO_INVITE)
    number, _, read = click.about.partition(":")
    await invitations.tie(
        click.database,
        invitation=number,
        actor=click.actor,
        account=found[0].acquaintance,
        read=read,
        trigger=click.trigger,
    )
    account = f"<@{found[0].person.user}>"
    await _said(click, click.t("Account chosen: {name}", name=account))


async def _remove(click: Click) -> None:
    number, _, read = click.value.partition(":")
    _, invitation = await invitations.find(click.database, invitation=number, actor=click.actor)
    await invitations.remove(
        click.database, invitation=number, actor=click.actor, read=read, trigger=click.trigger
    )
    said = click.t("Removed: {entry}", entry=views.name_words(click.t, invitation))
    await _said(click, said)


async def _said(click: Click, said: str, asks: str = "") -> None:
    await turn(click, await _part(click.bot, click.caller, _place(click), said, asks))


def _place(click: Click) -> Place:
    return Place.parse(Memory.of(click.modal).window or "")
