"""People and organisations are put on the list of those who were asked, each of them once."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from bot.features.invitations import rows as invitation_rows
from bot.features.invitations.rules import SAYINGS, ToAsk, column_of
from bot.letters import notices
from bot.letters.endorsement import Kind
from bot.letters.invitation import (
    Ask,
    AskKey,
    AskState,
    Voice,
    Whom,
    awaited_until,
    day_of,
    meant,
    moved,
)
from bot.letters.letter import Letter
from bot.letters.phases import SIGNABLE
from bot.letters.refusals import Reason, Refusal
from bot.letters.signatory import Signatory
from bot.storage import endorsements, letters, outbox, signatories
from bot.storage.database import Transaction
from bot.storage.ids import new_id


@dataclass(frozen=True, slots=True, kw_only=True)
class Entered:
    """Results of inviting."""

    added: int
    changed: int = 0
    """Were there already, and stand elsewhere now."""
    known: int = 0
    """Were there already, and stay as they are."""


class Entry:
    """Decides about each who shall be asked, one after the other, and writes all that was decided."""

    def __init__(self, tx: Transaction, letter: Letter, wanted: Sequence[ToAsk], tz: str) -> None:
        """Load what there is of them. The letter is locked; days are meant in the zone `tz`."""
        self._tx, self._letter, self._tz = tx, letter, tz
        people = {(letter.id, one.person) for one in wanted if one.person is not None}
        keys = {key for one in wanted for key in one.whom.keys}
        self._held: dict[AskKey, Ask] = invitation_rows.by_keys(tx, letter.id, keys)
        self._signers = endorsements.held_by(tx, people)
        self._parties = signatories.by_keys(tx, {(letter.id, *key) for key in keys})
        self._new: dict[str, Ask] = {}
        self._changed: dict[str, Ask] = {}
        self._named: set[str] = set()
        self._known = 0

    def add(self, one: ToAsk) -> None:
        """Put somebody on the list who is not there; who is stays as they are."""
        key, ask = meant(one.whom, self._held)
        if ask is not None:
            self._known += 1
            return
        self._put(one, key, None)

    def bring(self, one: ToAsk) -> Refusal | None:
        """The same from a table, which may also say where it stands with somebody who is there.

        Gives why it cannot be so; the table is then not to be written.
        """
        key, ask = meant(one.whom, self._held)
        if ask is not None and ask.id in self._named:
            name = {"name": ask.organisation or ask.name}
            return Refusal(Reason.NAMED_TWICE, column_of(one), name)
        if ask is not None:
            self._named.add(ask.id)
            return self._move(one, ask)
        until = self._until(one)
        if isinstance(until, Refusal):
            return until
        if one.state is AskState.SIGNED and not self._has_signed(one):
            return Refusal(Reason.ASK_UNSIGNED, "state", {"name": one.organisation or one.name})
        self._named.add(self._put(one, key, until))
        return None

    def _until(self, one: ToAsk) -> datetime | Refusal | None:
        if one.until is None:
            return None
        return awaited_until(one.until, self._tz, self._letter, self._tx.now)

    def _put(self, one: ToAsk, key: AskKey, until: datetime | None) -> str:
        """Put somebody on the list and return the ask's id."""
        state = AskState.SIGNED if self._has_signed(one) else one.state
        ask = Ask(
            id=new_id(self._tx.now),
            letter=self._letter.id,
            kind=one.kind,
            person=one.person,
            name=one.name,
            organisation=one.organisation,
            country=one.country,
            contact=one.contact,
            key=key[1],
            state=state,
            until=until if state is AskState.AWAITING else None,
            note=one.note,
            asked_at=self._tx.now,
            answered_at=None if state is AskState.ASKED else self._tx.now,
        )
        self._new[ask.id] = self._held[key] = ask
        return ask.id

    def _move(self, one: ToAsk, ask: Ask) -> Refusal | None:
        """Apply a table's row to an invitation that exists; an empty cell changes nothing."""
        note = one.note or ask.note
        same_day = ask.until is None or day_of(ask.until, self._tz) == one.until
        if one.state is ask.state and same_day:
            if note == ask.note:
                self._known += 1
            else:
                self._changed[ask.id] = replace(ask, note=note)
            return None
        name = {"name": ask.organisation or ask.name}
        if one.state is AskState.SIGNED:
            return Refusal(Reason.ASK_UNSIGNED, "state", name)
        until, state = self._until(one), moved(ask, SAYINGS[one.state], Voice.ORGANISER)
        if isinstance(state, Refusal):
            return state
        if isinstance(until, Refusal):
            return until
        self._changed[ask.id] = replace(
            ask, state=state, until=until, note=note, answered_at=self._tx.now
        )
        return None

    def _has_signed(self, one: ToAsk) -> bool:
        if one.kind is Kind.PERSON and one.person is not None:
            return (self._letter.id, one.person) in self._signers
        return any(party.endorsements for party in self._parties_of(one.whom))

    def _parties_of(self, one: Whom) -> list[Signatory]:
        found: list[Signatory] = []
        for key in one.keys:
            party = self._parties.get((self._letter.id, *key))
            if party and (key == one.keys[0] or party.country in {"", one.country}):
                found.append(party)
        return found[:1]

    def write(self) -> Entered:
        """Write it, and owe a message to each new one with an account who has not answered."""
        tx, letter = self._tx, self._letter
        if self._new:
            invitation_rows.add(tx, [*self._new.values()], letter.workspace)
            if not letter.has_asks:
                letters.change(tx, letter.id, has_asks=True)
            if letter.phase_at(tx.now) in SIGNABLE:
                tell(tx, letter, [*self._new.values()])
        invitation_rows.change(tx, [*self._changed.values()])
        return Entered(added=len(self._new), changed=len(self._changed), known=self._known)


def tell(tx: Transaction, letter: Letter, asked: Sequence[Ask]) -> None:
    """Owe the first message of some asks: to those with an account here who have not answered.

    Whoever has answered, on paper or by word of mouth, needs none. Who is asked for several, as
    the contact of organisations, gets one message that names them all.
    """
    people = {ask.person for ask in asked if ask.person is not None and ask.state is AskState.ASKED}
    outbox.owe(tx, letter.workspace, [notices.ask(letter.id, person) for person in people])
