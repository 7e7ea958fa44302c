"""The letter's window, a modal of four parts, and the window of all letters.

The memory of a window contains its current place, and so does that of views on top of it, so that
the window is redrawn when they are closed (`slack/door`).

A view with slow data opens immediately and is filled later (`fill`): Slack waits 3 s for the answer
to a click, and reading everybody in a large workspace takes longer.
"""

from collections.abc import Awaitable, Callable
from dataclasses import dataclass, replace
from enum import StrEnum
from typing import Any, Self

import structlog
from aiohttp import ClientError
from slack_sdk.errors import SlackClientError

from bot.letters.letter import Letter
from bot.letters.people import Role
from bot.letters.phases import ALLOWED, Action
from bot.letters.refusals import Refused
from bot.locales import Words
from bot.logs import name_of
from bot.slack.block_kit import Blocks, View, actions, button, modal, section
from bot.slack.models.shapes import Memory, OfLetter
from bot.slack.page_parts import title_block
from bot.slack.payloads import Answer, Asked, Submission, update
from bot.slack.refusal_words import notice_view, sentence, trouble

log = structlog.get_logger()

SAID = "said"
"""Key of an answer that closes its view: the result to show in the window below (`mrkdwn`)."""


class Part(StrEnum):
    """Part of a window."""

    LETTERS = "letters"
    """Everything that the App Home shows, in the window of all letters."""
    OVERVIEW = "overview"
    SIGNERS = "signers"
    INVITED = "invited"
    SETTINGS = "settings"
    DELIVERY = "delivery"
    """The last look before the delivery, then the delivered copy."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Place:
    """Position in a window."""

    letter: int = 0
    """Number of the letter; 0 in the window of all letters."""
    part: Part = Part.LETTERS
    at: str = ""
    """Page within the part, in the part's own format; "" for the first page."""

    def __str__(self) -> str:
        return f"{self.letter}:{self.part.value}:{self.at}"

    @classmethod
    def parse(cls, text: str) -> Self:
        """Parse the text that `str(place)` returned.

        Raises:
            ValueError: the text is not a place.
        """
        letter, part, at = text.split(":", 2)
        return cls(letter=int(letter), part=Part(part), at=at)


def part_button(label: str, place: Place) -> dict[str, Any]:
    """Return a button that shows a place, in the current window or in a new one."""
    return button(label, f"window:{place.part.value}", str(place))


def frame(
    t: Words,
    letter: Letter,
    place: Place,
    blocks: Blocks,
    *,
    said: str = "",
    submit: str | None = None,
) -> View:
    """Return a letter's window, showing one of its parts.

    Args:
        t: The organiser's language.
        letter: The letter.
        place: The part and its page.
        blocks: The content of the part: at most 96 blocks.
        said: The result of the last action (`mrkdwn`); empty for none.
        submit: Label of the submit button, if the part has fields.
    """
    names = {
        Part.OVERVIEW: t("Overview"),
        Part.SIGNERS: t("Signers"),
        Part.INVITED: t("Invited"),
        Part.SETTINGS: t("Settings"),
    }
    if place.part is Part.DELIVERY or may(letter, Action.DELIVER) or letter.delivered_at:
        names[Part.DELIVERY] = t("Delivery")
    tabs = [
        part_button(f"● {name}" if part is place.part else name, Place(letter=letter.id, part=part))
        for part, name in names.items()
    ]
    top: Blocks = [title_block(letter), actions(*tabs, block="parts")]
    if said:
        top.append(section(f":white_check_mark: {said}"))
    return modal(
        names[place.part],
        [*top, *blocks],
        close=t("Close"),
        submit=submit,
        callback="window",
        meta=OfLetter(window=str(place), letter=letter.id).kept(),
    )


def page_turns(t: Words, place: Place, last: str) -> Blocks:
    """Return buttons to the first page and the next one, which begins after the row `last`."""
    buttons: Blocks = []
    if place.at:
        buttons.append(part_button(t("First page"), replace(place, at="")))
    if last:
        buttons.append(part_button(t("Next →"), replace(place, at=last)))
        buttons[-1]["action_id"] = "window:on"
    return [actions(*buttons, block="turn")] if buttons else []


def may(letter: Letter, action: Action) -> bool:
    """Return whether an organiser may do an action in the letter's phase."""
    return Role.ORGANISER in ALLOWED[action][letter.phase]


def finish(submission: Submission, said: str, otherwise: dict[str, Any]) -> Answer:
    """Close a form above a window, which shows the result; without a window, show `otherwise`."""
    return {SAID: said} if Memory.of(submission.view).below else update(otherwise)


def name_of_window(what: str, trigger: str) -> str:
    """Return the external id of a window, unique for each click."""
    return f"{what}:{trigger}"[:255]


def fill(asked: Asked, name: str, look: Callable[[], Awaitable[View]]) -> None:
    """Run `look` in the background, then update the named window with its result."""
    asked.bot.under_way.start(_filled(asked, name, look))


async def _filled(asked: Asked, name: str, look: Callable[[], Awaitable[View]]) -> None:
    t = asked.t
    try:
        view = await look()
    except Refused as refused:
        view = notice_view(t, sentence(t, refused.refusal))
    except Exception:
        # The person is waiting, and no other code would report the error.
        log.exception("window.not_filled")
        view = notice_view(t, trouble(t))
    try:
        await asked.bot.client.views_update(external_id=name, view=asked.placed(view))
    except (SlackClientError, ClientError, OSError, RuntimeError) as error:
        # They closed it, or this process is ending and its connections are closed.
        log.info("window.gone", error=name_of(error))
