"""An organiser's handling of entries that wait for a look: accepting and refusing them."""

from bot.features.organisations.slack import views
from bot.features.organisations.slack.handlers import case_now, read_case
from bot.features.organisations.slack.views import Listing
from bot.features.organisations.use_cases import moderation, standing
from bot.slack.features import Features
from bot.slack.page_parts import done_view, or_as_now, turn
from bot.slack.payloads import Click


def register(features: Features) -> None:
    """Register the buttons."""
    features.on_click("organisations.accept", or_as_now(_accept, case_now))
    features.on_click("organisations.same", or_as_now(_same, case_now))
    features.on_click("organisations.domain", or_as_now(_refuse_domain, case_now))


async def _accept(click: Click) -> None:
    signatory, _, read = click.value.partition(":")
    await standing.confirm(
        click.database,
        signatory=signatory,
        actor=click.actor,
        permission=None,
        read=read,
        trigger=click.trigger,
    )
    t, way = click.t, Listing.of(click.modal).way
    await turn(click, views.case_page(t, await read_case(click, signatory), way, done=t("Saved.")))


async def _same(click: Click) -> None:
    signatory, _, read = click.value.partition(":")
    await moderation.same_person(
        click.database, signatory=signatory, actor=click.actor, read=read, trigger=click.trigger
    )
    await turn(click, done_view(click.t, f":white_check_mark: {click.t('Saved.')}"))


async def _refuse_domain(click: Click) -> None:
    t, (signatory, _, read) = click.t, click.value.partition(":")
    count = await moderation.refuse_domain(
        click.database,
        signatory=signatory,
        actor=click.actor,
        why=t("The organisers don’t accept signatures from this domain."),
        read=read,
        trigger=click.trigger,
    )
    said = t.n("Removed: {count} signature", "Removed: {count} signatures", count)
    await turn(click, done_view(t, f":white_check_mark: {said}"))
