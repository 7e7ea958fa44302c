"""The content of a document: a letter's delivered copy, or today's list."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from bot.features.delivery import rows
from bot.features.delivery.rules import DeliveredCopy, Listed, Proof
from bot.features.delivery.use_cases.exports import Scope, proofs_of, readable
from bot.letters.amendment import same_meaning
from bot.letters.endorsement import Endorsement
from bot.letters.letter import Letter
from bot.letters.refusals import Reason, Refused
from bot.letters.text import Translation
from bot.storage import amendments, endorsements, letters
from bot.storage.database import Database, Transaction, reading


@dataclass(frozen=True, slots=True, kw_only=True)
class Finished:
    """A letter with its list, before it is worded in a language."""

    letter: Letter
    copy: DeliveredCopy | None
    """The delivered copy; None for today's list."""
    body: str
    entries: Sequence[Listed]
    """Today's list in order; empty for a copy."""
    proofs: Mapping[str, Proof] | None
    """Proofs of organisations' signatures, by signatory; None for a public document."""
    given: Mapping[str, Sequence[Endorsement]]
    """Active signatures, by signatory; empty for a public document."""
    same_meaning: frozenset[str]
    """The SHA-256 of each text that means the same as the delivered one; empty without a copy."""
    days: Mapping[date, int]
    """The number of entries that were added on each day, in the letter's time zone."""
    translations: Sequence[Translation]
    now: datetime


@reading
def quotes(tx: Transaction, *, letter: int) -> list[dict[str, str]]:
    """Return what may be quoted now, with the entry that it belongs to and its language.

    Nothing while the letter's form has no field to allow it, or to take it back.
    """
    found, names = letters.find(tx, letter), ("entry", "quote", "language")
    if found is None or found.rules.question is None or not found.rules.question.quoted:
        return []
    return [dict(zip(names, one, strict=True)) for one in rows.quotes(tx, letter)]


async def finished(database: Database, *, letter: int, **asked: Any) -> Finished:
    """Return what `_finished` does, for a file: first it is noted that the copy is used."""
    await database.write(lambda tx: rows.use(tx, letter))
    return await _finished(database, letter=letter, **asked)


@reading
def _finished(
    tx: Transaction,
    *,
    letter: int,
    present: bool = False,
    number: int = 0,
    scope: Scope = Scope.LISTED,
    embargoed: bool = False,
) -> Finished:
    """Return a letter's delivered copy, or today's list if there is none or `present` is set.

    Args:
        tx: The transaction.
        letter: The letter.
        present: Use today's list even if there is a delivered copy.
        number: The copy's number; 0 for the latest.
        scope: The signatories to include; `ALL` always reads today's list.
        embargoed: Whether the document is for organisers, who see names under an embargo too.

    Raises:
        Refused: there is no such letter or copy, or an embargo allows it to organisers only.
    """
    found = readable(tx, letter, scope, embargoed=embargoed)
    today = present or scope is Scope.ALL
    copy = None if today else rows.find(tx, letter, number)
    if number and copy is None and not today:
        raise Refused.because(Reason.NO_SUCH_COPY, title=found.title)
    same: frozenset[str] = frozenset()
    entries: list[Listed] = []
    if copy is not None:
        same = frozenset(same_meaning(amendments.of_letter(tx, letter), copy.text.sha256))
    else:
        entries += rows.listed(tx, letter)
    if scope is Scope.ALL:
        entries += rows.unlisted(tx, letter)
    return Finished(
        letter=found,
        copy=copy,
        body=letters.text_of(tx, found).body,
        entries=entries,
        proofs=proofs_of(tx, found, entries) if scope is Scope.ALL else None,
        given=endorsements.of_parties(tx, [one.id for one in entries])
        if scope is Scope.ALL
        else {},
        same_meaning=same,
        days=rows.days(tx, found, copy),
        translations=letters.translations_of(tx, letter),
        now=tx.now,
    )
