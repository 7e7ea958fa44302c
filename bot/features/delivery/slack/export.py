"""An organiser takes the list out of Slack: `/letter export`."""

from bot.features.delivery.list_files import Format, write
from bot.features.delivery.slack import export_views
from bot.features.delivery.use_cases import exports
from bot.features.delivery.use_cases.exports import Scope
from bot.letters.letter import Letter
from bot.letters.phases import Action
from bot.slack.features import Features
from bot.slack.letter_picker import choose
from bot.slack.pagination import turn
from bot.slack.payloads import Click, Command, Reply


def register(features: Features) -> None:
    """Register `/letter export`."""
    features.on_command("export", _export)
    features.on_click("export.format", _choose)
    features.on_click("export.scope", _choose)
    features.on_click("export.page", _turn)


async def _export(command: Command) -> Reply | None:
    letter = await choose(command, Action.EXPORT)
    if not isinstance(letter, Letter):
        return letter
    chosen = export_views.Chosen(letter=letter.id, form=Format.LINES, scope=Scope.LISTED, page=1)
    await command.open(await _page(command, chosen))
    return None


async def _page(asked: Command | Click, chosen: export_views.Chosen) -> export_views.View:
    found = await exports.export_for(
        asked.bot.database, letter=chosen.letter, actor=asked.caller.actor, scope=chosen.scope
    )
    text = write(chosen.form, found.letter, found.body, found.entries, found.permissions)
    return export_views.page(asked.caller.t, found, chosen, text)


async def _choose(click: Click) -> None:
    """Another format, or other signatories: from the first page."""
    await click.update(await _page(click, export_views.chosen(click.modal)))


async def _turn(click: Click) -> None:
    await turn(click, await _page(click, export_views.chosen(click.modal, page=int(click.value))))
