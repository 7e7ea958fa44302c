"""Next step of a notice after a try: a pure function of the outcome."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum

from bot.outbox.courier import CannotLook, Later, NotOwed, Outcome, Refused, Sent, Unknown, Wait
from bot.outbox.errors import Verdict, judge
from bot.storage.states import NoticeState

MOST_TRIES = 16
MOST_TIME = timedelta(hours=24)
"""From the first try on."""

FIRST_PAUSE = timedelta(seconds=2)
LONGEST_PAUSE = timedelta(hours=1)
SETTLING = timedelta(seconds=5)
"""Time Slack may still be busy with a call whose answer was lost; no look-up before that."""

SHUT = timedelta(minutes=5)
"""Pause in direct messages where a workspace takes none: somebody there must act."""

OUTCOME_UNKNOWN = "outcome_unknown"
"""The name of the end of a notice that may have arrived, and that nobody can look up."""


class WhenInDoubt(StrEnum):
    """Options for a notice that may or may not have arrived."""

    REPEAT = "repeat"
    """The same call again changes nothing: a change of a card or a message, an App Home."""
    LOOK = "look"
    """It can be looked up in the bot's own direct messages."""
    ASK = "ask"
    """Only people can see it: a first card. It is never sent again."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Done:
    """The notice is settled: sent, dropped, or given up with the name of why."""

    state: NoticeState
    error: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Again:
    """The notice waits until an instant."""

    at: datetime
    since: datetime | None
    """The time of the first try; None if this was none, and the time for tries begins again."""
    tried: bool = True
    """It counts as a try."""
    doubtful: bool = False
    """It must be looked up before it is sent."""
    error: str = ""


Next = Done | Again


@dataclass(frozen=True, slots=True, kw_only=True)
class Try:
    """One try of a notice."""

    in_doubt: WhenInDoubt
    """Options while its arrival is unknown."""
    before: int
    """Number of earlier tries."""
    since: datetime
    """When the first of all was."""
    now: datetime


def decide(this: Try, outcome: Outcome | CannotLook) -> Next:
    """Decide a notice's next step by the outcome of a try."""
    match outcome:
        case Sent():
            return Done(state=NoticeState.SENT)
        case NotOwed():
            return Done(state=NoticeState.DROPPED)
        case Wait():
            return Again(at=max(outcome.until, this.now + FIRST_PAUSE), since=None, tried=False)
        case Later():
            # Slack said when, and is asked again within the hour all the same.
            pause = min(max(outcome.retry_after, timedelta(seconds=1)), LONGEST_PAUSE)
            return _waits(this, pause, outcome.error)
        case Unknown():
            return _unknown(this, outcome.error)
        case Refused():
            return _refused(this, outcome.error)
        case CannotLook():
            return _unseen(this, outcome)


def backoff(tries: int) -> timedelta:
    """The pause after a failed try: twice as long each time, up to an hour."""
    # The exponent is bounded so that the product stays one that a timedelta can hold.
    return min(FIRST_PAUSE * 2 ** min(tries, 20), LONGEST_PAUSE)


def _waits(this: Try, pause: timedelta, error: str) -> Next:
    # It is no failure of the notice, which only time ends.
    at = this.now + pause
    if at - this.since > MOST_TIME:
        return Done(state=NoticeState.GIVEN_UP, error=error)
    return Again(at=at, since=this.since, tried=False, error=error)


def _refused(this: Try, error: str) -> Next:
    match judge(error):
        case Verdict.TRANSIENT:
            again = Again(at=this.now + backoff(this.before), since=this.since, error=error)
            return _bounded(this, again, error)
        case Verdict.UNKNOWN:
            return _unknown(this, error)
        case Verdict.WORKSPACE if this.in_doubt is WhenInDoubt.LOOK:
            # Thousands of messages must not be lost to what an admin may mend within the hour. Who
            # was refused for long is asked seldom: others go first.
            asked_for = min(this.now - this.since, LONGEST_PAUSE)
            return _waits(this, max(SHUT, asked_for), error)
        case Verdict.TARGET | Verdict.WORKSPACE | Verdict.BUG:
            return Done(state=NoticeState.GIVEN_UP, error=error)


def _unknown(this: Try, error: str) -> Next:
    at = this.now + max(backoff(this.before), SETTLING)
    match this.in_doubt:
        case WhenInDoubt.REPEAT:
            return _bounded(this, Again(at=at, since=this.since, error=error), error)
        case WhenInDoubt.LOOK:
            again = Again(at=at, since=this.since, doubtful=True, error=error)
            return _bounded(this, again, OUTCOME_UNKNOWN)
        case WhenInDoubt.ASK:
            return Done(state=NoticeState.GIVEN_UP, error=OUTCOME_UNKNOWN)


def _unseen(this: Try, outcome: CannotLook) -> Next:
    if judge(outcome.error) not in {Verdict.TRANSIENT, Verdict.UNKNOWN}:
        return Done(state=NoticeState.GIVEN_UP, error=OUTCOME_UNKNOWN)
    # When Slack said when to ask again, that is when.
    pause = min(outcome.retry_after or backoff(this.before), LONGEST_PAUSE)
    again = Again(at=this.now + pause, since=this.since, doubtful=True, error=outcome.error)
    return _bounded(this, again, OUTCOME_UNKNOWN)


def _bounded(this: Try, again: Again, error: str) -> Next:
    if this.before + 1 >= MOST_TRIES or again.at - this.since > MOST_TIME:
        return Done(state=NoticeState.GIVEN_UP, error=error)
    return again
