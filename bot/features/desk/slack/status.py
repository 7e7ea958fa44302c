"""An organiser asks how a letter stands."""

from bot.features.desk.slack import status_views
from bot.features.desk.use_cases import status
from bot.letters.phases import Action
from bot.slack.features import Features
from bot.slack.letter_picker import answer
from bot.slack.payloads import Command, Reply


def register(features: Features) -> None:
    """Register `/letter status`."""
    features.on_command("status", _status)


async def _status(command: Command) -> Reply:
    caller = command.caller

    async def report(letter: int) -> Reply:
        found = await status.status(
            command.bot.database, letter=letter, actor=caller.actor, tz=caller.tz
        )
        return status_views.report(caller.t, found)

    return await answer(command, Action.SEE_STATUS, report)
