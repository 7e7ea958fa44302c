"""Moves of an invitation and their authors, the time to wait for approval, and its match."""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.letters.endorsement import Kind
from bot.letters.invitation import (
    AUTHORS,
    MOVES,
    OPEN,
    Author,
    Invitation,
    InvitationIndex,
    InvitationKey,
    InvitationState,
    Saying,
    awaited_until,
    day_of,
    moved,
    whom,
    whom_for,
)
from bot.letters.people import Person
from bot.letters.refusals import Reason, Refusal
from bot.names import filing
from tests.support.scenes.worst import a_letter

NOW = datetime(2026, 3, 10, 10, tzinfo=UTC)
CLOSES = datetime(2026, 3, 31, 15, tzinfo=UTC)
LETTER = a_letter(deadline=CLOSES, closes_at=CLOSES)
ZONES = st.sampled_from(
    ["UTC", "Europe/Berlin", "Pacific/Kiritimati", "Pacific/Pago_Pago", "Asia/Kathmandu"]
)


def an_invitation(**changed: object) -> Invitation:
    facts: dict[str, object] = {
        "id": "a1", "letter": 7, "kind": Kind.PERSON, "person": Person("T1", "U1"), "name": "",
        "organisation": "", "country": "", "contact": "", "key": "T1:U1",
        "state": InvitationState.INVITED, "until": None, "note": "", "invited_at": NOW, "answered_at": None,
    }  # fmt: skip
    return Invitation(**(facts | changed))  # pyright: ignore[reportArgumentType] - each test its own facts


def an_organisation(
    name: str, country: str = "", number: str = "a1"
) -> tuple[InvitationKey, Invitation]:
    who = whom_for(name, country)
    invitation = an_invitation(
        id=number, kind=Kind.ORGANISATION, organisation=name, country=country, key=who.keys[-1][1]
    )
    return who.keys[-1], invitation


def test_who_may_say_what() -> None:
    """The asked one answers, organisers say the same and put it back, only the list says signed."""
    may = {voice: {saying for saying in Saying if voice in AUTHORS[saying]} for voice in Author}
    answers = {Saying.READ, Saying.AWAIT, Saying.DECLINE}
    assert may[Author.INVITED] == answers
    assert may[Author.ORGANISER] == answers | {Saying.PUT_BACK}
    assert may[Author.LIST] == {Saying.SIGN, Saying.WITHDRAW, Saying.LAPSE, Saying.DOUBT}


@pytest.mark.parametrize("saying", list(Saying))
@pytest.mark.parametrize("voice", list(Author))
@pytest.mark.parametrize("state", list(InvitationState))
def test_every_move(state: InvitationState, voice: Author, saying: Saying) -> None:
    """A move that the table does not hold is refused, and nobody talks a signature away."""
    found = moved(an_invitation(state=state), saying, voice)
    allowed = voice in AUTHORS[saying] and (state, saying) in MOVES
    assert (not isinstance(found, Refusal)) is allowed
    if isinstance(found, Refusal):
        assert found.reason is Reason.INVITATION_SIGNED
    elif voice is not Author.LIST:
        assert state is not InvitationState.SIGNED
        assert found is not InvitationState.SIGNED


def test_answers_can_change() -> None:
    """From every state but signed each answer can be given, also another one after it."""
    for state in [*OPEN, InvitationState.DECLINED]:
        for saying in (Saying.READ, Saying.AWAIT, Saying.DECLINE):
            assert (state, saying) in MOVES


@given(days=st.integers(-400, 400), tz=ZONES)
def test_awaited_days(days: int, tz: str) -> None:
    """A day from today to the day of the hard deadline, as the letter has it, and no other."""
    day = NOW.date() + timedelta(days=days)
    until = awaited_until(day, replace(LETTER, tz=tz), NOW)
    today, last = NOW.date(), CLOSES.astimezone(ZoneInfo(tz)).date()
    assert isinstance(until, Refusal) is not (today <= day <= last)
    if isinstance(until, Refusal):
        assert until.reason is (Reason.DAY_PASSED if day < today else Reason.DAY_TOO_LATE)
        assert until.field == "until"
    else:
        assert until > NOW
        assert day_of(until) == day


@pytest.mark.parametrize("day", [date.min, date.max])
@pytest.mark.parametrize("tz", ["Pacific/Kiritimati", "Pacific/Pago_Pago", "nowhere"])
def test_absurd_days(day: date, tz: str) -> None:
    """A day at the end of time is refused like any other."""
    assert isinstance(awaited_until(day, replace(LETTER, tz=tz), NOW), Refusal)


def test_after_the_deadline() -> None:
    """A letter that takes late signers waits for an approval for a year at most."""
    late = CLOSES + timedelta(days=1)
    in_a_month = awaited_until(late.date() + timedelta(days=30), LETTER, late)
    assert in_a_month == datetime(2026, 5, 2, tzinfo=UTC)
    assert isinstance(awaited_until(late.date() + timedelta(days=400), LETTER, late), Refusal)


def test_the_last_hours() -> None:
    """A letter that closes tonight by its own clock still takes that day, though it's over in UTC."""
    closes = datetime(2026, 3, 10, 5, tzinfo=UTC)
    letter = replace(LETTER, tz="America/Los_Angeles", deadline=closes, closes_at=closes)
    until = awaited_until(date(2026, 3, 9), letter, closes - timedelta(hours=1))
    assert until == datetime(2026, 3, 10, tzinfo=UTC)


def test_whom() -> None:
    """A person is their account, or the name of one without; spellings of a name are one."""
    assert whom(Person("T1", "U1"), "One").keys[0] == whom(Person("T1", "U1"), "Another").keys[0]
    assert whom(None, "First  member") == whom(None, "first Member")
    assert whom(None, "T1:U1") != whom(Person("T1", "U1"), "")


def test_one_organisation() -> None:
    """Spellings of one organisation are one invitation, unless both name a country and they differ."""
    key, invitation = an_organisation("The Open Web Group", "Germany")
    held = InvitationIndex({key: invitation})
    for name, country in (("Open Web Group", ""), ("OPEN WEB GROUP", "DE")):
        assert held.meant(whom_for(name, country))[1] == invitation
    other, found = held.meant(whom_for("Open Web Group", "France"))
    assert found is None
    assert other == (Kind.ORGANISATION, f"{filing.organisation_key('Open Web Group')}|fr")
    assert held.meant(whom_for("Open Web Guild", ""))[1] is None


def test_two_countries() -> None:
    """Two invited chapters are each found by their own country."""
    key, german = an_organisation("Open Web Group", "Germany")
    french = an_invitation(
        id="a2", kind=Kind.ORGANISATION, organisation="Open Web Group", country="France"
    )
    held = InvitationIndex({key: german, (Kind.ORGANISATION, f"{key[1]}|fr"): french})
    assert held.meant(whom_for("Open Web Group", "France"))[1] == french
    assert held.meant(whom_for("Open Web Group", "Germany"))[1] == german
    assert held.meant(whom_for("Open Web Group", "Spain"))[1] is None
    assert held.meant(whom_for("Open Web Group", ""))[1] == german
    assert held.surely(whom_for("Open Web Group", "France")) == french
    assert held.surely(whom_for("Open Web Group", "")) is None
