"""The letter that a click on a card refers to."""

from bot.features.cards import use_cases as cards
from bot.slack.payloads import Click


async def letter_meant(click: Click) -> int:
    """The number of the letter in a value of the form `letter:posting`.

    A click on a card proves that the person is in its channel, and where the card is.
    """
    number, _, card = click.value.partition(":")
    if card and click.channel:
        await cards.clicked(
            click.bot.database,
            actor=click.caller.actor,
            letter=int(number),
            posting=card,
            channel=click.channel,
            message_ts=click.message_ts,
        )
    return int(number)
