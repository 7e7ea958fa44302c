"""Reminders to people who have not signed or answered: by schedule, or from an organiser."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum

from bot.features.invitations import rows as invitation_rows
from bot.letters import send_windows
from bot.letters.ids import new_id
from bot.letters.invitation import OPEN, InvitationState
from bot.letters.letter import Letter
from bot.letters.people import Actor, Membership, Person, Role
from bot.letters.phases import Action
from bot.letters.refusals import Reason, Refused
from bot.letters.rules import Reminded
from bot.letters.send_windows import NotNow, step_name
from bot.storage import (
    endorsements,
    letters,
    outbox,
    reminder_targets,
    reminders,
    sent_messages,
    workspaces,
)
from bot.storage.database import Database, Transaction, reading, reading_aside, writing
from bot.storage.privacy import audit_entries
from bot.storage.privacy.digests import is_exempt
from bot.storage.reminder_targets import Whom
from bot.storage.reminders import Wish
from bot.storage.states import ReminderState
from bot.use_cases.addressees import after_others, still_organises
from bot.use_cases.audit import Act, record
from bot.use_cases.gate import admit, may_read, once, repeated
from bot.use_cases.letter_jobs import for_each
from bot.use_cases.membership import FRESH

AT_A_TIME = 1_000
MORE_AT_A_TIME = 10_000
"""The most people for whom reminders are planned in one transaction."""
PATIENCE = timedelta(hours=1)
"""The longest that a step waits until the channels' members are known, if the bot was there."""
WORDS_MOST = 600
_ASKED = "asked@"
"""Begins the name of a step that an organiser sent; the id of its entry in the history follows."""
MISSED = timedelta(days=1)
"""A step that is overdue by more than this, because the bot was down, is skipped."""


class When(StrEnum):
    """Time at which a reminder requested by an organiser is sent."""

    NOW = "now"
    IN_DAYTIME = "in_daytime"
    """In each person's next window: a weekday between 9:00 and 18:00 in their own zone."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Reach:
    """Recipients of a reminder."""

    letter: Letter
    everyone: int
    """Number of people in the channels or invited, without those reminded today."""
    invited: int
    """Number of people invited, without those reminded today."""
    left_out: int
    """Number of people left out of `everyone` because they were reminded today."""
    last: datetime | None
    """Time at which the last person would get it in their daytime, before the letter closes."""


def leave_out_passed(tx: Transaction, letter: Letter, deadline: datetime) -> None:
    """Record the steps of a new deadline that are past already, so that none is sent."""
    for step in send_windows.reminder_steps(deadline):
        if step.due <= tx.now:
            reminders.note_step(tx, letter, step_name(step, deadline), 0)


def waiting(tx: Transaction, letter: int) -> list[Person]:
    """Return the invited who wait for an approval."""
    return invitation_rows.people_of(tx, letter, InvitationState.AWAITING)


@reading_aside
def reach(tx: Transaction, *, letter: int, actor: Actor) -> Reach:
    """Return the recipients of a reminder.

    Raises:
        Refused: the letter is not open, or the actor does not run it.
    """
    found = admit(tx, letter, actor, Action.REMIND, lock=False)
    everyone = reminder_targets.owed_zones(tx, found, Reminded.EVERYONE, by=tx.now)
    today = {tz: send_windows.day_start(tx.now, tz) for tz in everyone}
    zones = reminder_targets.owed_zones(tx, found, Reminded.EVERYONE, by=tx.now, since=today)
    invited = reminder_targets.owed_zones(tx, found, Reminded.INVITED, by=tx.now, since=today)
    by_day = (send_windows.next_window(tx.now, tz) for tz in zones)
    return Reach(
        letter=found,
        everyone=sum(zones.values()),
        invited=sum(invited.values()),
        left_out=sum(everyone.values()) - sum(zones.values()),
        last=max((moment for moment in by_day if moment < found.closes_at), default=None),
    )


def _may_read(tx: Transaction, letter: Letter, person: Person) -> bool:
    known = workspaces.acquaintance(tx, letter.workspace, person)
    return may_read(tx, letter, person, known.membership if known else Membership.OUTSIDER)


@writing
def remind(
    tx: Transaction,
    *,
    letter: int,
    actor: Actor,
    when: When,
    whom: Reminded | None = None,
    named: Collection[Person] | None = None,
    words: str = "",
    trigger: str,
) -> int:
    """Queue a reminder for everybody eligible who has none on that day; return how many.

    `whom`: the group to remind; None for the group in the letter's rules. `named`: the people to
    remind instead of a group, if given.

    Raises:
        Refused: the letter is not open, the actor does not run it, a named person may not read it,
            nobody is eligible or without a reminder that day, or the words are too long.
    """

    def act() -> dict[str, int]:
        # Not locked, because signers would wait while very many people are selected. Each reminder
        # is checked again before it is sent.
        found = admit(tx, letter, actor, Action.REMIND, lock=False)
        if len(words) > WORDS_MOST:
            raise Refused.because(Reason.TOO_LONG, "words", most=WORDS_MOST, length=len(words))
        strangers = sum(not _may_read(tx, found, person) for person in named or ())
        if strangers:
            raise Refused.because(Reason.CANNOT_READ, "named", count=strangers)
        reminders.one_at_a_time(tx, letter)
        meant = named or whom or found.rules.reminded
        zones = reminder_targets.owed_zones(tx, found, meant)
        at_once = when is When.NOW
        due = {tz: tx.now if at_once else send_windows.next_window(tx.now, tz) for tz in zones}
        in_time = {tz: moment for tz, moment in due.items() if moment < found.closes_at}
        if not in_time:
            raise Refused.because(Reason.NOBODY_TO_REMIND)
        number = new_id(tx.now)
        step = f"{_ASKED}{number}"
        planned = reminders.plan(
            tx,
            found,
            step,
            in_time,
            meant,
            at_once=at_once,
            since={tz: send_windows.day_start(moment, tz) for tz, moment in in_time.items()},
            # Nobody should get two reminders one morning because two organisers sent one.
            unless_waiting=not at_once,
            words=words.strip(),
        )
        if planned == 0:
            waits = reminder_targets.owed_zones(tx, found, meant, by=tx.now)
            raise Refused.because(Reason.JUST_REMINDED if waits else Reason.NOBODY_TO_REMIND)
        record(tx, found, Act.REMINDED, actor.person, number=number, count=planned)
        return {"people": planned}

    return once(tx, actor.workspace, trigger, act)["people"]


Noticed = dict[tuple[int, str], datetime]
"""The time at which a process first found a letter's step due."""


async def plan_due(database: Database, noticed: Noticed | None = None) -> int:
    """Plan the reminders of every step that is due; return how many were planned.

    A process hands over the same `noticed` each time; without it, the bot was there all along.

    Works in batches, so that clicks are answered in between. If the process dies halfway, the next
    one continues, and skips the people who have the step already.
    """
    reached: dict[tuple[int, str], reminders.Known] = {}
    # On PostgreSQL nobody has to wait for it, and each portion reads whole tables.
    most = AT_A_TIME if database.is_sqlite else MORE_AT_A_TIME
    return sum(
        await for_each(
            database,
            "remind",
            _with_a_step_due,
            lambda tx, letter: _plan_some(tx, letter, reached, noticed, most),
            in_portions=True,
        )
    )


def _with_a_step_due(tx: Transaction) -> list[int]:
    found: list[int] = []
    for letter, deadline in letters.open_everywhere(tx).items():
        steps = send_windows.reminder_steps(deadline)
        due = {step_name(step, deadline) for step in steps if step.due <= tx.now}
        if due - reminders.steps_planned(tx, letter).keys():
            found.append(letter)
    return found


def _plan_some(
    tx: Transaction,
    number: int,
    reached: dict[tuple[int, str], reminders.Known],
    noticed: Noticed | None,
    most: int,
) -> int | None:
    """Plan a due step for a letter's next people; return for how many, or None if none is left.

    A step waits up to an hour until the members of the letter's channels are known, unless only
    invited people are reminded. If it came due while the bot was away for longer, it waits for a
    fresh look at them. A step more than a day late is skipped.
    """
    letter = letters.find(tx, number)
    if letter is None or not letter.phase_at(tx.now).is_running:
        return None
    deadline, only_invited = letter.deadline, letter.rules.reminded is Reminded.INVITED
    steps = send_windows.reminder_steps(deadline)
    known = reminders.steps_planned(tx, letter.id)
    for step in steps:
        name, late = step_name(step, deadline), tx.now - step.due
        if late < timedelta(0) or name in known:
            continue
        found = step.due if noticed is None else noticed.setdefault((number, name), tx.now)
        was_away = found >= step.due + PATIENCE
        waits = late < (MISSED if was_away else PATIENCE) and not only_invited
        looked = (tx.now if was_away else step.due) - FRESH
        if waits and not workspaces.is_gathered(tx, letter.id, looked):
            continue
        skipped = late > MISSED or step.due < (letter.opened_at or letter.created_at)
        due: dict[str, datetime] = {}
        for tz in [] if skipped else workspaces.zones(tx, letter.workspace):
            moment = send_windows.due_for_person(step, steps, deadline, tz)
            if moment is not None:
                due[tz] = moment
        after = reached.get((number, name), ("", ""))
        among = reminders.portion(tx, letter.workspace, after, most)
        planned = reminders.plan(tx, letter, name, due, letter.rules.reminded, among=among)
        if among.last is not None:
            reached[number, name] = among.last
        if planned or among.last is not None:
            return planned
    return None


@reading
def due_now(tx: Transaction, *, letter: int, person: Person, step: str) -> Letter | NotNow | None:
    """Return the letter of a planned reminder; `NotNow` outside the daytime, or after enough others.

    None if it is no longer due: the person signed, declined, waits for an approval, stopped
    reminders, can't read the letter, chose a later time or was reminded that day; or the letter
    closed, the reminder was sent, the deadline moved, the next step is due, or who sent it is no
    organiser any more.
    """
    found = letters.find(tx, letter)
    planned = reminders.find(tx, letter, person, step)
    if found is None or not found.phase_at(tx.now).is_running or planned is None:
        return None
    if planned.state is not ReminderState.PLANNED or _is_overtaken(tx, step, found):
        return None
    known = workspaces.acquaintance(tx, found.workspace, person)
    whom: Whom = [person] if planned.named else found.rules.reminded
    if not planned.named and not _is_by_schedule(step):
        # An organiser may have chosen more people than the schedule reaches.
        whom = Reminded.EVERYONE
    tz = known.tz if known else "UTC"
    today = {tz: send_windows.day_start(tx.now, tz)}
    if not reminder_targets.owed_now(tx, found, person, whom, today):
        return None
    if not _may_read(tx, found, person) or is_exempt(tx, letter, person):
        return None
    if _is_by_schedule(step):
        # They chose "later", and that reminder is waiting or was sent today.
        put_off = reminders.put_off(tx, letter, person)
        sent_on = put_off and put_off.sent_at and send_windows.day_of(put_off.sent_at, tz)
        if put_off and sent_on in {None, send_windows.day_of(tx.now, tz)}:
            return None
    if known is not None and not planned.at_once and not send_windows.in_window(tx.now, known.tz):
        opens = send_windows.next_window(tx.now, known.tz)
        return NotNow(until=opens) if opens < found.deadline else None
    by = _asker(tx, step)
    return (by and after_others(tx, found, person, by)) or found.as_seen_by(Role.MEMBER, tx.now)


def _is_by_schedule(step: str) -> bool:
    return step.startswith("d")


def _asker(tx: Transaction, step: str) -> Person | None:
    asked = audit_entries.find(tx, step.removeprefix(_ASKED)) if step.startswith(_ASKED) else None
    return asked and asked.by


def _is_overtaken(tx: Transaction, step: str, letter: Letter) -> bool:
    if step.startswith(_ASKED):
        return not ((by := _asker(tx, step)) and still_organises(tx, letter, by))
    if not _is_by_schedule(step):
        return False
    steps = send_windows.reminder_steps(letter.deadline)
    named = [step_name(one, letter.deadline) for one in steps]
    return step not in named or any(one.due <= tx.now for one in steps[named.index(step) + 1 :])


@writing
def later(tx: Transaction, *, letter: int, actor: Actor, trigger: str) -> datetime | None:
    """Postpone the actor's reminder; return its new time, or None if that is after the deadline.

    It replaces a reminder postponed before. If the actor waits for an approval, it is no earlier
    than the date that they named.

    Raises:
        Refused: the workspace has no such letter, the letter accepts no more signatures, or the
            actor signed or declined.
    """

    def act() -> dict[str, str | None]:
        found = admit(tx, letter, actor, Action.SIGN)
        after = max(tx.now + timedelta(days=1), _open_from(tx, letter, actor.person))
        known = workspaces.acquaintance(tx, found.workspace, actor.person)
        tz = known.tz if known else "UTC"
        moment = send_windows.next_window(after, tz)
        said = reminders.wish(tx, letter, actor.person)
        count = said.later_count + 1
        reminders.put_wish(tx, found, actor.person, Wish(stopped=False, later_count=count))
        outbox.owe(tx, found.workspace, sent_messages.edits_of(tx, letter, actor.person))
        if moment >= found.deadline:
            return {"at": None}
        reminders.drop_put_off(tx, letter, actor.person)
        reminders.plan(tx, found, f"later@{count}", {tz: moment}, [actor.person])
        return {"at": moment.isoformat()}

    at = once(tx, actor.workspace, trigger, act)["at"]
    return None if at is None else datetime.fromisoformat(at)


def _open_from(tx: Transaction, letter: int, person: Person) -> datetime:
    """Return the earliest time to remind somebody about an open invitation or the letter.

    Raises:
        Refused: the person signed, or answered all invitations.
    """
    put = invitation_rows.put_to(tx, letter, person)
    hoped = [invitation.until or tx.now for invitation in put if invitation.state in OPEN]
    if hoped:
        return min(hoped)
    held = endorsements.held_by(tx, [(letter, person)])
    if held:
        raise Refused.because(Reason.ALREADY_SIGNED, entry=held[letter, person][0].signature.told)
    if put:
        raise Refused.because(Reason.INVITATION_ANSWERED)
    return tx.now


@writing
def stop(tx: Transaction, *, letter: int, actor: Actor, trigger: str | None = None) -> Letter:
    """Stop a letter's reminders for the actor.

    Raises:
        Refused: the workspace has no such letter, or the actor may not read it.
    """
    return _wish(tx, letter, actor, trigger, stopped=True)


@writing
def resume(tx: Transaction, *, letter: int, actor: Actor, trigger: str | None = None) -> Letter:
    """Resume a letter's reminders for the actor.

    Raises:
        Refused: the workspace has no such letter, or the actor may not read it.
    """
    return _wish(tx, letter, actor, trigger, stopped=False)


def _wish(
    tx: Transaction, letter: int, actor: Actor, trigger: str | None, *, stopped: bool
) -> Letter:
    again = repeated(tx, letter, actor, trigger)
    if again is not None:
        return again
    found = letters.find(tx, letter, lock=True)
    if found is None or found.workspace != actor.workspace:
        raise Refused.because(Reason.NO_SUCH_LETTER)
    # People who left a private channel can still stop the reminders they got there.
    known = reminders.was_planned(tx, letter, actor.person)
    if not known and not may_read(tx, found, actor.person, actor.membership):
        raise Refused.because(Reason.NO_SUCH_LETTER)
    said = reminders.wish(tx, letter, actor.person)
    reminders.put_wish(tx, found, actor.person, Wish(stopped=stopped, later_count=said.later_count))
    outbox.owe(tx, found.workspace, sent_messages.edits_of(tx, letter, actor.person))
    return found
