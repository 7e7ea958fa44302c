"""The Sign form, its submission, changes and withdrawals."""

from dataclasses import replace

from slack_sdk.errors import SlackApiError

from bot.features.cards.slack.clicks import letter_meant
from bot.features.signing.slack import crowded, remembering
from bot.features.signing.slack import form as views
from bot.features.signing.slack.delegates import met_before, signed_meanwhile
from bot.features.signing.slack.first_form import (
    first_form,
    invited_facts,
    invited_form,
    shown_form,
)
from bot.features.signing.slack.own_views import holdings, nothing_held, withdrawn
from bot.features.signing.slack.submission import composed, keep
from bot.features.signing.use_cases import own_signature, signatures
from bot.features.withdrawals import use_cases as withdrawals
from bot.letters.endorsement import Capacity, Facts, Signature
from bot.letters.ids import revision
from bot.letters.letter import Letter
from bot.letters.phases import Action
from bot.letters.refusals import Reason, Refusal, Refused
from bot.slack.api_errors import said
from bot.slack.block_kit import View
from bot.slack.bot import Bot
from bot.slack.entry_form import typed_facts
from bot.slack.features import Features
from bot.slack.letter_picker import choose
from bot.slack.models.memories import Begun, OfLetter
from bot.slack.models.shapes import OpenView
from bot.slack.pagination import turn
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
from bot.slack.refusal_words import sentence, unmarked
from bot.slack.response_urls import ONLY_THEM, respond


def register(features: Features) -> None:
    """Register the story of signing."""
    features.on_click("sign", _open)
    features.on_click("sign.capacity", _choose_capacity)
    features.on_click("sign.more", _more)
    features.on_click("sign.change", _change)
    features.on_click("sign.withdraw", _withdraw)
    features.on_click("sign.again", _again)
    features.on_click("sign.sort", _look)
    features.on_click("holdings.page", _turn)
    features.on_submit("sign", _submit)
    features.on_submit("sign.approve", _approve)
    features.on_close("sign", _closed)
    features.on_close("sign.approve", _closed)
    crowded.register(features)
    remembering.register(features)
    features.on_command("mine", _mine)
    features.on_command("sign", _sign)


async def _open(click: Click) -> None:
    """Sign on a card, in a reminder, at home or in a list: the value is `letter:posting`."""
    number, caller = await letter_meant(click), click.caller
    opening = await signatures.opening(
        click.bot.database, letter=number, actor=caller.actor, invitation=click.about
    )
    view = await _first_view(click, opening, from_home=click.at_home, url=click.response_url)
    try:
        await click.show(view)
    except SlackApiError as error:
        if opening.held or not click.response_url or not said(error).crowded:
            raise
        await crowded.offer(click, opening)


async def _sign(command: Command) -> Reply | None:
    """Sign by `/letter sign`."""
    letter = await choose(command, Action.SIGN)
    if not isinstance(letter, Letter):
        return letter
    opening = await signatures.opening(
        command.bot.database, letter=letter.id, actor=command.caller.actor
    )
    await command.open(await _first_view(command, opening, from_home=False))
    return None


async def _first_view(
    asked: Click | Command, opening: signatures.Opening, *, from_home: bool, url: str = ""
) -> View:
    """Return the form, or what somebody has signed already.

    Raises:
        Refused: They have signed nothing, and the letter takes no signature of theirs now.
    """
    invited = await invited_form(asked, opening, from_home=from_home, url=url)
    if invited is not None:
        return invited
    if opening.held:
        return await _holdings(asked, opening, from_home=from_home)
    if opening.refusal is not None and opening.refusal.reason is Reason.IS_DELIVERED:
        return nothing_held(asked.caller.t, opening.letter)
    if opening.refusal is not None:
        raise Refused(opening.refusal)
    return await first_form(asked, opening, from_home=from_home, url=url)


async def _holdings(
    click: Click | Command, opening: signatures.Opening, *, from_home: bool, page: int = 0
) -> View:
    own = await own_signature.own_on(
        click.bot.database, letter=opening.letter.id, actor=click.caller.actor
    )
    return holdings(
        click.caller.t,
        opening.letter,
        opening.held,
        opening.parties,
        refusal=opening.refusal,
        own=own,
        remembers=opening.remembered is not None,
        more=views.capacities(opening.letter, opening.held),
        from_home=from_home,
        page=page,
    )


async def _turn(click: Click) -> None:
    """To another page of what one holds: the value is its number."""
    opening = await signatures.opening(
        click.bot.database, letter=OfLetter.of(click.modal).letter, actor=click.caller.actor
    )
    if not opening.held:
        raise Refused.because(Reason.NOT_SIGNED)
    view = await _holdings(click, opening, from_home=_from_home(click.view), page=int(click.value))
    await turn(click, view)


def _typed(view: OpenView, signing_now: views.Signing) -> Facts:
    """Read what was typed; an invited organisation's contact says in the consent that they may."""
    typed = typed_facts(view.values, signing_now.language)
    return replace(typed, authorised=typed.authorised or signing_now.agrees_to_authority)


async def _choose_capacity(click: Click) -> None:
    """Another capacity was chosen: other fields, what was typed stays."""
    view, caller = click.modal, click.caller
    signing_now = _chosen(views.UnderWay.of(view).signing, click.value)
    opening = await _opening(click.bot, caller, signing_now)
    typed = _typed(view, signing_now)
    if not typed.name:
        typed = replace(typed, name=caller.name)
    if opening.invited is not None and not typed.organisation:
        typed = invited_facts(opening.invited, typed.name)
    await click.update(shown_form(caller, opening.letter, signing_now, typed))


def _chosen(signing_now: views.Signing, capacity: str) -> views.Signing:
    """Return the signing in another capacity, which is none that they kept."""
    return replace(signing_now, capacity=Capacity(capacity), remembered=False)


async def _again(click: Click) -> None:
    """Back from the entry to the fields that made it."""
    view, caller = click.modal, click.caller
    memory = views.Composed.of(view)
    opening = await _opening(click.bot, caller, memory.signing)
    await click.update(shown_form(caller, opening.letter, memory.signing, memory.typed))


async def _look(click: Click) -> None:
    """Show the entry alone, with the name that it is sorted under."""
    view, caller = click.modal, click.caller
    signing_now = views.UnderWay.of(view).signing
    typed = _typed(view, signing_now)
    made = composed(caller, signing_now, typed, signing_now.own_sort)
    if not isinstance(made, Signature):
        raise Refused(made[0])
    refusal = await _refuse_change(click.bot, caller, signing_now, made)
    if refusal is not None:
        raise Refused(refusal)
    opening = await _opening(click.bot, caller, signing_now)
    await click.update(views.approval(caller.t, opening.letter, signing_now, made))


async def _opening(bot: Bot, caller: Caller, signing_now: views.Signing) -> signatures.Opening:
    return await signatures.opening(
        bot.database,
        letter=signing_now.letter,
        actor=caller.actor,
        invitation=signing_now.invited,
    )


async def _submit(submission: Submission) -> Answer:
    """The form: what it showed is signed; an entry that it did not show is shown first."""
    view, caller = submission.view, submission.caller
    signing_now = views.UnderWay.of(view).signing
    chosen = view.values.choice("capacity")
    if chosen and chosen != signing_now.capacity:
        # Sent before the fields of the new choice had come: they come now.
        signing_now = _chosen(signing_now, chosen)
        opening = await _opening(submission.bot, caller, signing_now)
        typed = _typed(view, signing_now)
        if opening.invited is not None and not typed.organisation:
            typed = invited_facts(opening.invited, typed.name)
        return update(shown_form(caller, opening.letter, signing_now, typed))
    return await _decide(submission, signing_now, _typed(view, signing_now))


async def _approve(submission: Submission) -> Answer:
    """The entry alone: yes."""
    memory = views.Composed.of(submission.view)
    return await _decide(submission, memory.signing, memory.typed)


async def _decide(submission: Submission, signing_now: views.Signing, typed: Facts) -> Answer:
    view, caller = submission.view, submission.caller
    asked = view.values.block("sort") is not None
    sort_name = view.values.text("sort") if asked else signing_now.own_sort
    # An untouched suggestion follows the name; one that the signer wrote stays.
    own_sort = sort_name if sort_name != signing_now.sort_name else ""
    made = composed(caller, signing_now, typed, own_sort)
    if not isinstance(made, Signature):
        return field_errors(
            {
                view.values.block(one.field or "name") or "name": unmarked(sentence(caller.t, one))
                for one in made
            }
        )
    refusal = await _refuse_change(submission.bot, caller, signing_now, made)
    if refusal is not None:
        block = view.values.block(refusal.field or "name")
        if block is None:
            raise Refused(refusal)
        return field_errors({block: unmarked(sentence(caller.t, refusal))})
    if made.entry != signing_now.entry:
        asked = await met_before(submission, signing_now, made)
        if asked is not None:
            return asked
        opening = await _opening(submission.bot, caller, signing_now)
        return update(views.approval(caller.t, opening.letter, signing_now, made))
    try:
        return await keep(submission, signing_now, made)
    except Refused as refused:
        if refused.refusal.reason is Reason.GOES_LATE:
            # It was handed over since the form was opened: the entry once more, with the word of it.
            opening = await _opening(submission.bot, caller, signing_now)
            return update(views.approval(caller.t, opening.letter, signing_now, made))
        return await signed_meanwhile(submission, signing_now, made, refused)


async def _refuse_change(
    bot: Bot, caller: Caller, signing_now: views.Signing, made: Signature
) -> Refusal | None:
    """Return why a change cannot be kept, before its entry is shown for a yes."""
    if not signing_now.changes:
        return None
    return await own_signature.refuse_change(
        bot.database, endorsement=signing_now.changes, actor=caller.actor, signature=made
    )


async def _closed(bot: Bot, caller: Caller, view: OpenView) -> None:
    """Say that nothing was signed, where the form was opened."""
    if url := views.UnderWay.of(view).signing.url:
        await respond(bot.client, url, ONLY_THEM, caller.t("Nothing was signed."))


async def _more(click: Click) -> None:
    """Open the form for a further capacity of somebody who signed already."""
    caller = click.caller
    opening = await signatures.opening(
        click.bot.database, letter=int(click.value), actor=caller.actor, invitation=click.about
    )
    if opening.refusal is not None:
        raise Refused(opening.refusal)
    view = await invited_form(click, opening, from_home=_from_home(click.view))
    if view is None:
        view = await first_form(click, opening, from_home=_from_home(click.view))
    await click.update(view)


async def _change(click: Click) -> None:
    """The form again, filled with what was signed."""
    caller = click.caller
    letter, held = await withdrawals.held(
        click.bot.database, endorsement=click.value, actor=caller.actor
    )
    opening = await signatures.opening(click.bot.database, letter=letter.id, actor=caller.actor)
    rest = tuple(one for one in opening.held if one.id != held.id)
    offered = views.capacities(opening.letter, rest)
    if opening.refusal is not None:
        # It can be corrected, but not become somebody else's.
        offered = [one for one in offered if one.kind is held.kind]
    signing_now = views.Signing(
        letter=letter.id,
        text_sha256=opening.letter.text_sha256,
        language=opening.letter.language,
        offered=tuple(offered),
        capacity=held.signature.capacity,
        changes=held.id,
        read=revision(held.signature),
        from_home=_from_home(click.view),
    )
    await click.update(
        views.form(caller.t, opening.letter, signing_now, held.signature.facts, held.signature)
    )


async def _withdraw(click: Click) -> None:
    caller = click.caller
    await withdrawals.withdraw(
        click.bot.database,
        endorsement=click.value,
        actor=caller.actor,
        trigger=click.trigger,
        from_home=_from_home(click.view),
    )
    letter, signed = await withdrawals.own_at_all(
        click.bot.database, endorsement=click.value, actor=caller.actor
    )
    if click.view is None:
        await click.whisper(caller.t("Your signature is off the list."))
    else:
        await click.update(withdrawn(caller.t, letter, signed))


def _from_home(view: OpenView | None) -> bool:
    return view is not None and Begun.of(view).from_home


async def _mine(command: Command) -> Reply:
    caller = command.caller
    held = await own_signature.mine(command.bot.database, actor=caller.actor)
    return Reply(*views.my_signatures(caller.t, held))
