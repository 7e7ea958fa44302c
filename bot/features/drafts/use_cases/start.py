"""Permission to start a letter."""

from datetime import datetime

from bot.letters.deadlines import suggested_deadline
from bot.letters.people import Actor, Membership
from bot.letters.refusals import Reason, Refused
from bot.storage.database import Transaction, reading


@reading
def start(tx: Transaction, *, actor: Actor, tz: str) -> datetime:
    """The deadline that a new letter is offered, for somebody who may start one.

    Asked before the form is shown, so that nobody writes a letter that cannot be kept.

    Raises:
        Refused: the actor is no full member.
    """
    if actor.membership is not Membership.MEMBER:
        raise Refused.because(Reason.GUESTS_CANNOT_START)
    return suggested_deadline(tx.now, tz)
