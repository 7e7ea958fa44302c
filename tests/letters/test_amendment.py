"""The time of a reminder of an amendment, and the refusals of one."""

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from bot.letters.amendment import Amendment, AmendmentKind, refuse_amendment, reminder_due
from bot.letters.refusals import Reason
from bot.letters.send_windows import in_window
from bot.letters.text import LetterText
from tests.support.scenes.worst import a_letter

FRIDAY = datetime(2026, 3, 13, 12, tzinfo=UTC)


def an_amendment(answer_by: datetime, made_at: datetime) -> Amendment:
    return Amendment(
        id="a",
        letter=7,
        kind=AmendmentKind.MATERIAL,
        from_sha256="0" * 64,
        to_sha256="1" * 64,
        meaning=2,
        note="Why.",
        answer_by=answer_by,
        made_at=made_at,
    )


def test_a_day_before() -> None:
    """It comes a day before the time is up, where that is in one's daytime."""
    made = an_amendment(FRIDAY, FRIDAY - timedelta(days=7))
    assert reminder_due(made, "UTC", FRIDAY - timedelta(days=3)) == FRIDAY - timedelta(days=1)


@pytest.mark.parametrize("tz", ["UTC", "Pacific/Auckland", "America/Los_Angeles", "Asia/Kolkata"])
@pytest.mark.parametrize("days", range(7))
def test_in_daytime(tz: str, days: int) -> None:
    """On any day and in any zone, it comes in one's daytime, before the time is up."""
    until = FRIDAY + timedelta(days=days)
    due = reminder_due(an_amendment(until, until - timedelta(days=9)), tz, until - timedelta(3))

    assert due is not None
    assert in_window(due, tz)
    assert until - timedelta(days=3) <= due < until


def test_never_too_soon() -> None:
    """A signer who was asked less than a day before is not reminded."""
    made = FRIDAY - timedelta(hours=30)
    assert reminder_due(an_amendment(FRIDAY, made), "UTC", made) is None


def test_late() -> None:
    """A reminder that is late comes in the next daytime before the time is up."""
    made = an_amendment(FRIDAY, FRIDAY - timedelta(days=7))
    assert reminder_due(made, "UTC", FRIDAY - timedelta(hours=1)) == FRIDAY - timedelta(hours=1)
    assert reminder_due(made, "UTC", FRIDAY) is None


@pytest.mark.parametrize(
    ("changed", "field", "reason"),
    [
        ({"text": LetterText.of("Title", "", " \n")}, "body", Reason.EMPTY),
        ({"text": LetterText.of("Title", "", "x" * 100_001)}, "body", Reason.TOO_LONG),
        ({"note": " "}, "note", Reason.EMPTY),
        ({"note": "x" * 601}, "note", Reason.TOO_LONG),
        ({"answer_by": None}, "answer_by", Reason.ANSWER_TOO_SOON),
        ({"answer_by": FRIDAY + timedelta(hours=23)}, "answer_by", Reason.ANSWER_TOO_SOON),
    ],
)
def test_refused(changed: dict[str, Any], field: str, reason: Reason) -> None:
    """A refusal of an amendment names the field that is wrong."""
    given: dict[str, Any] = {
        "text": LetterText.of("Title", "", "Other words."),
        "kind": AmendmentKind.MATERIAL,
        "note": "Why.",
        "answer_by": FRIDAY + timedelta(days=1),
    }
    refusal = refuse_amendment(a_letter(), now=FRIDAY, **given | changed)
    assert refusal is not None
    assert (refusal.field, refusal.reason) == (field, reason)
