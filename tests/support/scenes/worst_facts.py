"""Endorsements, cards and pages of the kind that is hardest on Slack's limits."""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from typing import Any

from bot.features.delivery.rules import Listed
from bot.features.desk.use_cases.home import Held, HomePage
from bot.features.desk.use_cases.status import LatestEntry, Status
from bot.features.reminders.use_cases.progress import Progress
from bot.letters.endorsement import Capacity, Endorsement, Facts, Kind, Signature
from bot.letters.letter import Letter, Posting, PostingState, Tally
from bot.letters.order import group
from bot.letters.people import Person
from bot.letters.rules import Rules
from bot.letters.signatory import Signatory
from tests.support.scenes.worst import a_letter

NOW = datetime(2026, 3, 10, 10, tzinfo=UTC)


def a_posting(number: int = 1, state: PostingState = PostingState.UP, error: str = "") -> Posting:
    """A card in a channel of its own."""
    return Posting(
        id=f"p{number:025}",
        letter=7,
        workspace="T0COALITION",
        channel=f"C0CHANNEL{number}",
        message_ts=None,
        state=state,
        error=error,
    )


def an_endorsement(entry: str = "First Member", number: int = 1) -> Endorsement:
    """A signature that was kept, by the entry that it put on the list."""
    return Endorsement(
        id=f"e{number:025}",
        letter=7,
        signatory=f"s{number:025}",
        person=Person("T0COALITION", "U0MEMBER1"),
        signature=Signature(
            capacity=Capacity.INDIVIDUAL,
            facts=Facts(name=entry),
            entry=entry,
            sort_name=entry,
            sort_fold=entry,
            sort_key=entry,
            key="k",
            text_sha256="0" * 64,
            consent="Yes.",
        ),
        signed_at=NOW - timedelta(hours=number),
    )


def a_listed(party: Signatory, given: Endorsement) -> Listed:
    """An entry of a list, as it is read of a signatory and the endorsement that it carries."""
    facts = given.signature.facts
    return Listed(
        group_no=group(party, Rules()),
        pinned=party.pinned,
        prefix="",
        sort_key=party.sort_key,
        entry=party.entry,
        id=party.id,
        kind=party.kind.value,
        standing=party.standing.value,
        late=party.late,
        came_at=party.came_at if party.late else None,
        name=facts.name,
        title=facts.title,
        affiliation=facts.affiliation,
        organisation=facts.organisation,
        country=facts.country,
        via=facts.via,
        web=facts.web,
        represented=facts.represented,
        heading=party.heading,
        role=facts.role,
        sort_name=given.signature.sort_name,
        stands_for=given.stands_for,
        meaning=given.meaning,
        source=given.source,
        corrected=given.corrected_at is not None,
    )


def a_signatory(entry: str = "First Member", number: int = 1, **changes: Any) -> Signatory:
    """A person on the list, by the entry; `changes` are its fields."""
    signatory = Signatory(
        id=f"s{number:025}",
        letter=7,
        kind=Kind.PERSON,
        key="k",
        entry=entry,
        sort_fold=entry,
        sort_key=entry,
        came_at=NOW - timedelta(hours=number),
        endorsements=1,
        speaker=f"e{number:025}",
    )
    return replace(signatory, **changes)


def a_held(letter: Letter | None = None, entry: str = "First Member", **changes: Any) -> Held:
    """One thing that somebody signed; `changes` are fields of its `Signatory`."""
    return Held(
        letter=letter or a_letter(),
        endorsement=an_endorsement(entry),
        party=a_signatory(entry, **changes),
    )


def a_progress(**changes: Any) -> Progress:
    """Make the progress of reminders; `changes` are its fields, and all others are zero."""
    facts: dict[str, Any] = {
        "sent": 0,
        "waiting": 0,
        "later": 0,
        "failed": 0,
        "hindrance": "",
    }
    return Progress(**(facts | changes))


def a_status(letter: Letter | None = None, **changes: Any) -> Status:
    """Make a letter's status after two days; `changes` are its fields."""
    facts: dict[str, Any] = {
        "letter": letter or a_letter(),
        "now": NOW,
        "days": (
            (date(2026, 3, 4), Tally(people=1, organisations=12)),
            (date(2026, 3, 6), Tally(people=1, organisations=3)),
        ),
        "latest": (LatestEntry("First Member", NOW),),
        "postings": (a_posting(),),
        "reminders": a_progress(sent=4, later=2),
        "next_reminder": NOW + timedelta(days=1),
    }
    return Status(**(facts | changes))


def a_home(**changes: Any) -> HomePage:
    """Make the page of a full member to whom nothing has happened; `changes` are its fields."""
    facts: dict[str, Any] = {
        "open_letters": (),
        "signed": (),
        "organised": (),
        "may_start": True,
    }
    return HomePage(**(facts | changes))
