"""Classes of errors, and the decision about a notice after a try: pure functions of the outcome."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum
from pathlib import Path

from bot.names.tables import read_table
from bot.outbox.courier import CannotLook, Later, NotOwed, Outcome, Refused, Sent, Unknown, Wait
from bot.storage.states import NoticeState


class Verdict(StrEnum):
    """Meaning of an error for further tries."""

    TRANSIENT = "transient"
    """The call had no effect; the same call may succeed later."""
    TARGET = "target"
    """This channel, person or message cannot be reached, whatever the app does; others may be."""
    WORKSPACE = "workspace"
    """No notice of this kind can succeed in this workspace until somebody there changes something.
    """
    UNKNOWN = "unknown"
    """The call may have succeeded, wholly or in part."""
    BUG = "bug"
    """The app made a call that no workspace would accept."""


_NAMES = read_table(Path(__file__).with_name("errors.txt"))
VERDICTS = {name: Verdict(verdict) for verdict, names in _NAMES.items() for name in names}


def judge(error: str) -> Verdict:
    """Return an error's verdict; for an unlisted name the effect is unknown."""
    return VERDICTS.get(error, Verdict.UNKNOWN)


MOST_TRIES = 40
MOST_TIME = timedelta(hours=24)
"""Time after the first try at which a notice is abandoned."""

FIRST_PAUSE = timedelta(seconds=2)
LONGEST_PAUSE = timedelta(hours=1)
SETTLING = timedelta(seconds=5)
"""Time in which Slack may still be busy with a call whose answer was lost; no look-up before."""

SHUT = timedelta(minutes=5)
"""Pause in direct messages if a workspace accepts none: somebody there must change a setting."""

OUTCOME_UNKNOWN = "outcome_unknown"
"""The error of a notice that may have arrived and cannot be looked up."""


class WhenInDoubt(StrEnum):
    """Options for a notice that may or may not have arrived."""

    REPEAT = "repeat"
    """Send again: a repeated update of a card or message, or of an App Home, changes nothing."""
    LOOK = "look"
    """Look the message up in the bot's own direct messages first."""
    ASK = "ask"
    """Ask people: only they can see whether a first card is there. It is never sent again."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Done:
    """Next step of a notice that is settled: sent, dropped, or abandoned with an error's name."""

    state: NoticeState
    error: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Again:
    """Next step of a notice that waits until `at`."""

    at: datetime
    since: datetime | None
    """The time of the first try; None restarts the period for tries."""
    tried: bool = True
    """True if this counts as a try."""
    doubtful: bool = False
    """True if the notice must be looked up before it is sent."""
    error: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Try:
    """One try of a notice."""

    in_doubt: WhenInDoubt
    before: int
    since: datetime
    now: datetime


def decide(this: Try, outcome: Outcome | CannotLook) -> Done | Again:
    """Return the next step of a notice after a try with this outcome."""
    match outcome:
        case Sent():
            return Done(state=NoticeState.SENT)
        case NotOwed():
            return Done(state=NoticeState.DROPPED)
        case Wait():
            return Again(at=max(outcome.until, this.now + FIRST_PAUSE), since=None, tried=False)
        case Later():
            # Even if Slack asks for a longer pause, try again within the hour.
            pause = min(max(outcome.retry_after, timedelta(seconds=1)), LONGEST_PAUSE)
            return _again(this, pause, outcome.error, tried=False)
        case Unknown():
            return _unknown(this, outcome.error)
        case Refused():
            return _refused(this, outcome.error)
        case CannotLook() if judge(outcome.error) in {Verdict.TRANSIENT, Verdict.UNKNOWN}:
            # Slack's own pause, if it requested one.
            pause = min(outcome.retry_after or backoff(this.before), LONGEST_PAUSE)
            return _again(this, pause, outcome.error, doubtful=True)
        case CannotLook():
            return Done(state=NoticeState.GIVEN_UP, error=OUTCOME_UNKNOWN)


def backoff(tries: int) -> timedelta:
    """Return the pause after a failed try: twice as long each time, up to an hour."""
    # The exponent is bounded so that the product fits into a timedelta.
    return min(FIRST_PAUSE * 2 ** min(tries, 20), LONGEST_PAUSE)


def _refused(this: Try, error: str) -> Done | Again:
    match judge(error):
        case Verdict.TRANSIENT:
            return _again(this, backoff(this.before), error)
        case Verdict.UNKNOWN:
            return _unknown(this, error)
        case Verdict.WORKSPACE if this.in_doubt is WhenInDoubt.LOOK:
            # Thousands of messages must not be lost because of a setting that an admin may soon
            # fix. People who were refused for long are tried rarely, after others.
            refused_for = min(this.now - this.since, LONGEST_PAUSE)
            return _again(this, max(SHUT, refused_for), error, tried=False)
        case Verdict.TARGET | Verdict.WORKSPACE | Verdict.BUG:
            return Done(state=NoticeState.GIVEN_UP, error=error)


def _unknown(this: Try, error: str) -> Done | Again:
    if this.in_doubt is WhenInDoubt.ASK:
        return Done(state=NoticeState.GIVEN_UP, error=OUTCOME_UNKNOWN)
    pause = max(backoff(this.before), SETTLING)
    return _again(this, pause, error, doubtful=this.in_doubt is WhenInDoubt.LOOK)


def _again(
    this: Try, pause: timedelta, error: str, *, tried: bool = True, doubtful: bool = False
) -> Done | Again:
    """Schedule another try, or abandon the notice. Delays that are not tries end only by age."""
    at = this.now + pause
    if (tried and this.before + 1 >= MOST_TRIES) or at - this.since > MOST_TIME:
        error = OUTCOME_UNKNOWN if doubtful else error
        return Done(state=NoticeState.GIVEN_UP, error=error)
    return Again(at=at, since=this.since, tried=tried, doubtful=doubtful, error=error)
