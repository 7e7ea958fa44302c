"""Removing an entry, a person's or an organisation's, from the list, and restoring it."""

from collections.abc import Mapping
from dataclasses import replace

from bot.features.organisations.use_cases.shown import Organisation, decided_on, organisations_of
from bot.letters.audit import AuditEntry
from bot.letters.letter import Letter
from bot.letters.people import Actor
from bot.letters.phases import Action
from bot.letters.refusals import Reason, Refused
from bot.letters.rules import WithdrawnEntry
from bot.letters.signatory import Signatory
from bot.letters.standing import Standing
from bot.storage import objections, signatories
from bot.storage.database import Transaction, reading, writing
from bot.storage.privacy import audit_entries
from bot.storage.states import Decision
from bot.use_cases.audit import Act, record
from bot.use_cases.gate import admit, once
from bot.use_cases.parties import change_party, tell_objectors

LETTERS_LEAST = 2
"""Letters without which nobody can tell what is meant."""
REASON_MOST = 600
"""Most characters of the reason of a decision about an objection."""
TOLD_MOST = 300
"""Most characters of the reason of a removal, which is sent to its signers."""


@reading
def entry(tx: Transaction, *, signatory: str, actor: Actor) -> Organisation:
    """Return an entry for the form that removes it.

    Raises:
        Refused: there is no such entry, or the actor may not remove entries of the letter now.
    """
    party = _found(tx, signatory)
    admit(tx, party.letter, actor, Action.DECIDE, lock=False)
    return organisations_of(tx, [party])[0]


def removal_of(tx: Transaction, party: Signatory) -> AuditEntry | None:
    """Return the last removal of a signatory; None if it is not removed."""
    if not party.removed:
        return None
    return audit_entries.last_about(tx, party.letter, Act.REMOVED, party.id)


@writing
def remove(
    tx: Transaction,
    *,
    signatory: str,
    actor: Actor,
    why: str,
    read: str | None = None,
    trigger: str,
) -> Signatory:
    """Remove a person, even if they sign again, or an organisation until somebody else signs.

    Signers get the reason, at most `TOLD_MOST` characters. Their signatures are kept, so that the
    entry can be restored. Open objections are accepted.

    Raises:
        Refused: there is no such entry (`NO_SUCH_SIGNATORY`), it has no signature
            (`SIGNATURE_GONE`), it is already removed (`ENTRY_REMOVED`), the letter does not allow it
            now, the actor does not run it, the entry changed since `read`, or the reason is missing
            or too long (field `why`).
    """

    def act() -> Mapping[str, str]:
        letter, party = _entry(tx, signatory, actor)
        if party.removed:
            raise Refused.because(Reason.ENTRY_REMOVED, entry=party.entry)
        if party.endorsements == 0 and party.standing is not Standing.MARKED:
            raise Refused.because(Reason.SIGNATURE_GONE)
        said = reason_given(why, most=TOLD_MOST)
        decided_on(tx, read, party)
        judge(tx, letter, party, actor, removed=True, why=said, told=said)
        return {}

    once(tx, actor.workspace, trigger, act)
    return _found(tx, signatory)


@writing
def restore(
    tx: Transaction,
    *,
    signatory: str,
    actor: Actor,
    why: str = "",
    read: str | None = None,
    trigger: str,
) -> Signatory:
    """Restore a removed entry and inform its signers; the reason may be empty.

    If everybody has withdrawn since, the entry is not listed again, but can be signed for.

    Raises:
        Refused: there is no such entry, it is not removed (`NOT_REMOVED`), the letter does not allow
            it now, the actor does not run it, the entry changed since `read`, or the reason is too
            long (field `why`).
    """

    def act() -> Mapping[str, str]:
        letter, party = _entry(tx, signatory, actor)
        if not party.removed:
            raise Refused.because(Reason.NOT_REMOVED, entry=party.entry)
        said = reason_given(why, most=TOLD_MOST) if why.strip() else ""
        decided_on(tx, read, party)
        judge(tx, letter, party, actor, removed=False, why=said)
        return {}

    once(tx, actor.workspace, trigger, act)
    return _found(tx, signatory)


def reason_given(why: str, *, most: int = REASON_MOST, field: str = "why") -> str:
    """Return a reason without surrounding spaces.

    Raises:
        Refused: it is missing, too short or too long.
    """
    said = why.strip()
    if sum(one.isalpha() for one in said) < LETTERS_LEAST:
        raise Refused.because(Reason.TOO_SHORT if said else Reason.EMPTY, field)
    if len(said) > most:
        raise Refused.because(Reason.TOO_LONG, field, most=most, length=len(said))
    return said


def judge(
    tx: Transaction,
    letter: Letter,
    party: Signatory,
    actor: Actor,
    *,
    removed: bool,
    why: str,
    told: str = "",
) -> Letter:
    """Keep or remove an entry, decide its open objections, and queue messages to all concerned.

    Return the changed letter. `told` is the reason that its signers get.
    """
    restored = party.removed and not removed
    heard = objections.of_parties(tx, [party.id]).get(party.id, []) if restored else []
    decision = Decision.REMOVED if removed else Decision.LISTED
    # Whoever was told that it was removed hears that it is back.
    objected = {one.person for one in heard if one.decision is Decision.REMOVED and one.person.team}
    objected |= objections.decide(tx, party.id, decision, why, actor.person)
    after = replace(party, objections=0, removed=removed)
    marks = letter.rules.withdrawn_entry is WithdrawnEntry.MARKED and party.delivered
    if not removed and party.endorsements == 0 and marks:
        after = replace(after, standing=Standing.MARKED)
    letter, _ = change_party(tx, letter, party, after, told)
    back = Act.RESTORED if restored else Act.UPHELD
    act = Act.REMOVED if removed else back
    record(tx, letter, act, actor.person, signatory=party.id, ground=why)
    tell_objectors(tx, letter, party, objected)
    return letter


def _entry(tx: Transaction, signatory: str, actor: Actor) -> tuple[Letter, Signatory]:
    letter = admit(tx, _found(tx, signatory).letter, actor, Action.DECIDE)
    # The entry may have been merged before the letter was locked.
    return letter, _found(tx, signatory)


def _found(tx: Transaction, signatory: str) -> Signatory:
    party = signatories.kept(tx, [signatory]).get(signatory)
    if party is None:
        raise Refused.because(Reason.NO_SUCH_SIGNATORY, name="")
    return party
