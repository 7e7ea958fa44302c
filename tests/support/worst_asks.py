"""Asks of the kind that is hardest on Slack's limits."""

from collections import Counter
from datetime import timedelta
from typing import Any

from bot.features.invitations.use_cases.answers import Asking
from bot.features.invitations.use_cases.invitations import AskPage
from bot.letters.endorsement import Kind
from bot.letters.invitation import Ask, AskState
from bot.letters.letter import Letter
from bot.letters.people import Person
from bot.letters.phases import Phase
from tests.support.worst import a_letter
from tests.support.worst_facts import NOW


def an_ask(number: int = 1, state: AskState = AskState.ASKED, **changes: Any) -> Ask:
    """A person who was asked; with `organisation` it is one, and they its contact."""
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
        "until": NOW + timedelta(days=9) if state is AskState.AWAITING else None,
        "note": "",
        "asked_at": NOW,
        "answered_at": None if state is AskState.ASKED else NOW,
    }
    return Ask(**(facts | changes))


def an_asking(
    *asks: Ask, letter: Letter | None = None, phase: Phase = Phase.OPEN, by: bool = True
) -> Asking:
    """What somebody is asked; one ask of themselves if none is given."""
    return Asking(
        letter=letter or a_letter(),
        phase=phase,
        asks=asks or (an_ask(),),
        by=Person("T0COALITION", "U0ORGANISER") if by else None,
    )


def an_ask_page(*asks: Ask, letter: Letter | None = None, **changes: Any) -> AskPage:
    """A page of those who were asked; `changes` are its fields."""
    facts: dict[str, Any] = {
        "letter": letter or a_letter(),
        "asks": asks,
        "number": 1,
        "pages": 1,
        "counts": dict(Counter(ask.state for ask in asks)),
        "may_change": True,
    }
    return AskPage(**(facts | changes))
