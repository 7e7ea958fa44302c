"""Signing for an organisation that signed already, or that looks like one.

Before the entry is shown for a yes it is asked whether they mean an organisation of the list: the
same, to confirm or to contest; or one with a name like it.
"""

from dataclasses import replace

from bot.features.organisations.use_cases import matches, standing
from bot.features.signing.slack import delegate_views
from bot.features.signing.slack.form import Composed, Signing, approval
from bot.features.signing.slack.submission import composed, keep
from bot.features.signing.use_cases import signatures
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


async def met_before(
    submission: Submission, signing_now: Signing, made: Signature
) -> Answer | None:
    """The question that stands before the entry: which organisation is meant; None where none does."""
    if made.capacity.kind is not Kind.ORGANISATION:
        return None
    caller, database = submission.caller, submission.bot.database
    meant = await _meant(submission, signing_now, made)
    if meant.signed is not None:
        return update(_signed_already(caller, signing_now, made.facts, meant.signed))
    if not meant.alike or signing_now.another == made.key:
        return None
    opening = await signatures.opening(database, letter=signing_now.letter, actor=caller.actor)
    return update(
        delegate_views.did_you_mean(caller.t, opening.letter, signing_now, made, meant.alike)
    )


async def nothing_alike(asked: Click | Command, signing_now: Signing, made: Signature) -> bool:
    """Return whether an organisation is new to the list, so that its entry needs no question."""
    meant = await _meant(asked, signing_now, made)
    return meant.signed is None and not meant.alike


async def _meant(
    asked: Click | Command | Submission, signing_now: Signing, made: Signature
) -> matches.Meant:
    return await matches.meant(
        asked.bot.database, letter=signing_now.letter, actor=asked.caller.actor, signature=made
    )


async def signed_meanwhile(
    submission: Submission, signing_now: Signing, made: Signature, refused: Refused
) -> Answer:
    """Answer a refusal; where somebody else signed first, with the question of `met_before`.

    Raises:
        Refused: it was refused for something else.
    """
    refusal = refused.refusal
    if refusal.reason is not Reason.ORGANISATION_SIGNED:
        raise refused
    signed = await matches.signed_for(
        submission.bot.database,
        signatory=str(refusal.facts["signatory"]),
        actor=submission.caller.actor,
    )
    return update(_signed_already(submission.caller, signing_now, made.facts, signed))


def _signed_already(
    caller: Caller, signing_now: Signing, typed: Facts, signed: matches.SignedFor
) -> View:
    made = _joining(caller, signing_now, typed, signed)
    return delegate_views.signed_already(caller.t, signing_now, typed, made, signed)


def _joining(
    caller: Caller, signing_now: Signing, typed: Facts, signed: matches.SignedFor
) -> Signature:
    """Their signature under the entry that stands already, where they may see that; else their own.

    Raises:
        Refused: it cannot be made.
    """
    facts, sort_name = typed, ""
    if signed.speaker is not None:
        given = signed.speaker.signature
        there = given.facts
        facts = replace(
            typed, organisation=there.organisation, country=there.country, via=there.via
        )
        sort_name = given.sort_name
    made = composed(caller, signing_now, facts, sort_name)
    if not isinstance(made, Signature):
        raise Refused(made[0])
    return made


async def _mean(click: Click) -> None:
    """Yes, that one: it signed already."""
    memory, caller = Composed.of(click.modal), click.caller
    signing_now, typed = memory.signing, memory.typed
    signed = await _standing(click, click.value)
    if signed is None:
        view = await _own_entry(
            click, signing_now, typed, memory.sort, happened=_gone_words(caller)
        )
    else:
        view = _signed_already(caller, signing_now, typed, signed)
    await click.update(view)


async def _standing(asked: Click | Submission, signatory: str) -> matches.SignedFor | None:
    """Return an organisation's endorsement, or None where it was withdrawn.

    Raises:
        Refused: it cannot be confirmed for another reason.
    """
    try:
        return await matches.signed_for(
            asked.bot.database, signatory=signatory, actor=asked.caller.actor
        )
    except Refused as refused:
        if refused.refusal.reason is not Reason.SIGNATURE_GONE:
            raise
        return None


def _gone_words(caller: Caller) -> str:
    return caller.t(
        "That signature was withdrawn in the meantime. You can sign for the organisation yourself."
    )


async def _own_entry(
    asked: Click | Submission,
    signing_now: Signing,
    typed: Facts,
    sort_name: str = "",
    *,
    happened: str = "",
) -> View:
    """Their own entry, for a yes.

    Raises:
        Refused: it cannot be made.
    """
    made = composed(asked.caller, signing_now, typed, sort_name)
    if not isinstance(made, Signature):
        raise Refused(made[0])
    opening = await signatures.opening(
        asked.bot.database, letter=signing_now.letter, actor=asked.caller.actor
    )
    asked_already = replace(signing_now, another=made.key)
    return approval(asked.caller.t, opening.letter, asked_already, made, happened=happened)


async def _another(click: Click) -> None:
    """No, it is another one: the entry, for a yes."""
    memory = Composed.of(click.modal)
    await click.update(await _own_entry(click, memory.signing, memory.typed, memory.sort))


async def _confirm(submission: Submission) -> Answer:
    """Yes, I confirm it: signed under the entry that was shown."""
    memory, caller = Composed.of(submission.view), submission.caller
    signing_now, typed = memory.signing, memory.typed
    signed = await _standing(submission, memory.signatory)
    if signed is None:
        return update(
            await _own_entry(submission, signing_now, typed, happened=_gone_words(caller))
        )
    made = _joining(caller, signing_now, typed, signed)
    if made.entry != signing_now.entry:
        # It changed while they looked at it.
        return update(delegate_views.signed_already(caller.t, signing_now, typed, made, signed))
    return await keep(submission, signing_now, made, confirms=True)


async def _object(click: Click) -> None:
    """The form of an objection, from the view of what was signed already."""
    memory, caller = Composed.of(click.modal), click.caller
    signed = await matches.signed_for(click.bot.database, signatory=click.value, actor=caller.actor)
    typed = memory.typed
    view = delegate_views.objection(
        caller.t, signed, memory.signing.entry, name=typed.name, role=typed.role
    )
    await click.update(view)


async def _object_command(command: Command) -> Reply | None:
    """`/letter object #7 NAME`: at any time, also when nobody can sign any more."""
    reference, name = parted(command.rest)
    t = command.caller.t
    letter = await choose(command, Action.OBJECT, reference=reference, words=name)
    if isinstance(letter, Reply):
        return letter
    if not name:
        return Reply(
            t(
                "Which organisation? Type its name as it appears on the list: `/letter object "
                "#{number} NAME`",
                number=letter.id,
            )
        )
    try:
        signed = await matches.named(
            command.bot.database, letter=letter.id, actor=command.caller.actor, name=as_typed(name)
        )
    except Refused as refused:
        several = which(t, letter.id, refused.refusal, "object.this")
        if several is None:
            raise
        await command.open(several)
        return None
    view = delegate_views.objection(t, signed, signed.party.entry, name=command.caller.name)
    await command.open(view)
    return None


async def _object_to_this(click: Click) -> None:
    """One of several that the name fits."""
    signatory, _, _ = click.value.partition(":")
    caller = click.caller
    signed = await matches.signed_for(click.bot.database, signatory=signatory, actor=caller.actor)
    view = delegate_views.objection(caller.t, signed, signed.party.entry, name=caller.name)
    await click.update(view)


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
        trigger=submission.trigger,
    )
    return update(delegate_views.objected(caller.t, objected.entry))
