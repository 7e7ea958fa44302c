"""Writes what a try of a notice led to, with what follows from it, in one transaction."""

from collections.abc import Sequence
from dataclasses import dataclass

import structlog

from bot.letters.notices import MESSAGES
from bot.outbox import claims as claiming
from bot.outbox.claims import Flight, Holds
from bot.outbox.consequences import follow
from bot.outbox.courier import CannotLook, Later, Outcome, Refused, Sent, Unknown
from bot.outbox.errors import Verdict, judge
from bot.outbox.pacing import DIRECT, Method
from bot.outbox.retry import SHUT, Again, Done, Try, decide
from bot.storage import leases
from bot.storage.database import Transaction
from bot.storage.states import NoticeState

log = structlog.get_logger()

RATE_LIMITED = {"ratelimited", "rate_limited"}


@dataclass(frozen=True, slots=True)
class Landed:
    """A flight that is over, and how it went."""

    flight: Flight
    outcome: Outcome | CannotLook


def settle(tx: Transaction, landed: Sequence[Landed], holder: str) -> Holds:
    """Settle notices or let them wait.

    One that another worker has taken meanwhile, because its lease ran out, is that one's to settle.

    Returns:
        What may not be called before when, as Slack said; nobody is told yet.
    """
    holds: Holds = {}
    if landed:
        keys = leases.held(tx, [one.flight.notice.id for one in landed], holder)
        # In the order in which those who owe lock, so that they cannot wait for each other.
        for one in sorted(landed, key=lambda one: keys.get(one.flight.notice.id, "")):
            if one.flight.notice.id in keys:
                _settle(tx, one)
                holds = claiming.both(holds, _holds(tx, one))
            else:
                log.warning("notice.taken_over", notice=one.flight.notice.id)
    return holds


def _settle(tx: Transaction, landed: Landed) -> None:
    notice, outcome = landed.flight.notice, landed.outcome
    this = Try(
        # Read again: a click may have come from a first card meanwhile.
        in_doubt=claiming.in_doubt(tx, notice),
        before=notice.attempts,
        since=notice.since or tx.now,
        now=tx.now,
    )
    reference = dict(notice.reference)
    if isinstance(outcome, Sent | Unknown | Refused):
        reference |= outcome.reference
    match decide(this, outcome):
        case Done() as done:
            leases.settle(tx, notice, done.state, error=done.error, reference=reference)
            follow(tx, notice, done, reference)
            if done.state is NoticeState.GIVEN_UP:
                log.warning(
                    "notice.given_up", notice=notice.id, kind=notice.kind.value, error=done.error
                )
        case Again() as again:
            leases.put_back(
                tx,
                notice,
                again.at,
                doubtful=again.doubtful,
                attempts=notice.attempts + again.tried,
                since=again.since,
                error=again.error,
                reference=reference,
            )


def _holds(tx: Transaction, landed: Landed) -> Holds:
    """Return the pauses that other replicas must keep after "too many"."""
    flight, workspace = landed.flight, landed.flight.notice.workspace
    match landed.outcome:
        case Later(retry_after=pause, error=error) if error in RATE_LIMITED:
            return claiming.holds(workspace, flight.method, tx.now + pause)
        case CannotLook(retry_after=pause) if pause is not None:
            return claiming.holds(workspace, Method.LOOK, tx.now + pause)
        case Refused(error=error) if (
            flight.notice.kind in MESSAGES and judge(error) is Verdict.WORKSPACE
        ):
            return {(workspace, DIRECT): tx.now + SHUT}
        case _:
            return {}
