from typing import Any

from bolt_understudy.block_kit import check_message, check_view
from bolt_understudy.errors import SlackError, invalid_arguments
from bolt_understudy.local_slack import LocalSlack
from bolt_understudy.web_api.arguments import Arguments

KINDS = ("blocks", "message", "view")


def blocks_validate(_: LocalSlack, args: Arguments) -> dict[str, Any]:
    """blocks.validate: check blocks without showing them to anybody.

    Raises:
        SlackError: `invalid_blocks`, `invalid_message` or `invalid_view`, with each problem.
    """
    given = [kind for kind in KINDS if kind in args]
    if len(given) != 1:
        raise invalid_arguments("must provide exactly one of `blocks`, `view`, or `message`")
    (kind,) = given
    what = args.structure(kind, "invalid_arguments")
    if kind == "view":
        problems = check_view(what)
    else:
        problems = check_message(what.get("blocks", []) if kind == "message" else what)
    if problems:
        errors = [
            {
                "code": "failed_constraint",
                "message": one.message,
                "pointer": one.pointer.removeprefix(f"/{kind}"),
            }
            for one in problems
        ]
        raise SlackError(f"invalid_{kind}", errors=errors)
    return {"ok": True}
