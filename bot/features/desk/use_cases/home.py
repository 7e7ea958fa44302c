"""The content of the App Home, and the record of its opening."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from bot.features.desk.use_cases.needs import Need, needs
from bot.features.invitations import rows as invitation_rows
from bot.letters import notices
from bot.letters.endorsement import Endorsement
from bot.letters.invitation import InvitationState
from bot.letters.letter import Letter, refuse
from bot.letters.people import Actor, Membership, Person, Role
from bot.letters.phases import Action, Phase
from bot.letters.signatory import Signatory
from bot.storage import endorsements, letters, outbox, signatories, workspaces
from bot.storage.database import Transaction, reading, writing
from bot.storage.workspaces import Acquaintance
from bot.use_cases.gate import once
from bot.use_cases.letter_lookup import roles_of

MOST_OWN = 15
"""Most letters of an organiser on the Home."""
_MAY_BE_OPEN = tuple(phase for phase in Phase if phase.takes_signatures)


@dataclass(frozen=True, slots=True, kw_only=True)
class Held:
    """A person's signature on a letter."""

    letter: Letter
    endorsement: Endorsement
    party: Signatory
    """The signatory that the signature is for, with its standing."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Own:
    """A letter that the person runs."""

    letter: Letter
    invited: Mapping[InvitationState, int] = field(default_factory=dict[InvitationState, int])
    """Number of invitations in each state; a state without any is missing."""


@dataclass(frozen=True, slots=True, kw_only=True)
class HomePage:
    """Content of a person's Home tab."""

    needs: tuple[Need, ...] = ()
    """In the order of their letters; of those that they began, the most urgent first."""
    at_page: int = 1
    open_letters: tuple[Letter, ...]
    signed: tuple[Held, ...]
    """The person's signatures, newest first."""
    organised: tuple[Own, ...]
    """Letters the person runs, at most `MOST_OWN`: those they began, newest first, then as added."""
    more_organised: int = 0
    may_start: bool


@writing
def opened(
    tx: Transaction, *, workspace: str, met: Acquaintance | None, person: Person, trigger: str
) -> None:
    """Queue a redraw of a person's App Home, once for each event (`trigger`).

    With `met`, the person's Slack profile, later changes redraw their Home as well. It is None if
    Slack did not answer.
    """

    def act() -> None:
        if met is not None:
            workspaces.meet(tx, workspace, [met])
            workspaces.open_home(tx, workspace, met.person)
        outbox.owe(tx, workspace, [notices.home(person)])

    once(tx, workspace, trigger, act)


@reading
def page(tx: Transaction, *, actor: Actor, number: int = 1) -> HomePage:
    """Return the content of a person's Home tab, or of a further page of its lists."""
    is_member = actor.membership is Membership.MEMBER
    organised, open_needs = run_by(tx, actor.workspace, actor.person) if is_member else ([], [])
    role_of = roles_of(tx, actor)
    held = endorsements.everything_held_by(tx, actor.person)
    theirs = letters.find_many(tx, {endorsement.letter for endorsement in held})
    parties = signatories.find_many(tx, {endorsement.signatory for endorsement in held})
    return HomePage(
        needs=tuple(open_needs),
        at_page=number,
        open_letters=tuple(
            one.as_seen_by(role_of(one), tx.now)
            for one in letters.in_workspace(tx, actor.workspace, phases=_MAY_BE_OPEN)
            if refuse(one, Action.SIGN, role_of(one), tx.now) is None
        ),
        signed=tuple(
            Held(
                letter=theirs[one.letter].as_seen_by(role_of(theirs[one.letter]), tx.now),
                endorsement=one,
                party=parties[one.signatory],
            )
            for one in held
            if theirs[one.letter].workspace == actor.workspace
        ),
        organised=tuple(own(tx, one) for one in organised[MOST_OWN * (number - 1) :][:MOST_OWN]),
        more_organised=max(0, len(organised) - MOST_OWN * number),
        may_start=is_member,
    )


def run_by(tx: Transaction, workspace: str, person: Person) -> tuple[list[Letter], list[Need]]:
    """Return an organiser's letters and needs: those of letters that they began come first."""
    ranks = letters.ranks(tx, person)
    runs = letters.in_workspace(tx, workspace, organiser=person)
    runs.sort(key=lambda one: ranks[one.id])
    organised = [one.as_seen_by(Role.ORGANISER, tx.now) for one in runs]
    return organised, sorted(needs(tx, organised), key=lambda one: ranks[one.letter.id])


def own(tx: Transaction, letter: Letter) -> Own:
    """Return a letter for its organiser, with the states of its invitations."""
    invited = invitation_rows.counts(tx, letter.id) if letter.has_invitations else {}
    return Own(letter=letter, invited=invited)
