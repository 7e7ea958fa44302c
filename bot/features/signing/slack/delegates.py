"""Signing for an organisation that is on the list already, or has a similar name.

Before the entry is shown for approval, the signer is asked which organisation they mean. If it
signed already, they can confirm its signature or object to it.
"""

from dataclasses import replace

from bot.features.organisations.use_cases import matches, standing
from bot.features.signing.slack import delegate_views
from bot.features.signing.slack.form import Composed, Signing, approval, composed
from bot.features.signing.slack.thanks import keep
from bot.features.signing.use_cases import doubts, signatures
from bot.letters.endorsement import Facts, Kind, Signature
from bot.letters.phases import Action
from bot.letters.refusals import Reason, Refused
from bot.slack.block_kit import View
from bot.slack.features import Features
from bot.slack.letter_picker import as_typed, choose, parted
from bot.slack.payloads import Answer, Caller, Click, Command, Reply, Submission, update
from bot.slack.which_signatory import which


def register(features: Features) -> None:
    """Register the second signature for an organisation, and objections."""
    features.on_click("sign.mean", _mean)
    features.on_click("sign.another", _another)
    features.on_submit("sign.confirm", _confirm)
    features.on_click("objection", _object)
    features.on_click("object.this", _object_to_this)
    features.on_submit("objection", _objection)
    features.on_command("object", _object_command)


async def met_before(submission: Submission, signing: Signing, made: Signature) -> Answer | None:
    """Return a view that asks which organisation the signer means; None if that is clear."""
    caller, database = submission.caller, submission.bot.database
    if made.capacity.kind is Kind.PERSON:
        doubted = signing.asks_whose_name(made) and await doubts.reads_like_body(
            database, letter=signing.letter, signature=made
        )
        return await _whose_name(submission, signing, made) if doubted else None
    meant = await matches.meant(database, letter=signing.letter, actor=caller.actor, signature=made)
    if meant.signed is not None:
        return update(_signed_already(caller, signing, made.facts, meant.signed))
    if not meant.alike or signing.another == made.key:
        return None
    opening = await signatures.opening(database, letter=signing.letter, actor=caller.actor)
    return update(delegate_views.did_you_mean(caller.t, opening.letter, signing, made, meant.alike))


async def _whose_name(submission: Submission, signing: Signing, made: Signature) -> Answer:
    caller = submission.caller
    opening = await signatures.opening(
        submission.bot.database, letter=signing.letter, actor=caller.actor
    )
    return update(delegate_views.reads_like_body(caller.t, opening.letter, signing, made))


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
        submission.bot.database,
        signatory=str(refusal.facts["signatory"]),
        actor=submission.caller.actor,
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
    """Return the signature with the organisation's current entry, or the typed one if hidden."""
    if signed.speaker is None:
        return _made(caller, signing, typed)
    given = signed.speaker.signature
    there = given.facts
    facts = replace(typed, organisation=there.organisation, country=there.country, via=there.via)
    return _made(caller, signing, facts, given.sort_name)


def _made(caller: Caller, signing: Signing, typed: Facts, sort_name: str = "") -> Signature:
    made = composed(caller, signing, typed, sort_name)
    if not isinstance(made, Signature):
        raise Refused(made[0])
    return made


async def _standing(asked: Click | Submission, signatory: str) -> matches.SignedFor | None:
    try:
        return await matches.signed_for(
            asked.bot.database, signatory=signatory, actor=asked.caller.actor
        )
    except Refused as refused:
        if refused.refusal.reason is not Reason.SIGNATURE_GONE:
            raise
        return None


async def _own_entry(asked: Click | Submission, memory: Composed, *, gone: bool = False) -> View:
    """Return the signer's own entry to approve; `gone`: the signature they chose was withdrawn."""
    caller, signing = asked.caller, memory.signing
    made = _made(caller, signing, memory.typed, memory.sort)
    opening = await signatures.opening(
        asked.bot.database, letter=signing.letter, actor=caller.actor
    )
    happened = caller.t(
        "That signature was withdrawn in the meantime. You can sign for the organisation yourself."
    )
    return approval(
        caller.t,
        opening.letter,
        replace(signing, another=made.key),
        made,
        happened=happened if gone else "",
    )


async def _mean(click: Click) -> None:
    """Show the organisation that the signer chose from those with similar names."""
    memory = Composed.of(click.modal)
    signed = await _standing(click, click.value)
    if signed is None:
        await click.update(await _own_entry(click, memory, gone=True))
    else:
        await click.update(_signed_already(click.caller, memory.signing, memory.typed, signed))


async def _another(click: Click) -> None:
    await click.update(await _own_entry(click, Composed.of(click.modal)))


async def _confirm(submission: Submission) -> Answer:
    """Add the second signature, with the entry that was shown."""
    memory, caller = Composed.of(submission.view), submission.caller
    signed = await _standing(submission, memory.signatory)
    if signed is None:
        return update(await _own_entry(submission, memory, gone=True))
    made = _joining(caller, memory.signing, memory.typed, signed)
    if made.entry != memory.signing.entry:
        # The entry changed while the signer was reading it.
        return update(_signed_already(caller, memory.signing, memory.typed, signed))
    try:
        return await keep(submission, memory.signing, made, confirms=True)
    except Refused as refused:
        return await answer_refused(submission, memory.signing, made, refused)


async def _object(click: Click) -> None:
    memory, caller = Composed.of(click.modal), click.caller
    signed = await matches.signed_for(click.bot.database, signatory=click.value, actor=caller.actor)
    typed = memory.typed
    await click.update(
        delegate_views.objection(
            caller.t, signed, memory.signing.entry, name=typed.name, role=typed.role
        )
    )


async def _object_command(command: Command) -> Reply | None:
    """Handle `/letter object #7 NAME`, which works in every phase, also after closing."""
    reference, name = parted(command.rest)
    caller, database = command.caller, command.bot.database
    letter = await choose(command, Action.OBJECT, reference=reference, words=name)
    if isinstance(letter, Reply):
        return letter
    if not name:
        return Reply(
            caller.t(
                "Which organisation? Type its name as it appears on the list: `/letter object "
                "#{number} NAME`",
                number=letter.id,
            )
        )
    try:
        signed = await matches.named(
            database, letter=letter.id, actor=caller.actor, name=as_typed(name)
        )
        view = delegate_views.objection(caller.t, signed, signed.party.entry, name=caller.name)
    except Refused as refused:
        several = which(caller.t, letter.id, refused.refusal, "object.this")
        if several is None:
            raise
        view = several
    await command.open(view)
    return None


async def _object_to_this(click: Click) -> None:
    """Object to the organisation chosen from several that match the typed name."""
    signatory, _, _ = click.value.partition(":")
    caller = click.caller
    signed = await matches.signed_for(click.bot.database, signatory=signatory, actor=caller.actor)
    await click.update(
        delegate_views.objection(caller.t, signed, signed.party.entry, name=caller.name)
    )


async def _objection(submission: Submission) -> Answer:
    view, caller = submission.view, submission.caller
    objected = delegate_views.Objected.of(view)
    await standing.object_to(
        submission.bot.database,
        signatory=objected.signatory,
        actor=caller.actor,
        name=view.values.text("name"),
        role=view.values.text("role"),
        reason=view.values.text("reason"),
        read=objected.read,
        trigger=submission.trigger,
    )
    return update(delegate_views.objected(caller.t, objected.entry))
