"""The checks that Slack's own client makes before it sends a modal."""

import re
from typing import Any

from bolt_understudy.workspace.inputs import HELD, Values

REQUIRED = "Please complete this required field."
EMAIL = re.compile(r"(?<![^@\s])[^@\s]++@[^@\s]+\.[^@\s]+")
URL = re.compile(r"(?<![a-z0-9+.-])[a-z][a-z0-9+.-]*+://\S+", re.IGNORECASE)
NUMBER = re.compile(r"-?\d+(\.\d+)?")


def refusals(blocks: list[dict[str, Any]], values: Values) -> dict[str, str]:
    """Return the problems by block id; {} if the modal may be sent."""
    wrong: dict[str, str] = {}
    for block in blocks:
        if block["type"] != "input":
            continue
        element = block["element"]
        key, _ = HELD[element["type"]]
        value = values[block["block_id"]][element["action_id"]].get(key)
        if not value or (isinstance(value, str) and not value.strip()):
            if not block.get("optional"):
                wrong[block["block_id"]] = REQUIRED
        elif complaint := _complaint(element, value):
            wrong[block["block_id"]] = complaint
    return wrong


def _complaint(element: dict[str, Any], value: Any) -> str:
    match element["type"]:
        case "plain_text_input":
            return _length_complaint(element, value)
        case "email_text_input" if not EMAIL.fullmatch(value):
            return "Please enter a valid email address."
        case "url_text_input" if not URL.fullmatch(value):
            return "Please enter a valid URL."
        case "number_input":
            return _number_complaint(element, str(value))
        case _:
            return ""


def _length_complaint(element: dict[str, Any], value: str) -> str:
    least, most = element.get("min_length", 0), element.get("max_length", 3000)
    if len(value) < least:
        return f"Please enter at least {least} characters."
    if len(value) > most:
        return f"Please shorten this to at most {most} characters."
    return ""


def _number_complaint(element: dict[str, Any], value: str) -> str:
    if not NUMBER.fullmatch(value) or ("." in value and not element.get("is_decimal_allowed")):
        return "Please enter a valid number."
    if "min_value" in element and float(value) < float(element["min_value"]):
        return f"Please enter a number of at least {element['min_value']}."
    if "max_value" in element and float(value) > float(element["max_value"]):
        return f"Please enter a number of at most {element['max_value']}."
    return ""
