"""Pages of a modal: the buttons that turn them, and the turning."""

from slack_sdk.errors import SlackApiError

from bot.locales import Words
from bot.slack.api_errors import said
from bot.slack.block_kit import Blocks, button
from bot.slack.payloads import Click


def arrows(t: Words, action: str, *, back: str | None, on: str | None) -> Blocks:
    """Return the buttons to the previous and next pages that have a value, for `action`."""
    buttons: Blocks = []
    if back is not None:
        buttons.append(button(t("← Previous"), f"{action}:back", back))
    if on is not None:
        buttons.append(button(t("Next →"), f"{action}:on", on))
    return buttons


async def turn(click: Click, view: dict[str, object]) -> None:
    """Show another page in the place of the click's; a second click on the same changes nothing.

    Raises:
        SlackApiError: Slack refused the page for another reason.
    """
    try:
        await click.update(view)
    except SlackApiError as error:
        if said(error).name != "hash_conflict":
            raise
