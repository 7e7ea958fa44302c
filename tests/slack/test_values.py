"""The values that come back from the fields of a form."""

import pytest

from bot.letters.refusals import Reason, Refused
from bot.slack.models.values import Values


def typed_into_goal(typed: str) -> Values:
    return Values({"goal": {"value": {"value": typed}}}, ("goal",))


@pytest.mark.parametrize(("typed", "goal"), [("", None), (" 20 ", 20), ("0", 0), ("٢٠", 20)])
def test_number(typed: str, goal: int | None) -> None:
    """A number is a whole one in any digits; an empty field is none."""
    assert typed_into_goal(typed).number("goal") == goal


@pytest.mark.parametrize("typed", ["1.5", "-3", "many", "²", "9" * 5000])
def test_no_number(typed: str) -> None:
    """A value that is no whole number is refused beside the field, and never breaks the form."""
    with pytest.raises(Refused) as refused:
        typed_into_goal(typed).number("goal")

    assert refused.value.refusal.field == "goal"
    assert refused.value.refusal.reason is Reason.NOT_A_NUMBER
