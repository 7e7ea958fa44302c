"""Managing of invitations by organisers, and updates by signatures and withdrawals."""

from collections.abc import Collection, Sequence
from dataclasses import asdict, dataclass, replace
from datetime import date, datetime

from bot.features.invitations import rows as invitation_rows
from bot.features.invitations.rules import Invitee, cleaned, refusals
from bot.features.invitations.use_cases import mails
from bot.features.invitations.use_cases.entry import Entered, Entry, tell
from bot.features.invitations.use_cases.signed import edit_messages, tell_if_all_answered
from bot.letters.endorsement import Kind
from bot.letters.invitation import (
    AWAITED,
    Author,
    Invitation,
    InvitationState,
    Saying,
    answer_revision,
    awaited_until,
    moved,
)
from bot.letters.letter import Letter, refuse
from bot.letters.people import Actor, Role
from bot.letters.phases import Action
from bot.letters.refusals import Reason, Refusal, Refused, required
from bot.names.filing import sort_fold
from bot.storage import (
    letters,
    name_index,
    workspaces,
)
from bot.storage.database import Transaction, reading, writing
from bot.storage.workspaces import Acquaintance
from bot.use_cases import letter_lookup
from bot.use_cases.audit import Act, record
from bot.use_cases.gate import admit, once, role_in
from bot.use_cases.mail import Keyring


@dataclass(frozen=True, slots=True, kw_only=True)
class InvitationPage:
    """A page of a letter's invitations."""

    letter: Letter
    invitations: tuple[Invitation, ...]
    number: int
    """Page number, from 1 to that of the last page."""
    pages: int
    counts: dict[InvitationState, int]
    state: InvitationState | None = None
    """The state that all on the page are in; None if any are shown."""
    may_change: bool
    """True if the letter's phase lets its organisers change the list now."""
    earlier: Letter | None = None
    """The letter that it was started from, if the actor organises both."""
    has_outside: bool = False
    """True if an unanswered invitation is for somebody who can get no message from the app."""
    has_addresses: bool = False
    """True if mails can be sent to some of them."""
    doubtful: frozenset[str] = frozenset()
    """Ids of unanswered invitations without an account under whose name somebody signed."""


@writing
def invite(
    tx: Transaction,
    *,
    letter: int,
    actor: Actor,
    wanted: Sequence[Invitee],
    met: Collection[Acquaintance] = (),
    at_once: bool = False,
    trigger: str,
) -> Entered:
    """Invite people and organisations; those with an account here get one message.

    It goes out when the letter is open to all, in their next daytime or `at_once`. An existing
    invitation only gets the account that it lacks, and people who have signed are added as signed.
    `met` is what Slack says about those with an account here.

    Raises:
        Refused: the letter does not allow it now, the actor does not run it, or a field is
            invalid.
    """

    def act() -> dict[str, int]:
        found = admit(tx, letter, actor, Action.INVITE)
        clean = [cleaned(one) for one in wanted]
        for one in clean:
            for refusal in refusals(one):
                raise Refused(refusal)
        workspaces.meet(tx, found.workspace, met)
        entry = Entry(tx, found, clean, by=actor.person)
        for one in clean:
            entry.add(one)
        entered = entry.write(at_once=at_once)
        record(tx, found, Act.INVITED, actor.person, count=entered.added + entered.changed)
        return asdict(entered)

    return Entered(**once(tx, actor.workspace, trigger, act))


@writing
def say(
    tx: Transaction,
    *,
    invitation: str,
    actor: Actor,
    saying: Saying,
    day: date | None = None,
    read: str | None = None,
    trigger: str,
) -> Invitation:
    """Set an invitation's state for an organiser, and return it; `AWAIT` needs a day.

    Raises:
        Refused: the invitation was removed or isn't as `read`, the actor does not run its letter,
            the invited have signed, or the day is invalid.
    """

    def act() -> dict[str, str]:
        letter, found = _own(tx, invitation, actor, read)
        move(tx, letter, found, Author.ORGANISER, saying, day)
        act = Act.INVITATION_CHANGED
        about, said = found.person, saying.value
        record(tx, letter, act, actor.person, invitation=invitation, about=about, saying=said)
        return {}

    once(tx, actor.workspace, trigger, act)
    return _found(tx, invitation)


def move(
    tx: Transaction,
    letter: Letter,
    invitation: Invitation,
    voice: Author,
    saying: Saying,
    day: date | None,
) -> Invitation:
    """Apply an answer to an invitation, and return the changed invitation.

    Raises:
        Refused: the current state does not allow the answer, or the day is invalid.
    """
    state = moved(invitation, saying, voice)
    if isinstance(state, Refusal):
        raise Refused(state)
    until: datetime | Refusal | None = None
    if state is InvitationState.AWAITING:
        if day is None:
            raise Refused.because(Reason.EMPTY, "until")
        until = awaited_until(day, letter, tx.now)
        if isinstance(until, Refusal):
            raise Refused(until)
    after = replace(invitation, state=state, until=until, answered_at=tx.now)
    invitation_rows.change(tx, [after])
    if voice is Author.ORGANISER:
        edit_messages(tx, letter, [after])
    elif invitation.state in AWAITED:
        tell_if_all_answered(tx, letter)
    return after


@writing
def remove(
    tx: Transaction, *, invitation: str, actor: Actor, read: str | None = None, trigger: str
) -> int:
    """Remove an invitation, and return the number of its letter.

    After the last one is removed, reminders go to the members of the letter's channels again.

    Raises:
        Refused: the invitation was removed or isn't as `read`, or the actor does not run its letter.
    """

    def act() -> dict[str, int]:
        letter, found = _own(tx, invitation, actor, read)
        invitation_rows.remove(tx, invitation)
        record(
            tx,
            letter,
            Act.INVITATION_REMOVED,
            actor.person,
            # Of a person only the account is kept: a name would outlive its invitation.
            ground=found.organisation,
            invitation=invitation,
            about=found.person,
        )
        if not invitation_rows.are_there(tx, letter.id):
            letters.change(tx, letter.id, has_invitations=False)
        return {"letter": letter.id}

    return once(tx, actor.workspace, trigger, act)["letter"]


def _own(
    tx: Transaction, invitation: str, actor: Actor, read: str | None
) -> tuple[Letter, Invitation]:
    """Lock a letter that the actor runs, and return it with its invitation, which is as `read`."""
    letter = admit(tx, _found(tx, invitation).letter, actor, Action.INVITE)
    found = _found(tx, invitation)
    if read not in {None, answer_revision(found)}:
        raise Refused.because(Reason.ANSWER_UNSEEN, name=found.organisation or found.name)
    return letter, found


def _found(tx: Transaction, invitation: str) -> Invitation:
    return required(invitation_rows.find(tx, invitation), Reason.NO_SUCH_INVITATION)


@writing
def tie(
    tx: Transaction,
    *,
    invitation: str,
    actor: Actor,
    account: Acquaintance,
    read: str | None = None,
    trigger: str,
) -> int:
    """Give an invitation its account, and return the number of its letter.

    If the account was invited already, that invitation stays alone.

    Raises:
        Refused: the invitation is gone or isn't as `read`, or the actor does not run its letter.
    """

    def act() -> dict[str, int]:
        letter, found = _own(tx, invitation, actor, read)
        workspaces.meet(tx, letter.workspace, [account])
        one = Invitee(
            kind=found.kind,
            person=account.person,
            name=found.name,
            organisation=found.organisation,
            country=found.country,
        )
        entry = Entry(tx, letter, [one], by=actor.person)
        entry.add(one)
        if not entry.write().changed and found.kind is Kind.PERSON:
            invitation_rows.remove(tx, invitation)
        record(tx, letter, Act.INVITED, actor.person, count=1)
        return {"letter": letter.id}

    return once(tx, actor.workspace, trigger, act)["letter"]


@reading
def find(tx: Transaction, *, invitation: str, actor: Actor) -> tuple[Letter, Invitation]:
    """Return a letter and its invitation, if the actor may change it now.

    Raises:
        Refused: the invitation was removed, or the actor does not run its letter.
    """
    found = _found(tx, invitation)
    return admit(tx, found.letter, actor, Action.INVITE, lock=False), found


@reading
def page(
    tx: Transaction,
    *,
    letter: int,
    actor: Actor,
    state: InvitationState | None = None,
    number: int = 1,
    limit: int,
    keys: Keyring | None = None,
) -> InvitationPage:
    """Return a page of a letter's invitations, or of those in a state, as they were added.

    With `keys`, mails can be sent, and those who got one have their addresses as contacts.

    Raises:
        Refused: there is no such letter here, or the actor does not run it.
    """
    found = admit(tx, letter, actor, Action.SEE_STATUS, lock=False)
    counts = invitation_rows.counts(tx, letter)
    if state not in counts:
        # The last of them has another state by now.
        state = None
    there = counts[state] if state else sum(counts.values())
    pages = max(1, -(-there // limit))
    number = min(max(number, 1), pages)
    shown = mails.with_addresses(
        tx,
        keys,
        found.workspace,
        invitation_rows.of_letter(tx, letter, state=state, skip=(number - 1) * limit, limit=limit),
    )
    named = {
        one.id: one.name
        for one in shown
        if one.account is None
        and one.kind is Kind.PERSON
        and one.state is not InvitationState.SIGNED
    }
    signers = name_index.signers_named(tx, letter, [*named.values()])
    return InvitationPage(
        letter=found.as_seen_by(Role.ORGANISER, tx.now),
        invitations=tuple(shown),
        doubtful=frozenset(one for one, name in named.items() if sort_fold(name) in signers),
        state=state,
        number=number,
        pages=pages,
        counts=counts,
        may_change=refuse(found, Action.INVITE, role_in(tx, found, actor), tx.now) is None,
        earlier=letter_lookup.earlier(tx, found, actor),
        has_outside=invitation_rows.are_outside(tx, letter),
        has_addresses=mails.may_mail(found, keys) and bool(invitation_rows.addressed(tx, letter)),
    )


def announce(tx: Transaction, letter: Letter) -> None:
    """Queue the first message to people invited before the letter opened to all."""
    if letter.has_invitations:
        tell(tx, letter, invitation_rows.of_letter(tx, letter.id))
