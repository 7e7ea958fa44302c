"""An organiser removes an entry from the list, a person's or an organisation's, or restores it."""

from collections.abc import Mapping
from dataclasses import dataclass, replace

from bot.letters import notices
from bot.letters.audit import AuditEntry
from bot.letters.letter import Letter, Sight
from bot.letters.notices import LetterTopic, SignatureTopic
from bot.letters.people import Actor, Role
from bot.letters.phases import Action
from bot.letters.refusals import Reason, Refused
from bot.letters.rules import WithdrawnEntry
from bot.letters.signatory import Signatory
from bot.letters.standing import Standing
from bot.storage import endorsements, objections, outbox, signatories
from bot.storage.database import Transaction, reading, writing
from bot.storage.privacy import audit_entries
from bot.storage.states import Decision
from bot.use_cases.audit import Act, record
from bot.use_cases.gate import admit, once
from bot.use_cases.parties import change_party

REASON_MOST = 600
"""Characters of the reason of a decision about an objection."""
TOLD_MOST = 300
"""Characters of the reason of a removal, which its signers are told."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Entry:
    """An entry that an organiser may remove or restore."""

    letter: Letter
    party: Signatory
    removal: AuditEntry | None
    """Its removal, with the reason and who removed it, if it is removed."""


@reading
def entry(tx: Transaction, *, signatory: str, actor: Actor) -> Entry:
    """Return an entry, to remove or restore it.

    Raises:
        Refused: there is none, the letter does not allow it now, or the actor does not run it.
    """
    letter, party = _entry(tx, signatory, actor, lock=False)
    return Entry(letter=letter, party=party, removal=removal_of(tx, party))


def removal_of(tx: Transaction, party: Signatory) -> AuditEntry | None:
    """Return the last removal of a signatory; None where it isn't removed."""
    if not party.removed:
        return None
    return audit_entries.last_about(tx, party.letter, Act.REMOVED, party.id)


@writing
def remove(tx: Transaction, *, signatory: str, actor: Actor, why: str, trigger: str) -> Signatory:
    """Take an entry off the list and keep it off; return the signatory as it stands then.

    Its signers are told, with the reason. Their signatures are kept, so that it can be restored,
    and the same signatory stays off also where it signs or is added again. Objections that are
    open are thereby accepted.

    Args:
        tx: The transaction.
        signatory: Its id; a person, an organisation, or one that is marked as withdrawn.
        actor: An organiser.
        why: The reason, at most `TOLD_MOST` characters.
        trigger: Slack's id of the submit.

    Raises:
        Refused: there is none (`NO_SUCH_SIGNATORY`), nothing of it is on the letter any more
            (`SIGNATURE_GONE`), it is removed already (`ENTRY_REMOVED`), the letter does not allow it
            now, the actor does not run it, or the reason is missing or too long (field `why`).
    """

    def act() -> Mapping[str, str]:
        letter, party = _entry(tx, signatory, actor)
        if party.removed:
            raise Refused.because(Reason.ENTRY_REMOVED, entry=party.entry)
        if party.endorsements == 0 and party.standing is not Standing.MARKED:
            raise Refused.because(Reason.SIGNATURE_GONE)
        said = reason_given(why, most=TOLD_MOST)
        judge(tx, letter, party, actor, removed=True, why=said)
        facts = {"why": said, "at": str(tx.now)}
        _tell_signers(tx, letter, party, SignatureTopic.REMOVED_BY_ORGANISER, **facts)
        return {}

    once(tx, actor.workspace, trigger, act)
    return _found(tx, signatory)


@writing
def restore(
    tx: Transaction, *, signatory: str, actor: Actor, why: str = "", trigger: str
) -> Signatory:
    """Put an entry that was removed back; return the signatory as it stands then.

    Its signers are told. Where everybody has withdrawn since, it may just be signed for again.

    Args:
        tx: The transaction.
        signatory: Its id.
        actor: An organiser.
        why: The reason, at most `TOLD_MOST` characters; may be empty.
        trigger: Slack's id of the submit.

    Raises:
        Refused: there is none, it is not removed (`NOT_REMOVED`), the letter does not allow it now,
            the actor does not run it, or the reason is too long (field `why`).
    """

    def act() -> Mapping[str, str]:
        letter, party = _entry(tx, signatory, actor)
        if not party.removed:
            raise Refused.because(Reason.NOT_REMOVED, entry=party.entry)
        said = reason_given(why, most=TOLD_MOST) if why.strip() else ""
        judge(tx, letter, party, actor, removed=False, why=said)
        _tell_signers(tx, letter, party, SignatureTopic.RESTORED, at=str(tx.now))
        return {}

    once(tx, actor.workspace, trigger, act)
    return _found(tx, signatory)


def reason_given(why: str, *, most: int = REASON_MOST) -> str:
    """Return a reason as it is kept.

    Raises:
        Refused: it is missing or too long, by the field `why`.
    """
    said = why.strip()
    if not said:
        raise Refused.because(Reason.EMPTY, "why")
    if len(said) > most:
        raise Refused.because(Reason.TOO_LONG, "why", most=most, length=len(said))
    return said


def judge(
    tx: Transaction, letter: Letter, party: Signatory, actor: Actor, *, removed: bool, why: str
) -> None:
    """Keep an entry on the list or off it, decide its open objections thereby, and tell the objectors."""
    heard = objections.of_parties(tx, [party.id]).get(party.id, [])
    decision = Decision.REMOVED if removed else Decision.LISTED
    objections.decide(tx, party.id, decision, why, actor.person)
    change_party(tx, letter, party, _with(letter, party, removed=removed))
    back = Act.RESTORED if party.removed else Act.UPHELD
    record(
        tx,
        letter,
        Act.REMOVED if removed else back,
        actor.person,
        signatory=party.id,
        ground=why,
    )
    # Of one who was erased nobody is left to be told.
    objected = {one.person for one in heard if one.decided_at is None and one.person.team}
    # Under an embargo an entry is a name that nobody may see.
    seen = letter.sight(Role.MEMBER, tx.now) is Sight.ALL
    entry = party.entry if seen else ""
    word = LetterTopic.OBJECTION_ACCEPTED if removed else LetterTopic.OBJECTION_REJECTED
    outbox.owe(
        tx,
        letter.workspace,
        [
            notices.word(word, letter.id, person, entry=entry, at=str(tx.now))
            for person in sorted(objected)
        ],
    )


def _with(letter: Letter, party: Signatory, *, removed: bool) -> Signatory:
    after = replace(party, objections=0, removed=removed)
    marks = letter.rules.withdrawn_entry is WithdrawnEntry.MARKED and party.delivered
    if not removed and party.endorsements == 0 and marks:
        return replace(after, standing=Standing.MARKED)
    return after


def tell_of_decision(tx: Transaction, letter: Letter, party: Signatory, *, removed: bool) -> None:
    """Owe the signers of a contested organisation the decision about it."""
    about = SignatureTopic.REMOVED if removed else SignatureTopic.UPHELD
    _tell_signers(tx, letter, party, about, at=str(tx.now))


def _tell_signers(
    tx: Transaction, letter: Letter, party: Signatory, about: SignatureTopic, **facts: str
) -> None:
    outbox.owe(
        tx,
        letter.workspace,
        [
            notices.signer(about, letter.id, one.id, one.person, **facts)
            for one in endorsements.of_party(tx, party.id)
            if one.person is not None
        ],
    )


def _entry(
    tx: Transaction, signatory: str, actor: Actor, *, lock: bool = True
) -> tuple[Letter, Signatory]:
    """A signatory and its letter, where the actor may decide about it now."""
    letter = admit(tx, _found(tx, signatory).letter, actor, Action.DECIDE, lock=lock)
    # It may have been merged into another one until the lock was had.
    return letter, _found(tx, signatory)


def _found(tx: Transaction, signatory: str) -> Signatory:
    party = signatories.kept(tx, [signatory]).get(signatory)
    if party is None:
        raise Refused.because(Reason.NO_SUCH_SIGNATORY, name="")
    return party
