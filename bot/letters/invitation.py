"""Invitations: who is invited, the states, and who may change them."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from enum import StrEnum

from bot.letters.deadlines import zone_of
from bot.letters.endorsement import Kind, Signature
from bot.letters.ids import revision
from bot.letters.letter import Letter
from bot.letters.people import Person
from bot.letters.refusals import Reason, Refusal
from bot.names import filing

LONGEST = timedelta(days=366)
"""The longest wait for an approval, unless the deadline is later."""
_DAY = timedelta(days=1)
_INSTANT = timedelta(microseconds=1)


class InvitationState(StrEnum):
    """State of an invitation."""

    INVITED = "invited"
    READING = "reading"
    AWAITING = "awaiting"
    """Waiting for an approval until a date."""
    DECLINED = "declined"
    SIGNED = "signed"
    WITHDREW = "withdrew"
    """They signed before, but no signature of theirs is active any more."""


class Saying(StrEnum):
    """An answer or event that changes the state of an invitation."""

    PUT_BACK = "put_back"
    """The earlier answer is undone."""
    READ = "read"
    AWAIT = "await"
    DECLINE = "decline"
    SIGN = "sign"
    """The person, or somebody for the organisation, signed."""
    WITHDRAW = "withdraw"
    """They withdrew, and no signature of theirs is active any more."""
    LAPSE = "lapse"
    """Their last active signature ended by silence or by an organiser."""
    DOUBT = "doubt"
    """A second person signed under the name of an invitation without an account."""


class Author(StrEnum):
    """Author of a saying."""

    ORGANISER = "organiser"
    INVITED = "invited"
    """The invited person, or the organisation's contact."""
    LIST = "list"
    """The letter's list, when a signature is added to it or removed from it."""


_AUTHORS = {"o": Author.ORGANISER, "a": Author.INVITED, "l": Author.LIST}

_TABLE = """
          by  invited   reading   awaiting  declined  signed    withdrew
put_back  o   invited   invited   invited   invited   -         invited
read      oa  reading   reading   reading   reading   -         reading
await     oa  awaiting  awaiting  awaiting  awaiting  -         awaiting
decline   oa  declined  declined  declined  declined  -         declined
sign      l   signed    signed    signed    signed    signed    signed
withdraw  l   -         -         -         -         withdrew  -
lapse     l   -         -         -         -         reading   -
doubt     l   -         -         -         -         invited   -
"""
"""Transitions by author: `o` organisers, `a` the invited, `l` the list.

Nobody sets "signed" or "withdrew" by hand: they follow from the signature. A person whose signature
ended without their own act knows the letter and has not declined it, so that they are reading it.
"""


def _read(
    table: str,
) -> tuple[dict[Saying, frozenset[Author]], dict[tuple[InvitationState, Saying], InvitationState]]:
    (_, *states), *rows = (line.split() for line in table.strip().splitlines())
    voices = {Saying(row[0]): frozenset(_AUTHORS[sign] for sign in row[1]) for row in rows}
    moves = {
        (InvitationState(state), Saying(row[0])): InvitationState(cell)
        for row in rows
        for state, cell in zip(states, row[2:], strict=True)
        if cell != "-"
    }
    return voices, moves


AUTHORS, MOVES = _read(_TABLE)
"""Authors allowed for each saying, and the transitions; all others are impossible."""

SAYINGS = {
    state: saying
    for state in InvitationState
    for (_, saying), led in MOVES.items()
    if led is state and Author.ORGANISER in AUTHORS[saying]
}
"""The saying that sets each state by hand; none for "signed" and "withdrew"."""

OPEN = frozenset(InvitationState) - {InvitationState.DECLINED, InvitationState.SIGNED}
"""States in which a signature is still possible."""
AWAITED = frozenset({InvitationState.INVITED, InvitationState.READING, InvitationState.AWAITING})
"""States in which an answer is still awaited."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Invitation:
    """One person or organisation that was invited."""

    id: str
    letter: int
    kind: Kind
    person: Person | None
    """The invited person, or the organisation's contact; None without an account here."""
    name: str = ""
    organisation: str = ""
    country: str = ""
    contact: str = ""
    """Address of a contact without an account, as the organiser wrote it."""
    key: str = ""
    """The person, or the exact key of the organisation."""
    state: InvitationState
    until: datetime | None = None
    """End, in UTC, of the day by which they expect an approval (`day_of`)."""
    note: str = ""
    invited_at: datetime
    answered_at: datetime | None = None
    words: str = ""
    """The inviting organiser's own words for the message."""
    by: Person | None = None
    """The inviting organiser; None if they were erased."""
    mailed_at: datetime | None = None
    """Time at which its mail was taken or refused; None without a mail."""
    mail_error: str = ""
    """The error that ended its mail, or `barred` if none may be sent; empty if there is none."""

    @property
    def account(self) -> Person | None:
        """The invited person, or the contact, if they have an account here."""
        return None if self.person is None or self.person.by_mail else self.person


def moved(invitation: Invitation, saying: Saying, voice: Author) -> InvitationState | Refusal:
    """Return the state after a saying, or why it is not allowed."""
    state = MOVES.get((invitation.state, saying)) if voice in AUTHORS[saying] else None
    if state is not None:
        return state
    return Refusal(
        Reason.INVITATION_SIGNED, "state", {"name": invitation.organisation or invitation.name}
    )


def is_due(invitation: Invitation, now: datetime) -> bool:
    """Return whether reminders may go to the invited: no final answer, and no pending approval."""
    return invitation.state in OPEN and (invitation.until is None or invitation.until <= now)


def awaited_until(day: date, letter: Letter, now: datetime) -> datetime | Refusal:
    """Return the end, in UTC, of the day by which an approval is expected.

    A day is the same for everybody, so it does not depend on anybody's zone. It must not be over,
    nor after the day of the hard deadline. After that deadline, it must be within a year.
    """
    last = letter.closes_at if now < letter.closes_at else now + LONGEST
    last_day = (last - _INSTANT).astimezone(zone_of(letter.tz)).date()
    if day < min(now.date(), last_day):
        return Refusal(Reason.DAY_PASSED, "until")
    if day > last_day:
        return Refusal(Reason.DAY_TOO_LATE, "until", {"last": last_day.isoformat()})
    return datetime.combine(day + _DAY, time(), UTC)


def day_of(until: datetime) -> date:
    """Return the day from which `awaited_until` computed a time."""
    return (until - _INSTANT).date()


InvitationKey = tuple[Kind, str]
"""Key of an invitation within its letter."""


@dataclass(frozen=True, slots=True)
class Whom:
    """The keys of a person or organisation to look up among the invited."""

    keys: tuple[InvitationKey, ...]
    """Possible keys, the most exact first."""
    country: str = ""
    """The code of an organisation's country; empty if unknown."""


def whom(person: Person | None, name: str) -> Whom:
    """Return the keys of a person: of their account, and of their name without an account."""
    accounts = [] if person is None else [str(person)]
    names = [f"collected:{filing.sort_fold(name)}"] if name or person is None else []
    return Whom(tuple((Kind.PERSON, key) for key in (*accounts, *names)))


def whom_for(organisation: str, country: str) -> Whom:
    """Return the key of an organisation, from its name and the typed country."""
    code = filing.organisation_country(organisation, country)
    return whom_kept(filing.organisation_key(organisation), code)


def answer_revision(invitation: Invitation) -> str:
    """Return the revision of an invitation's answer and account, as an organiser sees them."""
    return revision(invitation.state, invitation.until, invitation.person)


def whom_kept(key: str, country: str) -> Whom:
    """Return the key of an organisation from its key on the list (`signatory.keys_of`)."""
    name = key.partition("|")[0]
    plain = (Kind.ORGANISATION, name)
    return Whom(((Kind.ORGANISATION, f"{name}|{country}"), plain) if country else (plain,), country)


def whose_signature(person: Person | None, signature: Signature) -> list[Whom]:
    """Return the keys of the person whose signature answers an invitation.

    `person` is None for a collected signature, which answers only if it is a person's own.
    """
    if person is None and signature.capacity.kind is Kind.ORGANISATION:
        return []
    return [whom(person, signature.facts.name)]


class InvitationIndex:
    """Invitations of a letter by their keys, for look-ups.

    Organisations with the same name are one unless their countries differ, as on the list
    (`signatory.PartyIndex`).
    """

    def __init__(self, held: Mapping[InvitationKey, Invitation]) -> None:
        """Store all invitations with any of the names, whatever the country."""
        self._held: dict[InvitationKey, Invitation] = {}
        self._of_name: dict[InvitationKey, list[InvitationKey]] = {}
        for key, invitation in held.items():
            self.put(key, invitation)

    def put(self, key: InvitationKey, invitation: Invitation) -> None:
        """Add or replace the invitation of a key."""
        if key not in self._held:
            self._of_name.setdefault(_plain(key), []).append(key)
        self._held[key] = invitation

    def meant(self, one: Whom) -> tuple[InvitationKey, Invitation | None]:
        """Return the key of the best match, or that of a new invitation, and the match or None."""
        fitting = self._fitting(one)
        if fitting:
            return fitting[0], self._held[fitting[0]]
        is_first = one.keys[-1] in self._held or one.keys[0][0] is Kind.PERSON
        return (one.keys[0] if is_first else one.keys[-1]), None

    def surely(self, one: Whom) -> Invitation | None:
        """Return the best match; None if several of different countries match equally well."""
        nearest = [(self._is_far(key, one), self._held[key]) for key in self._fitting(one)]
        if len(nearest) > 1 and nearest[0][0] == nearest[1][0]:
            return None
        return nearest[0][1] if nearest else None

    def namesakes(self, one: Whom) -> list[Invitation]:
        """Return all invitations with an organisation's name, of any country."""
        return [self._held[key] for key in self._of_name.get(one.keys[-1], ())]

    def is_only_one_of_name(self, one: Whom) -> bool:
        """Return whether every invitation of that name has that country or none."""
        return all(_country(kept) in {"", one.country} for kept in self.namesakes(one))

    def _fitting(self, one: Whom) -> list[InvitationKey]:
        if one.keys[0][0] is Kind.PERSON:
            # An invitation under a name is for anybody of that name, unless it has an account.
            return [
                key
                for key in one.keys
                if key in self._held and (key == one.keys[0] or self._held[key].person is None)
            ][:1]
        fitting = [
            key
            for key in self._of_name.get(one.keys[-1], ())
            if not one.country or _country(self._held[key]) in {"", one.country}
        ]
        return sorted(fitting, key=lambda key: (self._is_far(key, one), self._held[key].id))

    def _is_far(self, key: InvitationKey, one: Whom) -> bool:
        return _country(self._held[key]) != one.country


def _plain(key: InvitationKey) -> InvitationKey:
    return key if key[0] is Kind.PERSON else (key[0], plain_key(key))


def plain_key(key: InvitationKey) -> str:
    """Return an organisation's key without its country; empty for a person's."""
    return "" if key[0] is Kind.PERSON else key[1].partition("|")[0]


def _country(invitation: Invitation) -> str:
    if invitation.kind is Kind.PERSON:
        return ""
    return filing.organisation_country(invitation.organisation, invitation.country)
