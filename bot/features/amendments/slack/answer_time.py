"""The time to answer a text change: a picker in the letter's settings lets it end earlier."""

from bot.features.amendments.use_cases import amendments
from bot.letters.phases import Action
from bot.letters.refusals import Reason, Refused
from bot.slack.features import Features
from bot.slack.letter_picker import finish_click, shows_part
from bot.slack.payloads import Click
from bot.slack.times import moment
from bot.slack.windows import Part


def register(features: Features) -> None:
    """Register `/letter answers` and the picker."""

    async def bring_forward(click: Click) -> None:
        await finish_click(features, click, await _bring_forward(click))

    features.on_command("answers", shows_part(features, Action.AMEND, Part.SETTINGS))
    features.on_click("answers", bring_forward)


async def _bring_forward(click: Click) -> str:
    """End the time to answer at the time that was picked; the letter stands in the action id."""
    if click.moment is None:
        raise Refused.because(Reason.NO_ANSWERS_OPEN)
    t = click.caller.t
    await amendments.bring_forward(
        click.bot.database,
        letter=int(click.about),
        actor=click.caller.actor,
        answer_by=click.moment,
        trigger=click.trigger,
    )
    return t("Time to answer moved to {when}", when=moment(t, click.moment))
