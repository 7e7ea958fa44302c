from typing import Any

import orjson
from aiohttp import web

from bolt_understudy.errors import SlackError, invalid_arguments

FALSE = {"", "0", "false", "False", "no", "null"}


class Arguments:
    """The arguments of one Web API call, in whichever form they were sent."""

    def __init__(self, values: dict[str, Any]) -> None:
        self.values = values

    def __contains__(self, name: str) -> bool:
        return self.values.get(name) is not None

    def text(self, name: str, default: str = "") -> str:
        """Return a string argument, or the default."""
        value = self.values.get(name)
        return default if value is None else str(value)

    def required(self, name: str) -> str:
        """Return a required string argument.

        Raises:
            SlackError: `invalid_arguments` without it.
        """
        if not (value := self.text(name)):
            raise invalid_arguments(f"missing required field: {name}")
        return value

    def flag(self, name: str, *, default: bool = False) -> bool:
        """Return a boolean, given as JSON or as `1`, `0`, `true` or `false`."""
        value = self.values.get(name)
        if value is None:
            return default
        return str(value) not in FALSE

    def number(self, name: str, default: int) -> int:
        """Return a whole number.

        Raises:
            SlackError: `invalid_arguments` for any other value.
        """
        value = self.text(name)
        try:
            return int(value) if value else default
        except ValueError as error:
            raise invalid_arguments(f"must be a number: {name}") from error

    def structure(self, name: str, error: str) -> Any:
        """Return a JSON argument, parsed if it was sent as a string; None if it is absent.

        Args:
            name: the argument.
            error: Slack's error for a string that is not JSON.

        Raises:
            SlackError: that error.
        """
        value = self.values.get(name)
        if not isinstance(value, str):
            return value
        if not value:
            return None
        try:
            return orjson.loads(value)
        except orjson.JSONDecodeError as cause:
            raise SlackError(error, f"{name} is not JSON: {cause}") from cause

    def items(self, name: str) -> list[str]:
        """Return a list, given as JSON or separated by commas."""
        value = self.values.get(name)
        if isinstance(value, list):
            return [str(item) for item in value]
        return [item.strip() for item in self.text(name).split(",") if item.strip()]


async def read_arguments(request: web.Request) -> tuple[str, Arguments]:
    """Return the token and the arguments of a call, from its query, form or JSON.

    Raises:
        SlackError: `invalid_json` or `json_not_object` for a JSON body that is not an object.
    """
    values: dict[str, Any] = dict(request.query)
    if request.body_exists:
        kind = request.content_type
        if kind == "application/json":
            body = await request.read()
            try:
                parsed: Any = orjson.loads(body) if body else {}
            except orjson.JSONDecodeError as error:
                raise SlackError("invalid_json", str(error)) from error
            if not isinstance(parsed, dict):
                raise SlackError("json_not_object")
            values |= parsed
        else:
            values |= {
                key: value
                for key, value in (await request.post()).items()
                if isinstance(value, str)
            }
    token = values.pop("token", "") or ""
    header = request.headers.get("Authorization", "")
    if header.startswith("Bearer "):
        token = header.removeprefix("Bearer ").strip()
    return token, Arguments(values)
