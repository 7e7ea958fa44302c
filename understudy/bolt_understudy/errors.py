from typing import Any


class SlackError(Exception):
    """A call that Slack refuses, with the name of Slack's error.

    `detail` is a sentence for the people who use the local Slack; `extra` are further keys of the
    answer, such as `needed` and `provided` of `missing_scope`.
    """

    def __init__(self, error: str, detail: str = "", **extra: Any) -> None:
        super().__init__(error)
        self.error = error
        self.detail = detail
        self.extra = extra

    def answer(self) -> dict[str, Any]:
        """Return the body of Slack's answer."""
        return {"ok": False, "error": self.error, **self.extra}


def invalid_arguments(*messages: str) -> SlackError:
    """Return the error for malformed arguments, with Slack's `[ERROR]` lines."""
    return SlackError(
        "invalid_arguments",
        detail="; ".join(messages),
        response_metadata={"messages": [f"[ERROR] {message}" for message in messages]},
    )
