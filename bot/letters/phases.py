"""The phases of a letter, the actions allowed in each by role, and the transitions."""

from enum import StrEnum

from bot.letters.people import Role
from bot.letters.refusals import Reason


class Phase(StrEnum):
    """Phase in a letter's life."""

    DRAFT = "draft"
    FOUNDING = "founding"
    """The text is frozen, and first signers sign before any card is public."""
    OPEN = "open"
    CLOSING = "closing"
    """The deadline on the card has passed; the hard deadline has not."""
    CLOSED = "closed"
    DELIVERED = "delivered"
    """The delivered copy is saved: the list as it was handed over."""
    LATE = "late"
    """Delivered; further signers go on the late list."""
    CANCELLED = "cancelled"

    @property
    def is_unposted(self) -> bool:
        """Return whether the letter's first card is still to be posted."""
        return self in {Phase.DRAFT, Phase.FOUNDING}

    @property
    def is_signable(self) -> bool:
        """Return whether everybody who may see the letter may sign it, not only first signers."""
        return Role.MEMBER in ALLOWED[Action.SIGN][self]

    @property
    def takes_signatures(self) -> bool:
        """Return whether the letter accepts signatures, even if only from first signers."""
        return Role.FIRST_SIGNER in ALLOWED[Action.SIGN][self]

    @property
    def is_running(self) -> bool:
        """Return whether reminders are sent."""
        return self in {Phase.OPEN, Phase.CLOSING}

    @property
    def is_unclosed(self) -> bool:
        """Return whether the letter is still to be closed."""
        return self in {Phase.DRAFT, Phase.FOUNDING, Phase.OPEN, Phase.CLOSING}

    @property
    def is_delivered(self) -> bool:
        """Return whether there is a delivered copy."""
        return self in {Phase.DELIVERED, Phase.LATE}

    @property
    def is_watched(self) -> bool:
        """Return whether the list may need the attention of organisers."""
        return self in {Phase.FOUNDING, Phase.OPEN, Phase.CLOSING, Phase.CLOSED, Phase.LATE}

    @property
    def has_ended(self) -> bool:
        """Return whether notes about people are to be deleted some time after this phase began."""
        return self in {Phase.CLOSED, Phase.DELIVERED, Phase.CANCELLED}


class Action(StrEnum):
    """An action on a letter."""

    READ = "read"
    SEE_SIGNATORIES = "see_signatories"
    SIGN = "sign"
    CHANGE = "change"
    WITHDRAW = "withdraw"
    KEEP = "keep"
    OBJECT = "object"
    ANSWER = "answer"
    """Answer an invitation."""
    SEE_STATUS = "see_status"
    EDIT = "edit"
    DISCARD = "discard"
    DESCRIBE = "describe"
    """Change title, summary, sender and goal after the draft."""
    SET_RULES = "set_rules"
    UNVEIL = "unveil"
    PUBLISH = "publish"
    """Turn the public page on or off."""
    FOUND = "found"
    """Choose the people who sign before the card is public."""
    POST = "post"
    TAKE_DOWN = "take_down"
    INVITE = "invite"
    REMIND = "remind"
    ADD = "add"
    """Add signatures that were collected elsewhere."""
    CONFIRM = "confirm"
    DECIDE = "decide"
    """Decide about a disputed organisation."""
    MERGE = "merge"
    CORRECT = "correct"
    PIN = "pin"
    AMEND = "amend"
    CLOSE = "close"
    EXTEND = "extend"
    REOPEN = "reopen"
    DELIVER = "deliver"
    TAKE_BACK = "take_back"
    """Take a delivery back, soon after it."""
    DELIVER_AGAIN = "deliver_again"
    UPDATE = "update"
    """Show an update under the letter, or tell those who signed."""
    OPEN_LATE = "open_late"
    CLOSE_LATE = "close_late"
    CANCEL = "cancel"
    CHANGE_ORGANISERS = "change_organisers"
    EXPORT = "export"


class Moment(StrEnum):
    """An event, other than an action, that changes a letter's phase."""

    DEADLINE = "deadline"
    HARD_DEADLINE = "hard_deadline"


_ROLES = {
    "-": frozenset[Role](),
    "o": frozenset({Role.ORGANISER}),
    "f": frozenset({Role.ORGANISER, Role.FIRST_SIGNER}),
    "a": frozenset(Role) - {Role.SIGNER, Role.STRANGER},
    "s": frozenset(Role) - {Role.STRANGER},
}

_TABLE = """
                   draft founding open closing closed delivered late cancelled
read               o     f        s    s       s      s         s    s
see_signatories    o     f        a    a       a      a         a    o
sign               -     f        a    a       -      -         a    -
change             -     f        s    s       s      s         s    -
withdraw           -     f        s    s       s      s         s    s
keep               -     f        s    s       s      -         -    -
object             -     f        a    a       a      a         a    -
answer             -     f        a    a       -      -         a    -
see_status         o     o        o    o       o      o         o    o
edit               o     -        -    -       -      -         -    -
discard            o     -        -    -       -      -         -    -
describe           -     o        o    o       o      -         -    -
set_rules          o     o        o    o       o      -         -    -
unveil             -     o        o    o       o      o         o    -
publish            o     o        o    o       o      o         o    o
found              o     o        -    -       -      -         -    -
post               o     o        o    o       -      -         o    -
take_down          -     -        o    o       o      o         o    o
invite             o     o        o    o       -      -         o    -
remind             -     -        o    o       -      -         -    -
add                -     o        o    o       o      -         o    -
confirm            -     o        o    o       o      o         o    -
decide             -     o        o    o       o      o         o    -
merge              -     o        o    o       o      o         o    -
correct            -     o        o    o       o      o         o    -
pin                -     o        o    o       o      -         -    -
amend              -     o        o    o       o      -         -    -
close              -     o        o    o       -      -         -    -
extend             -     o        o    o       -      -         -    -
reopen             -     -        -    -       o      -         -    -
deliver            -     -        -    -       o      -         -    -
take_back          -     -        -    -       -      o         -    -
deliver_again      -     -        -    -       -      o         o    -
update             -     -        o    o       o      o         o    -
open_late          -     -        -    -       -      o         -    -
close_late         -     -        -    -       -      -         o    -
cancel             -     o        o    o       o      -         -    -
change_organisers  o     o        o    o       o      o         o    -
export             o     o        o    o       o      o         o    o
"""
"""The roles allowed for each action in each phase: `-` nobody, `o` organisers, `f` organisers and
first signers, `a` anybody who can reach the letter, `s` signers too who can't reach it any more
(`people.role`). This is the only such rule."""


def _read(table: str) -> dict[Action, dict[Phase, frozenset[Role]]]:
    heading, *rows = (line.split() for line in table.strip().splitlines())
    phases = [Phase(name) for name in heading]
    return {
        Action(row[0]): dict(zip(phases, (_ROLES[cell] for cell in row[1:]), strict=True))
        for row in rows
    }


ALLOWED = _read(_TABLE)
"""Roles allowed for each action in each phase."""

NOT_NOW = {
    Phase.DRAFT: Reason.STILL_DRAFT,
    Phase.FOUNDING: Reason.IS_FOUNDING,
    Phase.OPEN: Reason.IS_OPEN,
    Phase.CLOSING: Reason.IS_OPEN,
    Phase.CLOSED: Reason.IS_CLOSED,
    Phase.DELIVERED: Reason.IS_DELIVERED,
    Phase.LATE: Reason.IS_DELIVERED,
    Phase.CANCELLED: Reason.IS_CANCELLED,
}
"""The reason in each phase for refusing an action that is allowed in other phases."""

_D, _F, _O, _G, _C = Phase.DRAFT, Phase.FOUNDING, Phase.OPEN, Phase.CLOSING, Phase.CLOSED

MOVES: dict[tuple[Phase, Action | Moment], Phase] = {
    (_D, Action.FOUND): _F,
    (_D, Action.POST): _O,
    (_F, Action.POST): _O,
    (_O, Moment.DEADLINE): _G,
    (_G, Action.EXTEND): _O,
    (_F, Action.CLOSE): _C,
    (_O, Action.CLOSE): _C,
    (_G, Action.CLOSE): _C,
    (_F, Moment.HARD_DEADLINE): _C,
    (_G, Moment.HARD_DEADLINE): _C,
    (_C, Action.REOPEN): _O,
    (_C, Action.DELIVER): Phase.DELIVERED,
    (Phase.DELIVERED, Action.TAKE_BACK): _C,
    (Phase.DELIVERED, Action.OPEN_LATE): Phase.LATE,
    (Phase.LATE, Action.CLOSE_LATE): Phase.DELIVERED,
    (_F, Action.CANCEL): Phase.CANCELLED,
    (_O, Action.CANCEL): Phase.CANCELLED,
    (_G, Action.CANCEL): Phase.CANCELLED,
    (_C, Action.CANCEL): Phase.CANCELLED,
}
"""Transitions between phases; anything else leaves the phase unchanged."""


ORGANISERS_OWN = frozenset(
    action
    for action, cells in ALLOWED.items()
    if all(roles <= {Role.ORGANISER} for roles in cells.values())
)
"""Actions that only organisers may do, in any phase."""


def may_be_kept_as(action: Action) -> frozenset[Phase]:
    """Return the stored phases in which a letter may currently allow an action.

    A deadline may have passed since the phase was stored.
    """
    found = {phase for phase, roles in ALLOWED[action].items() if roles}
    while True:
        before = {
            phase for (phase, what), to in MOVES.items() if to in found and isinstance(what, Moment)
        }
        if before <= found:
            return frozenset(found)
        found |= before


def after(phase: Phase, what: Action | Moment) -> Phase:
    """Return the phase after an action or an event."""
    return MOVES.get((phase, what), phase)
