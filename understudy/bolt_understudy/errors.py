from typing import Any


class SlackError(Exception):
    """A call that Slack refuses, by the name of its error.

    `detail` is a sentence for the people who use the local Slack; `extra` are further keys of the
    answer, such as `needed` and `provided` of `missing_scope`.
    """

    def __init__(self, error: str, detail: str = "", **extra: Any) -> None:
        super().__init__(error)
        self.error = error
        self.detail = detail
        self.extra = extra

    def answer(self) -> dict[str, Any]:
        """The body Slack gives."""
        return {"ok": False, "error": self.error, **self.extra}


def invalid_arguments(*messages: str) -> SlackError:
    """The error of a call whose arguments have the wrong form, with Slack's `[ERROR]` lines."""
    return SlackError(
        "invalid_arguments",
        detail="; ".join(messages),
        response_metadata={"messages": [f"[ERROR] {message}" for message in messages]},
    )
