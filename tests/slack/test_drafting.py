"""What comes back from the form of a letter."""

import pytest

from bot.letters.refusals import Reason, Refused
from bot.slack.drafting import _goal


@pytest.mark.parametrize(("typed", "goal"), [("", None), (" 20 ", 20), ("0", 0), ("٢٠", 20)])
def test_goal(typed: str, goal: int | None) -> None:
    """A goal is a whole number in any digits; an empty field is no goal."""
    assert _goal(typed) == goal


@pytest.mark.parametrize("typed", ["1.5", "-3", "many", "²", "9" * 5000])
def test_no_goal(typed: str) -> None:
    """What is no whole number is refused beside the field, and never breaks the form."""
    with pytest.raises(Refused) as refused:
        _goal(typed)

    assert refused.value.refusal.field == "goal"
    assert refused.value.refusal.reason is Reason.NOT_A_NUMBER
