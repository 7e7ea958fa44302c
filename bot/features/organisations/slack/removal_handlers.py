"""An organiser removes an entry from the list, or restores it.

A button anywhere, with the id of a signatory as its value, opens the form, `removals.remove`, or
restores right away: `removals.restore`.
"""

from bot.features.organisations.slack import removal_views
from bot.features.organisations.use_cases import removals
from bot.letters.phases import Action
from bot.letters.signatory import Signatory
from bot.slack.block_kit import View
from bot.slack.features import Features, RowAct
from bot.slack.pagination import turn
from bot.slack.payloads import Answer, Click, Submission, update
from bot.slack.windows import may


def register(features: Features) -> None:
    """Register the buttons and the forms."""
    features.on_click("removals.remove", _open_removal)
    features.on_click("removals.restore", _restore_click)
    features.on_row(
        "remove",
        RowAct(
            label=lambda t: t("Remove"),
            offered=lambda letter, party: not party.removed and may(letter, Action.DECIDE),
            act=_removal_row,
        ),
    )
    features.on_row(
        "restore",
        RowAct(
            label=lambda t: t("Restore"),
            offered=lambda letter, party: party.removed and may(letter, Action.DECIDE),
            act=_restore_row,
        ),
    )


async def _open_removal(click: Click) -> None:
    await _show(click, removal_views.removal_form(click.caller.t, await _entry(click)))


async def _restore_click(click: Click) -> None:
    party = await _restore(click, click.value)
    await _show(click, removal_views.restored_page(click.caller.t, party))


async def _removal_row(click: Click, party: Signatory) -> str:
    entry = await removals.entry(click.bot.database, signatory=party.id, actor=click.caller.actor)
    await click.show(removal_views.removal_form(click.caller.t, entry))
    return ""


async def _restore_row(click: Click, party: Signatory) -> str:
    restored = await _restore(click, party.id)
    return removal_views.restored_words(click.caller.t, restored)


async def _entry(click: Click) -> removals.Entry:
    return await removals.entry(click.bot.database, signatory=click.value, actor=click.caller.actor)


async def _show(click: Click, view: View) -> None:
    """Show a form in the place of the modal that the click came from, so that none goes stale below."""
    if click.view is None:
        await click.show(view)
    else:
        await turn(click, view)


async def remove(submission: Submission) -> Answer:
    """Remove an entry for the reason that was typed."""
    party = await removals.remove(
        submission.bot.database,
        signatory=removal_views.OfEntry.of(submission.view).signatory,
        actor=submission.caller.actor,
        why=submission.view.values.text("why"),
        trigger=submission.trigger,
    )
    return update(removal_views.removed_page(submission.caller.t, party))


async def _restore(click: Click, signatory: str) -> Signatory:
    return await removals.restore(
        click.bot.database,
        signatory=signatory,
        actor=click.caller.actor,
        why="",
        trigger=click.trigger,
    )
