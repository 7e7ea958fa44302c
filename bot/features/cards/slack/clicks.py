"""The letter that a click on a card refers to."""

from bot.features.cards import use_cases as cards
from bot.slack.payloads import Click


async def letter_meant(click: Click) -> int:
    """The number of the letter in a value of the form `letter:posting`.

    A click that comes from a card whose fate was unknown tells where that card is.
    """
    number, _, card = click.value.partition(":")
    if card and click.channel:
        await cards.adopt(
            click.bot.database,
            workspace=click.bot.workspace,
            posting=card,
            channel=click.channel,
            message_ts=click.message_ts,
        )
    return int(number)
