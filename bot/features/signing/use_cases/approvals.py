"""Approvals by mail: a signature waits until somebody without an account says yes."""

from collections.abc import Mapping
from dataclasses import asdict
from datetime import datetime
from typing import Any

from bot.features.invitations.use_cases.signed import end_questions, mark_own
from bot.features.signing.use_cases.codes import Caller, owe, refuse_domain
from bot.features.signing.use_cases.signatures import (
    SignRequest,
    held_now,
    sign_all,
)
from bot.letters import notices
from bot.letters.endorsement import Signature, refuse_signature
from bot.letters.ids import new_share_id
from bot.letters.letter import Letter
from bot.letters.mail import normalised
from bot.letters.notices import LetterTopic
from bot.letters.people import Actor, Membership, Role
from bot.letters.phases import Action
from bot.letters.refusals import Reason, Refused, raise_for
from bot.letters.signatory import Signatory
from bot.letters.standing import Ground, Permission
from bot.storage import endorsements, letters, outbox, permissions, signatories
from bot.storage.database import Transaction, reading, writing
from bot.storage.privacy import addresses, approvals
from bot.storage.privacy.approvals import Approval, ends
from bot.use_cases.audit import Act, record
from bot.use_cases.gate import admit, once, refuse_uninvited
from bot.use_cases.mail import Keyring

waiting = reading(approvals.waiting)


@writing
def ask(
    tx: Transaction,
    *,
    letter: int,
    actor: Actor,
    signature: Signature,
    agreed: Mapping[str, Any],
    approver: Caller,
    keys: Keyring,
    trigger: str,
) -> datetime:
    """Ask the person with an address to approve a signature; return until when they can answer.

    `agreed` is how the signer agreed: `knows_late`, `knows_web` and `source` of a `SignRequest`.

    Raises:
        Refused: the signature is not possible now, or the address cannot be asked.
    """
    found = admit(tx, letter, actor, Action.SIGN)
    held = tuple(held_now(tx, found, actor.person))
    raise_for(refuse_uninvited(tx, found, actor) or refuse_signature(found, signature, held))
    person = addresses.person_of(tx, keys, found.workspace, approver.address)
    if person == actor.person:
        raise Refused.because(Reason.OWN_ADDRESS, "address")
    domain = normalised(approver.address).rpartition("@")[2]
    refuse_domain(tx, letter, approver.address, Reason.APPROVER_REFUSED)
    given = {"signature": asdict(signature), "agreed": {**agreed, "membership": actor.membership}}

    def act() -> None:
        if found.share_id is None:
            letters.change(tx, letter, share_id=new_share_id())
        asked = {"decided_team": person.team, "decided_user": person.user, "domain": domain}
        number = approvals.add(tx, found, actor.person, signature, given=given, **asked)
        approvals.change(tx, number, code=owe(tx, found, approver, keys, {"approval": number}))
        mark_own(tx, found, actor.person, signature, ends(found, tx.now))

    once(tx, found.workspace, f"{trigger}:{person.user}", act)
    return ends(found, tx.now)


@writing
def withdraw(tx: Transaction, *, number: str, actor: Actor) -> None:
    """Withdraw the actor's question.

    Raises:
        Refused: it is no longer open.
    """
    asked, letter = _open(tx, number)
    if asked.person != actor.person:
        raise Refused.because(Reason.APPROVAL_OVER)
    end_questions(tx, letter, [asked])


@writing
def send_again(tx: Transaction, *, number: str, to: Caller, keys: Keyring) -> None:
    """Send a new code to the approver, if the typed address is theirs; nothing shows whether it is.

    Raises:
        Refused: the question is no longer open, it is no address, or too many codes were asked for.
    """
    approval, letter = _open(tx, number)
    if code := owe(tx, letter, to, keys, {"approval": number}, only=approval.approver):
        approvals.change(tx, number, code=code)


@writing
def answer(
    tx: Transaction, *, number: str, approved: bool, reason: str, keys: Keyring
) -> Signatory | None:
    """Record the answer of an approver whose code was typed; return what a yes signed.

    Raises:
        Refused: the question is no longer open, an address was forgotten, organisers refuse its
            domain, or the signature is not possible now.
    """
    letters.find(tx, _open(tx, number)[1].id, lock=True)
    # It may have been answered before the letter was locked.
    approval, letter = _open(tx, number)
    for person in (approval.approver, approval.person):
        found = addresses.find(tx, keys, letter.workspace, person)
        if person.by_mail and found is None:
            # Without its address, nobody could tell whether its domain is refused.
            raise Refused.because(Reason.APPROVAL_OVER)
        if found:
            refuse_domain(tx, letter.id, found.address, Reason.APPROVER_REFUSED)
    party = _sign(tx, letter, approval) if approved else None
    if not approved:
        mark_own(tx, letter, approval.person, approval.signature, None)
    approvals.change(tx, number, approved=approved, reason=reason[:600], answered_at=tx.now)
    topic, told = LetterTopic.APPROVAL_ANSWERED, (approval.person, approval.approver)
    owed = [notices.word(topic, letter.id, one, approval=number) for one in told]
    outbox.owe(tx, letter.workspace, owed if approved else owed[:1])
    return party


def _sign(tx: Transaction, letter: Letter, approval: Approval) -> Signatory | None:
    """Sign what was approved, and record the permission with the domain of the approver's address."""
    agreed, signer, by = dict(approval.agreed), approval.person, approval.approver
    membership = Membership(agreed.pop("membership"))
    request = SignRequest(
        letter=letter.id,
        actor=Actor(workspace=letter.workspace, person=signer, membership=membership),
        signature=approval.signature,
        trigger=f"approval:{approval.id}",
        confirms=True,
        **agreed,
    )
    (signed,) = sign_all(tx, [request])
    if isinstance(signed, Refused):
        raise Refused.because(Reason.APPROVED_IN_VAIN) from signed
    if isinstance(signed, Exception):
        raise signed
    one = endorsements.find(tx, signed.endorsement)
    party = signatories.find(tx, one.signatory) if one else None
    if one and party:
        ground, day, of = Ground.YES_BY_MAIL, tx.now.date(), approval.domain
        permission = Permission(ground=ground, given_by=of, given_role="", given_on=day)
        # Proof of the whole entry only if it is the one they saw, and their signer speaks for it.
        seen = party.entry == approval.signature.entry and party.speaker in {"", one.id}
        permissions.confirm(tx, [(party, permission)] if seen else [], letter.workspace, by)
        record(tx, letter, Act.APPROVED, by, ground=of, signatory=party.id)
    return party


@reading
def find(tx: Transaction, *, number: str) -> tuple[Approval, Letter, str] | None:
    """Return a question, answered or not, with the letter as the approver may see it, and its text."""
    found = approvals.find(tx, number)
    if found is None:
        return None
    approval, letter = found
    return approval, letter.as_seen_by(Role.OUTSIDER, tx.now), letters.text_of(tx, letter).body


def _open(tx: Transaction, number: str) -> tuple[Approval, Letter]:
    found = approvals.find(tx, number)
    if found is None or found[0].approved is not None:
        raise Refused.because(Reason.APPROVAL_OVER)
    return found
