"""Handlers for answers in the invitation message."""

from contextlib import suppress
from functools import partial

import structlog

from bot.features.invitations.slack import messages as invitation_messages
from bot.features.invitations.use_cases import answers
from bot.letters.invitation import Saying
from bot.letters.refusals import Reason, Refused
from bot.logs import name_of
from bot.slack.block_kit import button
from bot.slack.door import UNREACHABLE
from bot.slack.features import Features
from bot.slack.payloads import Click

log = structlog.get_logger()


def register(features: Features) -> None:
    """Register the answers from the invitation and from its reminders."""
    features.on_click("invitation.await", partial(_answer, Saying.AWAIT))
    features.on_click("invitation.decline", partial(_answer, Saying.DECLINE))
    features.on_click("invitation.more", _more)


async def _more(click: Click) -> None:
    """Record an answer from the menu; for an approval, first ask for the day in the message."""
    if click.value == Saying.AWAIT:
        await _show(click, click.about, picking=click.about)
    else:
        await _answer(Saying(click.value), click)


async def _answer(saying: Saying, click: Click) -> None:
    number = click.about or click.value
    try:
        await answers.answer(
            click.database,
            invitation=number,
            actor=click.actor,
            saying=saying,
            day=click.day,
            trigger=click.trigger,
        )
    finally:
        # Also after a refusal, as the message may be out of date.
        await _show(click, number)


async def _show(click: Click, invitation: str, picking: str = "") -> None:
    """Update the message with the current answers; an error of Slack is only logged."""
    found = await answers.with_others(click.database, invitation=invitation, actor=click.actor)
    if found is None:
        if picking:
            raise Refused.because(Reason.NOT_INVITED)
        return
    reminds = click.block(invitation_messages.REMINDER) is not None
    say = invitation_messages.reminded if reminds else invitation_messages.invited
    text, blocks = say(click.t, found, picking=picking)
    for one in blocks:
        if picking and click.bot.asks_by_mail and one.get("block_id") == f"approval.{picking}":
            form = f"sign.mail:{picking}", f"{found.letter.id}:"
            one["elements"].append(button(click.t("Ask them by email"), *form))
    try:
        await click.rewrite(text, blocks)
    except UNREACHABLE as error:
        log.info("invitation.not_rewritten", error=name_of(error))
        with suppress(*UNREACHABLE):
            await click.replace(text, blocks)
