"""Invitations of the kind that is hardest on Slack's limits."""

from collections import Counter
from datetime import timedelta
from typing import Any

from bot.features.invitations.use_cases.answers import Addressee
from bot.features.invitations.use_cases.invitations import InvitationPage
from bot.letters.endorsement import Kind
from bot.letters.invitation import Invitation, InvitationState
from bot.letters.letter import Letter
from bot.letters.people import Person
from bot.letters.phases import Phase
from tests.support.scenes.worst import a_letter
from tests.support.scenes.worst_facts import NOW


def an_invitation(
    number: int = 1, state: InvitationState = InvitationState.INVITED, **changes: Any
) -> Invitation:
    """A person who was invited; with `organisation` it is one, and they its contact."""
    facts: dict[str, Any] = {
        "id": f"a{number:025}",
        "letter": 7,
        "kind": Kind.ORGANISATION if changes.get("organisation") else Kind.PERSON,
        "person": Person("T0COALITION", "U0MEMBER1"),
        "name": "",
        "organisation": "",
        "country": "",
        "contact": "",
        "key": f"k{number}",
        "state": state,
        "until": NOW + timedelta(days=9) if state is InvitationState.AWAITING else None,
        "note": "",
        "invited_at": NOW,
        "answered_at": None if state is InvitationState.INVITED else NOW,
    }
    return Invitation(**(facts | changes))


def an_addressee(
    *invitations: Invitation,
    letter: Letter | None = None,
    phase: Phase = Phase.OPEN,
    by: bool = True,
) -> Addressee:
    """Make somebody with invitations; one invitation of themselves if none is given."""
    return Addressee(
        letter=letter or a_letter(),
        phase=phase,
        invitations=invitations or (an_invitation(),),
        by=Person("T0COALITION", "U0ORGANISER") if by else None,
    )


def an_invitation_page(
    *invitations: Invitation, letter: Letter | None = None, **changes: Any
) -> InvitationPage:
    """A page of those who were invited; `changes` are its fields."""
    facts: dict[str, Any] = {
        "letter": letter or a_letter(),
        "invitations": invitations,
        "number": 1,
        "pages": 1,
        "counts": dict(Counter(invitation.state for invitation in invitations)),
        "may_change": True,
    }
    return InvitationPage(**(facts | changes))
