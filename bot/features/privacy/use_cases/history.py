"""The history of a letter, for its organisers and the operator, and its privacy notice."""

from collections.abc import Sequence
from dataclasses import dataclass, replace

from bot.features.organisations.use_cases.removals import removed_by
from bot.features.privacy.rules import HistoryRow
from bot.letters.audit import Act, AuditEntry
from bot.letters.letter import Letter
from bot.letters.people import Actor, Person, Role
from bot.letters.phases import ALLOWED, Action, Phase
from bot.letters.refusals import Reason, Refused
from bot.storage import amendments, endorsements, letters, signatories
from bot.storage.database import Transaction, reading, reading_aside
from bot.storage.privacy import audit_entries
from bot.use_cases.gate import admit, role_in

SHOWN_MOST = 1000
"""Most entries in the window, the newest; the command line has all of them."""
_OF_ENTRIES = {Act.REMOVED, Act.PINNED}


@dataclass(frozen=True, slots=True, kw_only=True)
class HistoryPage:
    """A page of a letter's history, the newest entry first."""

    letter: Letter
    rows: tuple[HistoryRow, ...]
    number: int
    """Page number, from 1 to that of the last page."""
    pages: int


@reading
def page(tx: Transaction, *, letter: int, actor: Actor, number: int = 1, limit: int) -> HistoryPage:
    """Return a page of a letter's history.

    Raises:
        Refused: there is no such letter here, or the actor does not run it.
    """
    found = admit(tx, letter, actor, Action.SEE_STATUS, lock=False)
    pages = max(1, -(-audit_entries.count(tx, letter, most=SHOWN_MOST) // limit))
    number = min(max(number, 1), pages)
    entries = audit_entries.of_letter(tx, letter, skip=(number - 1) * limit, limit=limit)
    rows = [
        replace(row, may_undo=_holds(tx, found, row.entry) or _stands(tx, found, row))
        for row in _recalled(tx, entries)
    ]
    return HistoryPage(letter=found, rows=tuple(rows), number=number, pages=pages)


@reading_aside
def newest(tx: Transaction, *, letter: int, actor: Actor) -> list[HistoryRow]:
    """Return the newest entries of a letter's history, as many as the window can show.

    Raises:
        Refused: there is no such letter, or the actor does not run it.
    """
    admit(tx, letter, actor, Action.SEE_STATUS, lock=False)
    return _recalled(tx, audit_entries.of_letter(tx, letter, limit=SHOWN_MOST))


@reading
def whole(tx: Transaction, *, letter: int) -> list[HistoryRow]:
    """Return all of a letter's history, the newest first, for the operator.

    Raises:
        Refused: there is no such letter.
    """
    if letters.find(tx, letter) is None:
        raise Refused.because(Reason.NO_SUCH_LETTER)
    return _recalled(tx, audit_entries.of_letter(tx, letter))


def _holds(tx: Transaction, letter: Letter, entry: AuditEntry) -> bool:
    phase = letter.phase_at(tx.now)
    party = signatories.find(tx, entry.signatory) if entry.act in _OF_ENTRIES else None
    match entry.act:
        case Act.CLOSED:
            return phase is Phase.CLOSED
        case Act.CARD_REMOVED:
            return Role.ORGANISER in ALLOWED[Action.POST][phase]
        case Act.ORGANISER_REMOVED:
            return entry.about is not None and not letters.organises(tx, letter.id, entry.about)
        case Act.MERGED:
            gone = signatories.find(tx, str(entry.facts.get("other", "")))
            return gone is not None and gone.merged_into is not None and letter.delivered_at is None
        case Act.REMOVED if not entry.endorsement:
            return party is not None and party.removed and party.entry != ""
        case Act.REMOVED | Act.REMOVED_ALL:
            return bool(removed_by(tx, entry))
        case Act.PINNED:
            return party is not None and party.pinned > 0
        case _:
            return False


def _stands(tx: Transaction, letter: Letter, row: HistoryRow) -> bool:
    """Return whether a small fix is the last change of the text, or a correction still shows."""
    amends = row.entry.act is Act.AMENDED
    action = Action.AMEND if amends else Action.CORRECT
    if Role.ORGANISER not in ALLOWED[action][letter.phase_at(tx.now)]:
        return False
    if amends:
        fix = amendments.last_fix(tx, letter)
        return fix is not None and fix.id == row.entry.facts["amendment"]
    made = row.entry.act in {Act.CORRECTED, Act.CORRECTION_ACCEPTED}
    one = endorsements.find(tx, row.entry.endorsement) if made else None
    return one is not None and one.withdrawn_at is None and one.signature.entry == row.after


def _recalled(tx: Transaction, entries: Sequence[AuditEntry]) -> list[HistoryRow]:
    others = [str(one.facts.get("other", "")) for one in entries]
    corrections = [str(one.facts.get("correction", "")) for one in entries]
    known = audit_entries.names_of(tx, {one.signatory for one in entries}.union(others))
    invited = audit_entries.invited_of(tx, {one.invitation for one in entries})
    corrected = audit_entries.corrected_of(tx, set(corrections))
    rows: list[HistoryRow] = []
    for one, other, correction in zip(entries, others, corrections, strict=True):
        before, after = corrected.get(correction, ("", ""))
        reads = known.get(one.signatory, "") or invited.get(one.invitation, "")
        rows.append(
            HistoryRow(
                entry=one, reads=reads, other=known.get(other, ""), before=before, after=after
            )
        )
    return rows


@dataclass(frozen=True, slots=True, kw_only=True)
class Notice:
    """Facts of a letter's privacy notice."""

    letter: Letter
    organisers: tuple[Person, ...]
    """The organisers, who are responsible if nobody else is named."""
    may_change: bool


@reading
def notice(tx: Transaction, *, letter: int, actor: Actor) -> Notice:
    """Return a letter's privacy notice.

    Raises:
        Refused: there is no such letter here, or the actor may not read it.
    """
    found = admit(tx, letter, actor, Action.READ, lock=False)
    return Notice(
        letter=found,
        organisers=tuple(letters.organisers_of(tx, letter)),
        may_change=role_in(tx, found, actor) is Role.ORGANISER,
    )
