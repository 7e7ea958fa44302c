"""Handlers for a signer's answer to an amendment, and for the view of the changes."""

from bot.features.amendments.slack import changes, messages
from bot.features.amendments.slack.words import keep_consent
from bot.features.amendments.use_cases import amendments
from bot.features.amendments.use_cases import texts as amended_texts
from bot.features.withdrawals import use_cases as withdrawals
from bot.letters.endorsement import Endorsement
from bot.letters.letter import Letter
from bot.slack.block_kit import View, modal
from bot.slack.features import Features
from bot.slack.models.shapes import Begun
from bot.slack.page_parts import turn
from bot.slack.payloads import Click


def register(features: Features) -> None:
    """Register the answers to an amendment."""
    features.on_click("amend.keep", _keep)
    features.on_click("amend.withdraw", _withdraw)
    features.on_click("changes", _changes)
    features.on_click("changes.page", _turn)


async def _keep(click: Click) -> None:
    """Keep a signature; the value holds its id and the texts that were on the screen."""
    endorsement, _, new = click.value.split(":")
    # A message may be weeks old and contain an earlier wording of the consent.
    block = click.block(messages.CONSENT)
    letter, signed = await amendments.keep(
        click.bot.database,
        endorsement=endorsement,
        actor=click.caller.actor,
        text=new,
        consent=keep_consent(click.caller.t) if block is None else block.small_print,
        trigger=click.trigger,
    )
    await _show(click, letter, signed)


async def _withdraw(click: Click) -> None:
    letter, signed = await withdrawals.withdraw(
        click.bot.database,
        endorsement=click.value,
        actor=click.caller.actor,
        trigger=click.trigger,
        from_home=click.view is not None and Begun.of(click.view).from_home,
    )
    await _show(click, letter, signed)


async def _show(click: Click, letter: Letter, signed: Endorsement) -> None:
    t = click.caller.t
    text, blocks = messages.answered(t, letter, signed)
    if click.view is None:
        await click.replace(text, blocks)
        await click.says_what_happened(letter.id)
    else:
        await click.update(modal(t("Your signature"), blocks, close=t("Done")))


async def _changes(click: Click) -> None:
    await click.show(await _page(click))


async def _turn(click: Click) -> None:
    await turn(click, await _page(click))


async def _page(click: Click) -> View:
    letter, old, new, number = click.value.split(":")
    caller = click.caller
    texts = await amended_texts.compare(
        click.bot.database, letter=int(letter), actor=caller.actor, old=old, new=new
    )
    return await changes.page_of(caller.t, texts, int(number))
