"""A signature that somebody said yes to: composed, kept, and thanked for."""

from collections.abc import Sequence
from dataclasses import replace

from bot.features.signing.slack import form as views
from bot.features.signing.use_cases import own_signature, signatures
from bot.letters.endorsement import Facts, Kind, Signature
from bot.letters.refusals import Refusal
from bot.letters.signature import compose
from bot.slack.payloads import Answer, Caller, Submission, update
from bot.slack.words.standing import signer_standing


def composed(
    caller: Caller, signing_now: views.Signing, typed: Facts, sort_name: str = ""
) -> Signature | tuple[Refusal, ...]:
    """Return the signature that what was typed makes, or all that is wrong with it."""
    return compose(
        caller.actor.person,
        signing_now.capacity,
        typed,
        sort_name=sort_name,
        language=signing_now.language,
        text_sha256=signing_now.text_sha256,
        consent=views.agreed_words(caller.t, signing_now),
        locale=str(caller.t.locale),
    )


async def keep(
    submission: Submission, signing_now: views.Signing, made: Signature, *, confirms: bool = False
) -> Answer:
    """Keep a signature, new or changed, and return the thanks.

    Raises:
        Refused: it cannot be signed like that now.
    """
    actor, database = submission.caller.actor, submission.bot.database
    request = signatures.SignRequest.of(
        signing_now, actor=actor, signature=made, trigger=submission.trigger, confirms=confirms
    )
    decide = own_signature.change if request.changes else signatures.sign
    signed = await decide(database, request)
    stands: Sequence[str] = ()
    if made.capacity.kind is Kind.ORGANISATION:
        found = await own_signature.entry(
            database, endorsement=signed.endorsement, person=actor.person
        )
        if found is not None:
            letter, _, party = found
            stands = (signer_standing(submission.caller.t, letter, party),)
            signed = replace(signed, entry=party.entry)
    unsigned = None
    if signing_now.invited and made.capacity.kind is Kind.PERSON:
        unsigned = await signatures.unsigned_invitation(
            database, letter=signing_now.letter, invitation=signing_now.invited, actor=actor
        )
    first = views.thanks(
        submission.caller.t,
        signed.entry,
        changed=bool(signing_now.changes),
        confirmed=confirms,
        stands=stands,
        unsigned=unsigned,
        to_remember="" if signing_now.remembered else signed.endorsement,
    )
    return update(first)
