"""The elements of a view or message: the ways to use each, and what is typed into fields."""

from collections.abc import Callable, Iterator, Mapping
from datetime import datetime, timedelta
from typing import Any

from bot.demo import cast
from tests.support.filling import rich_text
from tests.support.reading import fields

ROUTED = {"command", "choose", "card", "row", "window"}
"""Actions whose value begins with what they do."""
TYPED = {
    ("amend", "body"): "We ask for a ferry after nine.",
    ("correct", "name"): "Wren Alder",
    ("sign", "organisation"): "Harbour Rights Network",
    ("add", "more"): "Wren Alder, Poet\nGuild of Bell Ringers",
    ("invite", "more"): "Wren Alder\nTansy Weir",
}
"""Words for fields whose form looks closely, by callback and block."""


def weight_of(element: dict[str, Any]) -> int:
    """Put what cannot be undone after everything else."""
    if element.get("style") == "danger":
        return 4
    return 1 if "confirm" in element else 0


def token(name: str, says: str, action: Mapping[str, Any], element: Mapping[str, Any]) -> str:
    """Tell apart the uses of one action id, but not the letters or rows that they are about."""
    chosen = action.get("selected_option") or {}
    value = str(chosen.get("value") or element.get("value") or "")
    if name == "window":
        return value.split(":")[1]
    if name in ROUTED:
        return value.partition(" ")[0].partition(":")[0]
    return says if chosen else element["action_id"].partition(":")[2].rstrip("0123456789")


def acts(
    block: dict[str, Any], element: dict[str, Any], now: datetime
) -> Iterator[tuple[str, dict[str, Any]]]:
    """Give each way to use an element, and what it says."""
    if block["type"] == "input" and not block.get("dispatch_action"):
        return
    action = {"block_id": block["block_id"], "action_id": element["action_id"]}
    match element["type"]:
        case "button":
            yield element["text"]["text"], action
        case "overflow" | "static_select" | "radio_buttons":
            for option in element["options"]:
                if option != element.get("initial_option"):
                    yield option["text"]["text"], action | {"selected_option": option}
        case _:
            yield element["type"], action | held(element, now)


def held(element: dict[str, Any], now: datetime) -> dict[str, Any]:
    """Return the value of an element that somebody used."""
    kind, ahead = element["type"], int((now + timedelta(days=2)).timestamp())
    ways: dict[str, Callable[[], dict[str, Any]]] = {
        "rich_text_input": lambda: {"rich_text_value": rich_text("Keep the ferries running")},
        "number_input": lambda: {"value": element.get("min_value", "5")},
        "static_select": lambda: {"selected_option": element["options"][-1]},
        "radio_buttons": lambda: {"selected_option": element["options"][-1]},
        "checkboxes": lambda: {"selected_options": element["options"]},
        "multi_static_select": lambda: {"selected_options": element["options"]},
        "users_select": lambda: {"selected_user": cast.TANSY},
        "multi_users_select": lambda: {"selected_users": [cast.TANSY]},
        "multi_conversations_select": lambda: {"selected_conversations": [cast.OPEN_INTERNET]},
        "multi_channels_select": lambda: {"selected_channels": [cast.OPEN_INTERNET]},
        "datepicker": lambda: {"selected_date": (now - timedelta(days=2)).date().isoformat()},
        "datetimepicker": lambda: {"selected_date_time": ahead},
    }
    return ways.get(kind, lambda: {"value": "Society of Paper Kites"})()


def filled(view: dict[str, Any], now: datetime) -> dict[str, Any]:
    """Fill in each empty field of a form, and those of `TYPED`."""
    values: dict[str, Any] = {}
    kept: dict[str, Any] = view["state"]["values"]
    for block, element in fields(view["blocks"]):
        name, action = block["block_id"], element["action_id"]
        before = kept.get(name, {}).get(action, {})
        typed = TYPED.get((view["callback_id"], name.partition(".")[0]))
        empty = not any(value for key, value in before.items() if key != "type")
        if block["type"] == "input" and (typed or empty):
            new = held(element, now)
            if typed:
                is_rich = element["type"] == "rich_text_input"
                new = {"rich_text_value": rich_text(typed)} if is_rich else {"value": typed}
            values.setdefault(name, {})[action] = {"type": element["type"], **new}
    return values
