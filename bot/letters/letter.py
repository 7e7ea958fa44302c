"""A letter and its life."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from bot.letters.people import Role
from bot.letters.refusals import Reason, Refusal


class Phase(StrEnum):
    """Where a letter stands in its life."""

    DRAFT = "draft"
    OPEN = "open"
    CLOSED = "closed"
    CANCELLED = "cancelled"


class Signers(StrEnum):
    """Who may sign a letter."""

    EVERYONE = "everyone"
    PEOPLE = "people"
    ORGANISATIONS = "organisations"


class Action(StrEnum):
    """What somebody may want to do with a letter."""

    READ = "read"
    SEE_SIGNATORIES = "see_signatories"
    SIGN = "sign"
    CHANGE = "change"
    WITHDRAW = "withdraw"
    SEE_STATUS = "see_status"
    EDIT = "edit"
    DISCARD = "discard"
    POST = "post"
    TAKE_DOWN = "take_down"
    REMIND = "remind"
    PIN = "pin"
    CLOSE = "close"
    EXTEND = "extend"
    REOPEN = "reopen"
    CANCEL = "cancel"
    CHANGE_ORGANISERS = "change_organisers"
    EXPORT = "export"


@dataclass(frozen=True, slots=True, kw_only=True)
class Tally:
    """How many signatories a letter has, by kind. Two people of one organisation are one."""

    people: int = 0
    organisations: int = 0

    @property
    def total(self) -> int:
        """All signatories."""
        return self.people + self.organisations


@dataclass(frozen=True, slots=True, kw_only=True)
class Letter:
    """What people are asked to endorse. Times are aware and in UTC."""

    id: int
    workspace: str
    title: str
    summary: str
    asked_by: str
    """Who asks for signatures, as the card names them; may be empty."""
    language: str
    text_sha256: str
    signers: Signers
    goal: int | None
    deadline: datetime
    phase: Phase
    tally: Tally
    created_at: datetime
    opened_at: datetime | None = None
    closed_at: datetime | None = None
    reason: str = ""
    """The word of why it was cancelled."""

    def phase_at(self, now: datetime) -> Phase:
        """The phase that holds at an instant: an open letter is closed from its deadline on.

        The worker writes that down a little later; nobody may sign in between.
        """
        if self.phase is Phase.OPEN and now >= self.deadline:
            return Phase.CLOSED
        return self.phase


_ANYONE = frozenset(Role)
_ORGANISERS = frozenset({Role.ORGANISER})
_NOBODY: frozenset[Role] = frozenset()
_D, _O, _C, _X = Phase.DRAFT, Phase.OPEN, Phase.CLOSED, Phase.CANCELLED

ALLOWED: dict[Action, dict[Phase, frozenset[Role]]] = {
    Action.READ: {_D: _ORGANISERS, _O: _ANYONE, _C: _ANYONE, _X: _ANYONE},
    Action.SEE_SIGNATORIES: {_D: _ORGANISERS, _O: _ANYONE, _C: _ANYONE, _X: _ORGANISERS},
    Action.SIGN: {_D: _NOBODY, _O: _ANYONE, _C: _NOBODY, _X: _NOBODY},
    Action.CHANGE: {_D: _NOBODY, _O: _ANYONE, _C: _NOBODY, _X: _NOBODY},
    Action.WITHDRAW: {_D: _NOBODY, _O: _ANYONE, _C: _ANYONE, _X: _ANYONE},
    Action.SEE_STATUS: {_D: _ORGANISERS, _O: _ORGANISERS, _C: _ORGANISERS, _X: _ORGANISERS},
    Action.EDIT: {_D: _ORGANISERS, _O: _NOBODY, _C: _NOBODY, _X: _NOBODY},
    Action.DISCARD: {_D: _ORGANISERS, _O: _NOBODY, _C: _NOBODY, _X: _NOBODY},
    Action.POST: {_D: _ORGANISERS, _O: _ORGANISERS, _C: _NOBODY, _X: _NOBODY},
    Action.TAKE_DOWN: {_D: _NOBODY, _O: _ORGANISERS, _C: _ORGANISERS, _X: _ORGANISERS},
    Action.REMIND: {_D: _NOBODY, _O: _ORGANISERS, _C: _NOBODY, _X: _NOBODY},
    Action.PIN: {_D: _NOBODY, _O: _ORGANISERS, _C: _ORGANISERS, _X: _NOBODY},
    Action.CLOSE: {_D: _NOBODY, _O: _ORGANISERS, _C: _NOBODY, _X: _NOBODY},
    Action.EXTEND: {_D: _NOBODY, _O: _ORGANISERS, _C: _NOBODY, _X: _NOBODY},
    Action.REOPEN: {_D: _NOBODY, _O: _NOBODY, _C: _ORGANISERS, _X: _NOBODY},
    Action.CANCEL: {_D: _NOBODY, _O: _ORGANISERS, _C: _ORGANISERS, _X: _NOBODY},
    Action.CHANGE_ORGANISERS: {_D: _ORGANISERS, _O: _ORGANISERS, _C: _ORGANISERS, _X: _NOBODY},
    Action.EXPORT: {_D: _NOBODY, _O: _ORGANISERS, _C: _ORGANISERS, _X: _ORGANISERS},
}
"""Who may do what in which phase: every cell is written, and none is decided elsewhere."""

_PHASE_REASON = {
    Phase.DRAFT: Reason.STILL_DRAFT,
    Phase.OPEN: Reason.IS_OPEN,
    Phase.CLOSED: Reason.IS_CLOSED,
    Phase.CANCELLED: Reason.IS_CANCELLED,
}


def refuse(letter: Letter, action: Action, role: Role, now: datetime) -> Refusal | None:
    """None where somebody in that role may do that with the letter now, else why not.

    Who may not read it does not learn that it is there.
    """
    phase = letter.phase_at(now)
    if role in ALLOWED[action][phase]:
        return None
    if role not in ALLOWED[Action.READ][phase]:
        return Refusal(Reason.NO_SUCH_LETTER)
    if any(role in roles for roles in ALLOWED[action].values()):
        facts = {"title": letter.title, "why": letter.reason}
        return Refusal(_why_not(letter, action, phase), facts=facts)
    return Refusal(Reason.NOT_ORGANISER, facts={"title": letter.title})


def _why_not(letter: Letter, action: Action, phase: Phase) -> Reason:
    if action in {Action.EDIT, Action.DISCARD}:
        return Reason.NOT_A_DRAFT
    if letter.phase is Phase.OPEN and phase is Phase.CLOSED:
        return Reason.DEADLINE_PASSED
    return _PHASE_REASON[phase]
