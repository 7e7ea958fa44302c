"""The status of a letter, for its organisers."""

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import date, datetime

from bot.features.desk.use_cases.needs import Need, NeedKind, needs
from bot.features.invitations import rows as invitation_rows
from bot.features.reminders.use_cases.progress import Progress, how_far
from bot.letters.deadlines import zone_of
from bot.letters.endorsement import Kind
from bot.letters.invitation import InvitationState
from bot.letters.letter import Letter, Posting, Tally
from bot.letters.people import Actor
from bot.letters.phases import Action
from bot.letters.send_windows import reminder_steps, step_name
from bot.storage import amendments, endorsements, postings, reminders, tallies
from bot.storage.amendments import Answers
from bot.storage.database import Transaction, reading
from bot.use_cases.gate import admit


@dataclass(frozen=True, slots=True)
class LatestEntry:
    """An entry, and the time of its latest signature."""

    entry: str
    signed_at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class Status:
    """State of a letter. Days are in the asker's own time zone."""

    letter: Letter
    now: datetime
    days: tuple[tuple[date, Tally], ...]
    """Entries that came on each day and are still there, oldest first; they add up to the total."""
    latest: tuple[LatestEntry, ...]
    """The entries that were signed last, newest first; each once."""
    postings: tuple[Posting, ...]
    reminders: Progress
    next_reminder: datetime | None
    """Time of the next reminder: a planned one, or the next scheduled step."""
    invitations: Mapping[InvitationState, int] = field(default_factory=dict[InvitationState, int])
    """Number of invitations in each state; a state without any is missing."""
    awaited: datetime | None = None
    """The next date until which an invited person waits for an approval."""
    answers: Answers | None = None
    """Answers to the last amendment that signers were asked about."""
    withdrawn: int = 0
    needs: tuple[Need, ...] = ()
    """Needs of the letter, except a close deadline, which the status shows anyway."""


@reading
def status(tx: Transaction, *, letter: int, actor: Actor, tz: str) -> Status:
    """Return the state of a letter, for its organisers.

    Raises:
        Refused: there is no such letter here, or the actor does not run it.
    """
    found = admit(tx, letter, actor, Action.SEE_STATUS, lock=False)
    planned = reminders.steps_planned(tx, letter)
    steps = [
        step.due
        for step in reminder_steps(found.deadline)
        if step.due > tx.now and step_name(step, found.deadline) not in planned
    ]
    waiting = reminders.next_planned(tx, letter)
    cards = tuple(postings.of_letters(tx, [letter]))
    return Status(
        letter=found,
        now=tx.now,
        days=_days(tallies.by_quarter(tx, letter), tz),
        latest=tuple(LatestEntry(entry, at) for entry, at in endorsements.latest(tx, letter, 5)),
        postings=cards,
        reminders=how_far(tx, letter),
        next_reminder=min([*([waiting] if waiting else []), *steps], default=None),
        invitations=invitation_rows.counts(tx, letter),
        awaited=invitation_rows.next_awaited(tx, letter),
        answers=amendments.answers(tx, found),
        withdrawn=len(endorsements.ended_after_delivery(tx, letter)),
        needs=tuple(
            one
            for one in needs(tx, [replace(found, phase=found.phase_at(tx.now))], cards)
            if one.kind is not NeedKind.SOON
        ),
    )


def still_open(tx: Transaction, letter: Letter, asked: int) -> tuple[Need, ...]:
    """Return what is open before a delivery; `asked` signers can still answer a text change."""
    invited = invitation_rows.counts(tx, letter.id)
    silent = (InvitationState.INVITED, InvitationState.READING)
    counts = {
        NeedKind.UNANSWERED: asked,
        NeedKind.AWAITING: invited.get(InvitationState.AWAITING, 0),
        NeedKind.INVITED: sum(invited.get(one, 0) for one in silent),
    }
    others = (
        Need(kind=kind, letter=letter, count=count, until=letter.answer_by)
        for kind, count in counts.items()
        if count
    )
    return (*needs(tx, [letter]), *others)


def _days(quarters: list[tuple[datetime, Kind, int]], tz: str) -> tuple[tuple[date, Tally], ...]:
    zone = zone_of(tz)
    days: dict[date, dict[Kind, int]] = defaultdict(lambda: dict.fromkeys(Kind, 0))
    for since, kind, came in quarters:
        days[since.astimezone(zone).date()][kind] += came
    # Who left is taken off the last days before, so that the days add up to the total.
    for kind in Kind:
        gone = 0
        for day in sorted(days, reverse=True):
            net = days[day][kind] + gone
            days[day][kind], gone = max(net, 0), min(net, 0)
    return tuple(
        (day, Tally(people=came[Kind.PERSON], organisations=came[Kind.ORGANISATION]))
        for day, came in sorted(days.items())
    )
