"""Somebody keeps what they signed as for the next letter, and forgets it with one click."""

from bot.features.signing.slack import form as views
from bot.features.signing.slack.first_form import first_form
from bot.features.signing.use_cases import own_signature, signatures
from bot.slack.block_kit import actions, section
from bot.slack.features import Features
from bot.slack.page_parts import done_view
from bot.slack.payloads import Click


def register(features: Features) -> None:
    """Register both clicks."""
    features.on_click("sign.remember", _remember)
    features.on_click("sign.forget", _forget)


async def _remember(click: Click) -> None:
    t = click.caller.t
    await own_signature.remember(
        click.bot.database, endorsement=click.value, actor=click.caller.actor
    )
    said = t("We’ll fill in these details when you sign your next letter.")
    if click.view is None:
        await click.whisper(said, [section(said), actions(views.forget_button(t))])
    else:
        view = done_view(t, said)
        view["blocks"].append(actions(views.forget_button(t)))
        await click.update(view)


async def _forget(click: Click) -> None:
    caller, t = click.caller, click.caller.t
    await own_signature.forget(click.bot.database, actor=caller.actor)
    said = t("Your details are forgotten.")
    if click.view is None:
        await click.whisper(said)
    elif click.view.callback == "sign":
        # In a form that was filled with them: it begins again, empty.
        begun = views.UnderWay.of(click.view).signing
        opening = await signatures.opening(
            click.bot.database, letter=begun.letter, actor=caller.actor
        )
        await click.update(
            await first_form(click, opening, from_home=begun.from_home, url=begun.url)
        )
    else:
        await click.update(done_view(t, said))
