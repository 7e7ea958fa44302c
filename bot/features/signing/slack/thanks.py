"""Saving of an approved signature, and the thanks to the signer."""

from dataclasses import replace
from typing import Any

from bot.features.signing.slack.form import Signing
from bot.features.signing.use_cases import own_signature, signatures
from bot.features.signing.use_cases.signatures import Invitation
from bot.letters.endorsement import Kind, Signature
from bot.letters.standing import ON_LIST
from bot.locales import Words
from bot.slack.block_kit import Blocks, View, actions, button, context, modal, section
from bot.slack.payloads import Answer, Submission, update
from bot.slack.text.escaping import escape, isolate
from bot.slack.words.rules import signer_standing


async def keep(
    submission: Submission, signing: Signing, made: Signature, *, confirms: bool = False
) -> Answer:
    """Save a new or changed signature and return the thanks.

    Raises:
        Refused: the signature cannot be added or changed now.
    """
    t = submission.caller.t
    request = signatures.SignRequest.of(
        signing,
        actor=submission.actor,
        signature=made,
        trigger=submission.trigger,
        confirms=confirms,
        may_be_organisation=not signing.asks_whose_name(made),
        shown=made.entry,
    )
    decide = own_signature.change if signing.changes else signatures.sign
    signed = await decide(submission.database, request)
    stands, waits, unsigned = "", False, None
    if made.capacity.kind is Kind.ORGANISATION or signing.changes or signed.doubted:
        found = await own_signature.entry(
            submission.database, endorsement=signed.endorsement, person=submission.actor.person
        )
        if found is not None:
            letter, _, party = found
            stands = signer_standing(t, letter, party)
            waits = bool(stands) and party.standing not in ON_LIST
            if signing.changes and party.entry != made.entry:
                stands = t(
                    "The entry on the list stays as it is until others agree to your change."
                )
            signed = replace(signed, entry=party.entry)
    if made.capacity.kind is Kind.PERSON and signing.invited:
        unsigned = await own_signature.unsigned_invitation(
            submission.database,
            letter=signing.letter,
            invitation=signing.invited,
            actor=submission.actor,
        )
    view = thanks(
        t,
        signed.entry,
        changed=bool(signing.changes),
        stands=stands,
        waits=waits,
        unsigned=unsigned,
        to_remember="" if signing.remembered or made.is_withheld else signed.endorsement,
    )
    return update(view)


def thanks(
    t: Words,
    entry: str,
    *,
    changed: bool,
    stands: str = "",
    waits: bool = False,
    unsigned: Invitation | None = None,
    to_remember: str = "",
) -> View:
    """Return the thanks, which replace the form.

    Args:
        t: The signer's words.
        entry: The entry on the letter's list.
        changed: Whether an earlier signature was changed.
        stands: The status of the signature, as plain text.
        waits: Whether the entry is not on the list yet.
        unsigned: The invitation of an organisation whose contact signed as an individual instead.
        to_remember: The id of the endorsement whose details can be saved; empty for none.
    """
    shown = escape(isolate(entry))
    first = t("Saved.") if changed else t("Thank you! You’ve signed.")
    blocks: Blocks = [
        section(f":white_check_mark: *{escape(first)}*"),
        section(
            t("You signed as\n*{entry}*", entry=shown)
            if waits
            else t("You’re listed as\n*{entry}*", entry=shown)
        ),
    ]
    if stands:
        blocks.append(section(escape(stands)))
    if unsigned is not None:
        more = button(t("Sign for it too"), f"sign.more:{unsigned.id}", str(unsigned.letter))
        blocks += [section(f":warning: {organisation_waits(t, unsigned)}"), actions(more)]
    if to_remember:
        blocks.append(actions(remember_button(t, to_remember)))
    blocks.append(context(t("You can change or withdraw your signature at any time.")))
    return modal(t("Signed"), blocks, close=t("Done"))


def remember_button(t: Words, endorsement: str) -> dict[str, Any]:
    """Return the button that saves a signature's details for the signer's next signature."""
    return button(t("Remember my details"), "sign.remember", endorsement)


def organisation_waits(t: Words, unsigned: Invitation) -> str:
    """Return the note that an organisation, whose contact signed, has not signed, as `mrkdwn`."""
    return t(
        "You signed as yourself. *{organisation}* hasn’t signed yet.",
        organisation=escape(isolate(unsigned.organisation)),
    )
