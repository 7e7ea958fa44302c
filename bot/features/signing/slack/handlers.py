"""Handlers that submit the Sign form, and change or withdraw a signature."""

from dataclasses import replace

from bot.features.signing.slack import form as views
from bot.features.signing.slack.approvals import ask
from bot.features.signing.slack.delegates import answer_refused, made_of, met_before
from bot.features.signing.slack.form import Signing, composed
from bot.features.signing.slack.opening import begun_at_home, invited_facts, shown_form
from bot.features.signing.slack.own_views import my_signatures, name_words, withdrawn
from bot.features.signing.slack.thanks import keep, thanks
from bot.features.signing.use_cases import own_signature, signatures
from bot.features.withdrawals import use_cases as withdrawals
from bot.letters.endorsement import Capacity, Facts, Signature
from bot.letters.entries import compose, with_name
from bot.letters.ids import revision
from bot.letters.letter import Sight
from bot.letters.refusals import Reason, Refusal, Refused, raise_for, required
from bot.slack.block_kit import View
from bot.slack.bot import Bot
from bot.slack.entry_form import typed_facts
from bot.slack.features import Features
from bot.slack.models.shapes import OpenView
from bot.slack.payloads import (
    Answer,
    Caller,
    Click,
    Command,
    Reply,
    Submission,
    field_errors,
    update,
    whisper,
)
from bot.slack.refusal_words import sentence, unmarked
from bot.slack.words.rules import signer_standing


def register(features: Features) -> None:
    """Register the handlers of the form, and those of one's own signatures."""
    features.on_click("sign.capacity", _choose_capacity)
    features.on_click("sign.again", _again)
    features.on_click("sign.ask", _ask)
    features.on_click("sign.instead", _instead)
    features.on_click("sign.sort", _look)
    features.on_submit("sign", _submit)
    features.on_submit("sign.approve", _approve)
    features.on_close("sign", _closed)
    features.on_close("sign.approve", _closed)
    features.on_click("sign.change", _change)
    features.on_click("sign.withdraw", _withdraw)
    features.on_click("sign.name", _show_name)
    for word in ("mine", "withdraw"):
        features.on_command(word, _mine)


def _typed(view: OpenView, signing: Signing) -> Facts:
    """Return the typed fields; the signer is authorised by a tick or by the consent."""
    typed = typed_facts(view.values, signing.language)
    return replace(typed, authorised=True) if signing.agrees_to_authority else typed


async def _opening(asked: Click | Submission, signing: Signing) -> signatures.Opening:
    return await signatures.opening(
        asked.database, letter=signing.letter, actor=asked.actor, invitation=signing.invited
    )


async def _choose_capacity(click: Click) -> None:
    await click.update(await _in_capacity(click, click.modal, click.value))


async def _in_capacity(asked: Click | Submission, view: OpenView, capacity: str) -> View:
    # Saved details belong to the first capacity.
    begun = views.UnderWay.of(view).signing
    if capacity not in begun.offered:
        shown = capacity == Capacity.WITHHELD
        raise Refused.because(Reason.NAMES_ARE_SHOWN if shown else Reason.EMPTY, "capacity")
    signing = replace(begun, capacity=Capacity(capacity), remembered=False, asks=False)
    opening, typed = await _opening(asked, signing), _typed(view, signing)
    if not typed.name:
        typed = replace(typed, name=asked.caller.name)
    if opening.invited is not None and not typed.organisation:
        typed = invited_facts(opening.invited, typed.name)
    return shown_form(asked.caller, opening.letter, signing, typed)


async def _again(click: Click) -> None:
    memory = views.Composed.of(click.modal)
    # Only an organisation's form asks whether its signer needs an approval.
    asks = memory.signing.asks and memory.signing.capacity is Capacity.ORGANISATION
    signing = replace(memory.signing, asks=asks)
    opening = await _opening(click, signing)
    await click.update(shown_form(click.caller, opening.letter, signing, memory.typed))


async def _ask(click: Click) -> None:
    memory = views.Composed.of(click.modal)
    signing = replace(memory.signing, asks=True)
    made = made_of(click.caller, signing, memory.typed, signing.own_sort)
    await click.update(await _approval(click, signing, made))


async def _instead(click: Click) -> None:
    memory = views.Composed.of(click.modal)
    signing = replace(memory.signing, capacity=Capacity.ORGANISATION, remembered=False, entry="")
    opening = await _opening(click, signing)
    typed = Facts(name=click.caller.name, organisation=memory.typed.name)
    await click.update(shown_form(click.caller, opening.letter, signing, typed))


async def _look(click: Click) -> None:
    signing = views.UnderWay.of(click.modal).signing
    made = made_of(click.caller, signing, _typed(click.modal, signing), signing.own_sort)
    raise_for(await _refuse_change(click, signing, made))
    await click.update(await _approval(click, signing, made))


async def _approval(asked: Click | Submission, signing: Signing, made: Signature) -> View:
    opening = await _opening(asked, signing)
    return views.approval(asked.t, opening.letter, signing, made)


async def _submit(submission: Submission) -> Answer:
    view = submission.view
    signing = views.UnderWay.of(view).signing
    chosen = view.values.choice("capacity")
    if chosen and chosen != signing.capacity:
        # The form was sent before it had the fields of the new capacity, so show them now.
        return update(await _in_capacity(submission, view, chosen))
    if view.values.block("authorised"):
        signing = replace(signing, asks=view.values.choice("authorised") == "asks")
    return await _decide(submission, signing, _typed(view, signing))


async def _approve(submission: Submission) -> Answer:
    memory = views.Composed.of(submission.view)
    return await _decide(submission, memory.signing, memory.typed)


async def _decide(submission: Submission, signing: Signing, typed: Facts) -> Answer:
    values = submission.view.values
    sort_name = signing.own_sort if values.block("sort") is None else values.text("sort")
    # A suggested sort name that was left alone follows the name; the signer's own stays.
    own_sort = sort_name if sort_name != signing.sort_name else ""
    made = composed(submission.caller, signing, typed, own_sort)
    if not isinstance(made, Signature):
        return field_errors(
            {
                values.block(one.field or "name") or "name": unmarked(sentence(submission.t, one))
                for one in made
            }
        )
    raise_for(await _refuse_change(submission, signing, made))
    if made.entry != signing.entry:
        question = await met_before(submission, signing, made)
        return question or update(await _approval(submission, signing, made))
    if values.block("address"):
        return await ask(submission, signing, made, values.text("address").strip())
    try:
        return await keep(submission, signing, made)
    except Refused as refused:
        if refused.refusal.reason in {Reason.GOES_LATE, Reason.GOES_ON_THE_WEB}:
            # The letter was delivered or got a page since the form was opened, so the entry is
            # shown again with a note.
            return update(await _approval(submission, signing, made))
        return await answer_refused(submission, signing, made, refused)


async def _refuse_change(
    asked: Click | Submission, signing: Signing, made: Signature
) -> Refusal | None:
    if not signing.changes:
        return None
    return await own_signature.refuse_change(
        asked.database, endorsement=signing.changes, actor=asked.actor, signature=made
    )


async def _closed(bot: Bot, caller: Caller, view: OpenView) -> None:
    if url := views.UnderWay.of(view).signing.url:
        await whisper(bot.client, url, caller.t("Nothing was signed."))


async def _change(click: Click) -> None:
    letter, held = await withdrawals.held(
        click.database, endorsement=click.value, actor=click.actor
    )
    opening = await signatures.opening(click.database, letter=letter.id, actor=click.actor)
    rest = tuple(one for one in opening.held if one.id != held.id)
    offered = views.capacities(opening.letter, rest)
    if opening.refusal is not None:
        # The signature can be corrected, but not moved between person and organisation.
        offered = [one for one in offered if one.kind is held.kind]
    given = held.signature
    if given.capacity not in offered:
        # The letter no longer lets others withhold their names.
        offered.append(given.capacity)
    signing = Signing(
        letter=letter.id,
        text_sha256=opening.letter.text_sha256,
        language=opening.letter.language,
        offered=tuple(offered),
        capacity=given.capacity,
        changes=held.id,
        read=revision(given),
        hidden=opening.letter.seen is not Sight.ALL,
        from_home=begun_at_home(click.view),
    )
    await click.update(views.form(click.t, opening.letter, signing, given.facts, given))


async def _show_name(click: Click) -> None:
    letter, held = await withdrawals.held(
        click.database, endorsement=click.value, actor=click.actor
    )
    capacity, facts = with_name(held.signature.facts)
    made = compose(
        click.actor.person, capacity, facts, sort_name="", language=letter.language,
        text_sha256=letter.text_sha256, consent=name_words(click.t, held),
        locale=str(click.t.locale),
    )  # fmt: skip
    if not isinstance(made, Signature):
        raise Refused(made[0])
    request = signatures.SignRequest(
        letter=letter.id, changes=held.id, read=revision(held.signature), actor=click.actor,
        signature=made, trigger=click.trigger, from_home=begun_at_home(click.view),
    )  # fmt: skip
    await own_signature.change(click.database, request)
    found = await own_signature.entry(
        click.database, endorsement=held.id, person=click.actor.person
    )
    letter, _, party = required(found, Reason.NOT_SIGNED)
    stands = signer_standing(click.t, letter, party)
    await click.update(thanks(click.t, made.entry, changed=True, stands=stands, waits=bool(stands)))


async def _withdraw(click: Click) -> None:
    letter, signed = await withdrawals.withdraw(
        click.database,
        endorsement=click.value,
        actor=click.actor,
        trigger=click.trigger,
        from_home=begun_at_home(click.view),
    )
    if click.view is None:
        await click.whisper(click.t("Your signature is off the list."))
    else:
        await click.update(withdrawn(click.t, letter, signed))


async def _mine(command: Command) -> Reply:
    held = await own_signature.mine(command.database, actor=command.actor)
    return Reply(*my_signatures(command.t, held))
