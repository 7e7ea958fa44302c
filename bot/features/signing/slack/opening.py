"""Opening the Sign form: empty, with saved details, or with an invited organisation."""

from dataclasses import replace
from functools import partial
from typing import Any

from slack_sdk.errors import SlackApiError

from bot.features.organisations.use_cases import matches
from bot.features.signing.slack import crowded
from bot.features.signing.slack import form as views
from bot.features.signing.slack.approvals import asked_blocks
from bot.features.signing.slack.form import Signing, composed
from bot.features.signing.slack.own_views import holdings, nothing_held
from bot.features.signing.use_cases import approvals, own_signature, signatures
from bot.features.signing.use_cases.signatures import Invitation, Opening
from bot.letters.endorsement import Capacity, Facts, Signature
from bot.letters.letter import Letter, Sight
from bot.letters.phases import Action
from bot.letters.refusals import Reason, Refused
from bot.slack.api_errors import said
from bot.slack.block_kit import View, actions, section
from bot.slack.entry_form import identification_note
from bot.slack.features import Features
from bot.slack.letter_picker import for_letter
from bot.slack.models.shapes import Begun, OfLetter, OpenView
from bot.slack.page_parts import done_view, turn
from bot.slack.payloads import Caller, Click, Command


def register(features: Features) -> None:
    """Register the handlers that open the form or show a person's signatures."""
    features.on_click("sign", _open)
    features.on_click("sign.mail", partial(_open, asks=True))
    features.on_command("sign", for_letter(Action.SIGN, _sign))
    features.on_click("sign.more", _more)
    features.on_click("sign.remember", _remember)
    features.on_click("sign.forget", _forget)
    features.on_click("holdings.page", _turn)


async def _open(click: Click, *, asks: bool = False) -> None:
    """Handle Sign on a card, in a reminder, on the Home tab or in a list (`letter:posting`)."""
    opening = await signatures.opening(
        click.database, letter=await click.letter_meant(), actor=click.actor, invitation=click.about
    )
    home, url = click.at_home, click.response_url
    view = await _first_view(click, opening, from_home=home, url=url, asks=asks)
    try:
        await click.show(view)
    except SlackApiError as error:
        if opening.held or not click.response_url or not said(error).crowded:
            raise
        await click.whisper(*crowded.offered(click.caller, opening))


async def _sign(command: Command, letter: Letter) -> None:
    opening = await signatures.opening(command.database, letter=letter.id, actor=command.actor)
    await command.open(await _first_view(command, opening, from_home=False))


async def _first_view(asked: Click | Command, opening: Opening, **how: Any) -> View:
    """Return the form, or the person's signatures on the letter if there are any.

    Raises:
        Refused: the person has signed nothing and cannot sign now.
    """
    refusal = opening.refusal
    if _is_for_invited(opening) or (refusal is None and not opening.held):
        return await _first_form(asked, opening, **how)
    if opening.held:
        return await _holdings(asked, opening, from_home=how["from_home"])
    if refusal is not None and refusal.reason is not Reason.IS_DELIVERED:
        raise Refused(refusal)
    return nothing_held(asked.t, opening.letter)


def _is_for_invited(opening: Opening) -> bool:
    offered = views.capacities(opening.letter, opening.held)
    may_sign = opening.refusal is None and Capacity.ORGANISATION in offered
    return opening.invited is not None and may_sign


async def _first_form(asked: Click | Command, opening: Opening, **how: Any) -> View:
    caller, letter, kept = asked.caller, opening.letter, opening.remembered
    offered = views.capacities(letter, opening.held)
    signing = Signing(
        letter=letter.id,
        text_sha256=letter.text_sha256,
        language=letter.language,
        offered=tuple(offered),
        capacity=offered[0],
        by_mail=asked.bot.asks_by_mail,
        hidden=letter.seen is not Sight.ALL,
        **how,
    )
    waiting: list[approvals.Approval] = []
    if signing.by_mail:
        person, body = asked.actor.person, opening.invited and opening.invited.organisation
        waiting = await approvals.waiting(asked.database, letter=letter.id, person=person)
        waiting = [one for one in waiting if body in {None, one.signature.facts.organisation}]
    if waiting and waiting[-1].signature.capacity in offered:
        given = waiting[-1].signature
        signing = replace(signing, capacity=given.capacity, asks=True)
        typed, sort_name = given.facts, given.sort_name
    elif opening.invited is not None and _is_for_invited(opening):
        signing = replace(signing, capacity=Capacity.ORGANISATION, invited=opening.invited.id)
        typed, sort_name = invited_facts(opening.invited, caller.name), ""
    elif kept is not None and kept.capacity in offered:
        signing = replace(signing, capacity=kept.capacity, remembered=True)
        # The note is worded in the letter's own language.
        note = identification_note(letter.language) if kept.facts.note else ""
        typed, sort_name = replace(kept.facts, note=note), kept.sort_name
    else:
        typed, sort_name = Facts(name=caller.name), ""
    made = composed(caller, signing, typed, sort_name)
    shown = made if isinstance(made, Signature) else None
    if shown is not None and shown.capacity is Capacity.ORGANISATION:
        # If a similar organisation is on the list, the signer is asked about it first.
        meant = await matches.meant(
            asked.database, letter=letter.id, actor=caller.actor, signature=shown
        )
        shown = None if meant.signed is not None or meant.alike else shown
    if shown is not None and (waiting or letter.rules.question is None):
        if signing.asks:
            view = views.approval(caller.t, letter, signing, shown)
            view["blocks"][1:1] = asked_blocks(caller.t, waiting[-1]) if waiting else []
            return view
        if signing.invited:
            return views.invited(caller.t, letter, signing, shown)
    return views.form(caller.t, letter, signing, typed, shown)


def invited_facts(invitation: Invitation, name: str) -> Facts:
    """Return the form's fields, filled in from an invitation."""
    body, country = invitation.organisation, invitation.country
    return Facts(name=name, organisation=body, country=country, authorised=True)


def shown_form(caller: Caller, letter: Letter, signing: Signing, typed: Facts) -> View:
    """Return the form with the typed fields; an individual's also shows the entry, if valid."""
    shown = None
    # The other capacities need more typing, so their form shows no entry to sign yet.
    if signing.capacity is Capacity.INDIVIDUAL:
        made = composed(caller, signing, typed)
        shown = made if isinstance(made, Signature) else None
    return views.form(caller.t, letter, signing, typed, shown)


async def _more(click: Click) -> None:
    opening = await signatures.opening(
        click.database, letter=int(click.value), actor=click.actor, invitation=click.about
    )
    if opening.refusal is not None:
        raise Refused(opening.refusal)
    await click.update(await _first_form(click, opening, from_home=begun_at_home(click.view)))


def begun_at_home(view: OpenView | None) -> bool:
    """Return whether a view was opened from the App Home, which is then updated as well."""
    return view is not None and Begun.of(view).from_home


async def _holdings(
    asked: Click | Command, opening: Opening, *, from_home: bool, page: int = 0
) -> View:
    database, letter = asked.database, opening.letter.id
    own = await own_signature.own_on(database, letter=letter, actor=asked.actor)
    waiting = await approvals.waiting(database, letter=letter, person=asked.actor.person)
    return holdings(
        asked.t,
        opening.letter,
        opening.held,
        opening.parties,
        refusal=opening.refusal,
        own=own,
        remembers=opening.remembered is not None,
        more=views.capacities(opening.letter, opening.held),
        from_home=from_home,
        waiting=waiting,
        page=page,
    )


async def _turn(click: Click) -> None:
    opening = await signatures.opening(
        click.database, letter=OfLetter.of(click.modal).letter, actor=click.actor
    )
    if not opening.held:
        raise Refused.because(Reason.NOT_SIGNED)
    at_home = begun_at_home(click.view)
    await turn(click, await _holdings(click, opening, from_home=at_home, page=int(click.value)))


async def _remember(click: Click) -> None:
    t = click.t
    await own_signature.remember(click.database, endorsement=click.value, actor=click.actor)
    said = t("We’ll fill in these details when you sign your next letter.")
    forget = actions(views.forget_button(t))
    if click.view is None:
        await click.whisper(said, [section(said), forget])
    else:
        view = done_view(t, said)
        await click.update(view | {"blocks": [*view["blocks"], forget]})


async def _forget(click: Click) -> None:
    await own_signature.forget(click.database, actor=click.actor)
    said = click.t("Your details are forgotten.")
    if click.view is None:
        await click.whisper(said)
    elif click.view.callback == "sign":
        # The form was filled with these details, so it is shown again empty.
        begun = views.UnderWay.of(click.view).signing
        opening = await signatures.opening(click.database, letter=begun.letter, actor=click.actor)
        await click.update(
            await _first_form(click, opening, from_home=begun.from_home, url=begun.url)
        )
    else:
        await click.update(done_view(click.t, said))
