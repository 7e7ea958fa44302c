"""A letter is read for a document: its delivered copy, or today's list."""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from zoneinfo import ZoneInfo

from bot.features.delivery import rows
from bot.features.delivery.rules import DeliveredCopy, Proof
from bot.features.delivery.use_cases.exports import Scope, proofs_of
from bot.letters.amendment import same_meaning
from bot.letters.endorsement import Endorsement
from bot.letters.letter import Letter, Sight
from bot.letters.people import Role
from bot.letters.refusals import Reason, Refused
from bot.letters.signatory import Signatory
from bot.storage import amendments, endorsements, letters, signatories
from bot.storage.database import Transaction, reading

__all__ = ["Finished", "Scope", "finished"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Finished:
    """A letter with its list, in no language yet."""

    letter: Letter
    copy: DeliveredCopy | None
    """The delivered copy; None where it is today's list."""
    body: str
    """The text as it is today."""
    entries: Sequence[tuple[Signatory, Endorsement]]
    """Today's list in order, with the endorsement that each entry comes from; empty for a copy."""
    proofs: Mapping[str, Proof] | None
    """Proofs of organisations' signatures, by signatory; None where only what is public is asked for."""
    same_meaning: frozenset[str]
    """The SHA-256 of each text that means the same as the delivered one."""
    days: Mapping[date, int]
    """The number of those who came on each day, in the letter's time zone."""
    now: datetime


@reading
def finished(
    tx: Transaction,
    *,
    letter: int,
    present: bool = False,
    scope: Scope = Scope.LISTED,
    embargoed: bool = False,
) -> Finished:
    """Read a letter's delivered copy, or today's list where there is none or it is asked for.

    Args:
        tx: The transaction.
        letter: The letter.
        present: Today's list, also where a copy was delivered.
        scope: Which signatories. Those that are not listed are on no delivered copy.
        embargoed: Whether it is for organisers, who see the list under an embargo too.

    Raises:
        Refused: there is no such letter, or an embargo holds and it is not for organisers.
    """
    found = letters.find(tx, letter)
    if found is None:
        raise Refused.because(Reason.NO_SUCH_LETTER)
    role = Role.ORGANISER if embargoed or scope is Scope.ALL else Role.MEMBER
    if found.sight(role, tx.now) is not Sight.ALL:
        raise Refused.because(Reason.UNDER_EMBARGO, title=found.title)
    copy = None if present or scope is Scope.ALL else rows.find(tx, letter)
    if copy is not None:
        parties = [one for one in signatories.everyone(tx, letter) if one.delivered]
        return _finished(tx, found, copy=copy, days=_days(found, parties))
    parties = [party for _, party in signatories.listed(tx, letter)]
    days = _days(found, parties)
    known: Mapping[str, Proof] | None = None
    if scope is Scope.ALL:
        parties += signatories.unlisted(tx, letter, backed=True)
        known = proofs_of(tx, found, parties)
    speakers = endorsements.find_many(tx, {party.speaker for party in parties})
    entries = [(party, speakers[party.speaker]) for party in parties]
    return _finished(tx, found, days=days, entries=entries, proofs=known)


def _finished(
    tx: Transaction,
    letter: Letter,
    *,
    days: Mapping[date, int],
    copy: DeliveredCopy | None = None,
    entries: Sequence[tuple[Signatory, Endorsement]] = (),
    proofs: Mapping[str, Proof] | None = None,
) -> Finished:
    return Finished(
        letter=letter,
        copy=copy,
        body=letters.read_text(tx, letter.id, letter.text_sha256) or "",
        entries=entries,
        proofs=proofs,
        same_meaning=frozenset()
        if copy is None
        else same_meaning(amendments.of_letter(tx, copy.letter), copy.text_sha256),
        days=days,
        now=tx.now,
    )


def _days(letter: Letter, parties: Sequence[Signatory]) -> Mapping[date, int]:
    zone = ZoneInfo(letter.tz)
    return Counter(party.came_at.astimezone(zone).date() for party in parties)
