"""Payloads of Slack are read as far as the bot needs them, and quoted nowhere."""

from typing import Any

import pytest

from bot.slack.models.shapes import (
    BlockActions,
    EventCallback,
    Memory,
    OfLetter,
    OpenView,
    ShortcutUse,
    SlashCommand,
    ViewClosed,
    ViewSubmission,
)
from bot.slack.models.values import Shape

SECRET = "kanarienvogel"
USER = {"id": "U1", "team_id": "T2", "name": SECRET}
VIEW = {"id": "V1", "type": "modal", "app_installed_team_id": "T1"}
DONE = {"trigger_id": "t", "user": USER, "team": {"id": "T1"}}


@pytest.mark.parametrize("nothing", [None, {}])
def test_absent_or_null(nothing: object) -> None:
    """A field that Slack may leave out can be absent or null at any depth."""
    pressed = {"action_id": "sign:7", "value": None, "selected_option": nothing}
    several = {"message": nothing, "container": nothing, "state": nothing, "response_url": None}
    click = BlockActions.model_validate(DONE | several | {"actions": [pressed], "view": None})
    view = OpenView.model_validate(VIEW | {"state": nothing, "private_metadata": None})
    shortcut = ShortcutUse.model_validate(DONE | {"callback_id": "start", "message": nothing})

    at_home = BlockActions.model_validate(DONE | {"user": {"id": "U1"}})
    assert (click.workspace, click.home_team, click.action_id) == ("T1", "T2", "sign:7")
    assert at_home.home_team is None
    assert (click.pressed, click.chosen, click.filled_in) == (None, None, None)
    assert (view.values.text("name"), view.values.ids("people")) == ("", [])
    assert shortcut.message_text is None


def test_the_first_block_counts() -> None:
    """The first of two blocks of one field is read, whatever number is behind its dot."""
    typed = {"name.2": {"a": {"value": "second"}}, "name.1": {"a": {"value": "first"}}}
    blocks: list[dict[str, Any]] = [
        {"type": "divider"},
        {"block_id": "name.1"},
        {"block_id": "name.2"},
    ]

    view = OpenView.model_validate(VIEW | {"state": {"values": typed}, "blocks": blocks})

    assert view.values.text("name") == "first"


@pytest.mark.parametrize(
    ("shape", "payload"),
    [
        (SlashCommand, {"team_id": "T1", "user_id": f"{SECRET}\n", "command": [SECRET]}),
        (BlockActions, DONE | {"user": SECRET, "actions": [{"value": [SECRET]}]}),
        (ViewSubmission, DONE | {"view": VIEW | {"state": {"values": {"a": SECRET}}}}),
        (ViewSubmission, DONE | {"view": VIEW | {"blocks": [SECRET]}}),
        (ViewClosed, DONE | {"view": SECRET}),
        (EventCallback, {"team_id": "T1", "event_id": SECRET * 40, "event": SECRET}),
        (OfLetter, {"letter": SECRET}),
    ],
)
def test_errors_quote_nothing(shape: type[Shape], payload: dict[str, Any]) -> None:
    """A payload of another shape is refused by an error that says none of its words."""
    with pytest.raises(ValueError, match="validation error") as refused:
        shape.model_validate(payload)

    assert SECRET not in f"{refused.value}{refused.value!r}"


def test_memories_fit_each_other() -> None:
    """A view's memory is read back as it was kept, also by a version that knows less of it."""
    kept = OfLetter(letter=7, window="7:signers:", below="V1").kept()
    view = OpenView.model_validate(VIEW | {"private_metadata": kept})

    assert OfLetter.of(view) == OfLetter(letter=7, window="7:signers:", below="V1")
    assert Memory.of(view) == Memory(window="7:signers:", below="V1")
    assert Memory.of(OpenView.model_validate(VIEW)) == Memory()
