"""Signing for an organisation that is on the list already, or has a similar name.

Before the entry is shown for approval, the signer is asked which organisation they mean. If it
signed already, they can confirm its signature or object to it.
"""

from dataclasses import replace

from bot.features.organisations.use_cases import matches, standing
from bot.features.signing.slack import delegate_views
from bot.features.signing.slack.form import Composed, Signing, approval, composed
from bot.features.signing.slack.thanks import keep
from bot.features.signing.use_cases import own_signature, signatures
from bot.letters.endorsement import Facts, Kind, Signature
from bot.letters.letter import Letter
from bot.letters.phases import Action
from bot.letters.refusals import Reason, Refused
from bot.letters.standing import Standing
from bot.slack.block_kit import View
from bot.slack.features import Features
from bot.slack.page_parts import or_as_now
from bot.slack.payloads import Answer, Caller, Click, Command, Reply, Submission, update
from bot.slack.which_signatory import for_named


def register(features: Features) -> None:
    """Register the second signature for an organisation, and objections."""
    features.on_click("sign.mean", _mean)
    features.on_click("sign.another", _another)
    features.on_submit("sign.confirm", _confirm)
    features.on_click("objection", _object)
    features.on_click("object.this", _object_to_this)
    features.on_submit("objection", or_as_now(_objection, _objection_now))
    # It works in every phase, also after closing.
    features.on_command("object", for_named(Action.OBJECT, _object_named, "object.this", _unnamed))


async def met_before(submission: Submission, signing: Signing, made: Signature) -> Answer | None:
    """Return a view that asks which organisation the signer means; None if that is clear."""
    if made.capacity.kind is Kind.PERSON:
        doubted = signing.asks_whose_name(made) and await own_signature.reads_like_body(
            submission.database, letter=signing.letter, signature=made
        )
        return await _whose_name(submission, signing, made) if doubted else None
    meant = await matches.meant(
        submission.database, letter=signing.letter, actor=submission.actor, signature=made
    )
    if meant.signed is not None:
        return update(_signed_already(submission.caller, signing, made.facts, meant.signed))
    if not meant.alike or signing.another == made.key:
        return None
    opening = await signatures.opening(
        submission.database, letter=signing.letter, actor=submission.actor
    )
    return update(
        delegate_views.did_you_mean(submission.t, opening.letter, signing, made, meant.alike)
    )


async def _whose_name(submission: Submission, signing: Signing, made: Signature) -> Answer:
    opening = await signatures.opening(
        submission.database, letter=signing.letter, actor=submission.actor
    )
    return update(delegate_views.reads_like_body(submission.t, opening.letter, signing, made))


async def answer_refused(
    submission: Submission, signing: Signing, made: Signature, refused: Refused
) -> Answer:
    """Return the question that a refused signature leads to.

    If another person signed for the organisation first, it can be confirmed or objected to. If the
    signer's own name reads like an organisation, they are asked whether they sign for it.

    Raises:
        Refused: the signature was refused for another reason; this is `refused` itself.
    """
    refusal = refused.refusal
    if refusal.reason is Reason.READS_LIKE_ORGANISATION:
        return await _whose_name(submission, signing, made)
    if refusal.reason is not Reason.ORGANISATION_SIGNED:
        raise refused
    signed = await matches.signed_for(
        submission.database, signatory=str(refusal.facts["signatory"]), actor=submission.actor
    )
    return update(_signed_already(submission.caller, signing, made.facts, signed))


def _signed_already(
    caller: Caller, signing: Signing, typed: Facts, signed: matches.SignedFor
) -> View:
    made = _joining(caller, signing, typed, signed)
    return delegate_views.signed_already(caller.t, signing, typed, made, signed)


def _joining(
    caller: Caller, signing: Signing, typed: Facts, signed: matches.SignedFor
) -> Signature:
    given = signed.speaker.signature
    there = given.facts
    shared = {one: getattr(there, one) for one in ("organisation", "country", "via", "web")}
    facts = replace(typed, **shared)
    return made_of(caller, signing, facts, given.sort_name)


def made_of(caller: Caller, signing: Signing, typed: Facts, sort_name: str = "") -> Signature:
    """Return the signature made from the typed fields, or refuse them."""
    made = composed(caller, signing, typed, sort_name)
    if not isinstance(made, Signature):
        raise Refused(made[0])
    return made


async def _standing(asked: Click | Submission, signatory: str) -> matches.SignedFor | None:
    try:
        return await matches.signed_for(asked.database, signatory=signatory, actor=asked.actor)
    except Refused as refused:
        if refused.refusal.reason is not Reason.SIGNATURE_GONE:
            raise
        return None


async def _own_entry(asked: Click | Submission, memory: Composed, *, gone: bool = False) -> View:
    """Return the signer's own entry to approve; `gone`: the signature they chose was withdrawn."""
    signing = memory.signing
    made = made_of(asked.caller, signing, memory.typed, memory.sort)
    opening = await signatures.opening(asked.database, letter=signing.letter, actor=asked.actor)
    happened = asked.t(
        "That signature was withdrawn in the meantime. You can sign for the organisation yourself."
    )
    return approval(
        asked.t,
        opening.letter,
        replace(signing, another=made.key),
        made,
        happened=happened if gone else "",
    )


async def _mean(click: Click) -> None:
    memory = Composed.of(click.modal)
    signed = await _standing(click, click.value)
    if signed is None:
        await click.update(await _own_entry(click, memory, gone=True))
    else:
        await click.update(_signed_already(click.caller, memory.signing, memory.typed, signed))


async def _another(click: Click) -> None:
    await click.update(await _own_entry(click, Composed.of(click.modal)))


async def _confirm(submission: Submission) -> Answer:
    memory = Composed.of(submission.view)
    signed = await _standing(submission, memory.signatory)
    if signed is None:
        return update(await _own_entry(submission, memory, gone=True))
    made = _joining(submission.caller, memory.signing, memory.typed, signed)
    if made.entry != memory.signing.entry:
        # The entry changed while the signer was reading it.
        return update(_signed_already(submission.caller, memory.signing, memory.typed, signed))
    if memory.signing.asks:
        return update(approval(submission.t, signed.letter, memory.signing, made))
    try:
        return await keep(submission, memory.signing, made, confirms=True)
    except Refused as refused:
        return await answer_refused(submission, memory.signing, made, refused)


async def _object(click: Click) -> None:
    memory = Composed.of(click.modal)
    signed = await matches.signed_for(click.database, signatory=click.value, actor=click.actor)
    typed = memory.typed
    await click.update(
        delegate_views.objection(
            click.t, signed, memory.signing.entry, name=typed.name, role=typed.role
        )
    )


async def _unnamed(command: Command, letter: Letter) -> Reply:
    return Reply(
        command.t(
            "Which organisation? Type its name as it appears on the list: `/letter object "
            "#{number} NAME`",
            number=letter.id,
        )
    )


async def _object_named(command: Command, letter: Letter, name: str) -> View:
    signed = await matches.named(command.database, letter=letter.id, actor=command.actor, name=name)
    return _objecting(command, signed)


async def _object_to_this(click: Click) -> None:
    signatory, _, _ = click.value.partition(":")
    signed = await matches.signed_for(click.database, signatory=signatory, actor=click.actor)
    await click.update(_objecting(click, signed))


def _objecting(asked: Click | Command | Submission, signed: matches.SignedFor) -> View:
    name = asked.caller.name
    return delegate_views.objection(asked.t, signed, signed.party.entry, name=name)


async def _objection_now(submission: Submission) -> View:
    signed = await matches.signed_for(
        submission.database,
        signatory=delegate_views.Objected.of(submission.view).signatory,
        actor=submission.actor,
    )
    return _objecting(submission, signed)


async def _objection(submission: Submission) -> Answer:
    view = submission.view
    objected = delegate_views.Objected.of(view)
    party = await standing.object_to(
        submission.database,
        signatory=objected.signatory,
        actor=submission.actor,
        name=view.values.text("name"),
        role=view.values.text("role"),
        reason=view.values.text("reason"),
        read=objected.read,
        trigger=submission.trigger,
    )
    is_off = party.standing is Standing.DISPUTED
    return update(delegate_views.objected(submission.t, objected.entry, is_off=is_off))
