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
from bot.slack.page_parts import shows, turns
from bot.slack.payloads import Click


def register(features: Features) -> None:
    """Register the answers to an amendment."""
    features.on_click("amend.keep", _keep)
    features.on_click("amend.withdraw", _withdraw)
    features.on_click("changes", shows(_changes))
    features.on_click("changes.page", turns(_changes))


async def _keep(click: Click) -> None:
    endorsement, _, new = click.value.split(":")
    # A message may be weeks old and contain an earlier wording of the consent.
    block = click.block(messages.CONSENT)
    letter, signed = await amendments.keep(
        click.database,
        endorsement=endorsement,
        actor=click.actor,
        text=new,
        consent=keep_consent(click.t) if block is None else block.small_print,
        trigger=click.trigger,
    )
    await _show(click, letter, signed)


async def _withdraw(click: Click) -> None:
    letter, signed = await withdrawals.withdraw(
        click.database,
        endorsement=click.value,
        actor=click.actor,
        trigger=click.trigger,
        from_home=click.view is not None and Begun.of(click.view).from_home,
    )
    await _show(click, letter, signed)


async def _show(click: Click, letter: Letter, signed: Endorsement) -> None:
    text, blocks = messages.answered(click.t, letter, signed)
    if click.view is None:
        await click.replace(text, blocks)
        await click.says_what_happened(letter.id)
    else:
        await click.update(modal(click.t("Your signature"), blocks, close=click.t("Done")))


async def _changes(click: Click) -> View:
    letter, old, new, number = click.value.split(":")
    texts = await amended_texts.compare(
        click.database, letter=int(letter), actor=click.actor, old=old, new=new
    )
    return await changes.page_of(click.t, texts, int(number))
