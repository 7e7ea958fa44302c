"""A letter's privacy notice, and the stored data about its reader, who can delete it."""

from contextlib import suppress
from datetime import timedelta
from typing import Any

from slack_sdk.errors import SlackApiError

from bot.features.privacy.slack import kept_views
from bot.features.privacy.use_cases import erasure, expiry, history
from bot.features.privacy.use_cases.erasure import Kept
from bot.features.privacy.use_cases.history import Notice
from bot.letters.rules import PublicPage, WithdrawnEntry
from bot.locales import Words
from bot.slack.block_kit import Blocks, View, actions, button, modal, section
from bot.slack.bot import Bot
from bot.slack.features import Features
from bot.slack.models.shapes import TokensRevoked, Uninstalled
from bot.slack.page_parts import shows, turns
from bot.slack.payloads import Click, Event
from bot.slack.text.escaping import escape, isolate
from bot.slack.windows import fill, name_of_window
from bot.slack.words.phases import title_line
from bot.slack.words.rules import web_words


def register(features: Features) -> None:
    """Register the Privacy window, and the window of kept data with its details and Delete."""
    features.on_click("privacy", shows(_notice))
    features.on_click("kept", _open)
    # In the same view, since Slack stacks at most three, and this may be the third.
    features.on_click("kept.details", turns(_details))
    features.on_click("kept.back", turns(_kept))
    features.on_click("kept.delete", turns(_delete))
    features.on_event("app_uninstalled", Uninstalled, _gone)
    features.on_event("tokens_revoked", TokensRevoked, _revoked)
    features.every(timedelta(hours=1), "departed", settle)


async def _notice(click: Click) -> View:
    found = await history.notice(
        click.database, letter=int(click.value.partition(":")[0]), actor=click.actor
    )
    return notice_view(click.t, found)


async def _open(click: Click) -> None:
    name = name_of_window("kept", click.trigger)
    await click.show(kept_views.looking(click.t, name))
    fill(click, name, lambda: _kept(click))


async def _details(click: Click) -> View:
    return kept_views.details_view(click.t, await _about(click))


async def _kept(click: Click) -> View:
    return kept_views.kept_view(click.t, await _about(click))


async def _about(click: Click) -> Kept:
    return await erasure.kept_about(
        click.database, workspace=click.actor.workspace, person=click.actor.person
    )


async def _delete(click: Click) -> View:
    erased = await erasure.erase_person(
        click.database, workspace=click.actor.workspace, person=click.actor.person
    )
    return kept_views.deleted_view(click.t, erased)


async def settle(bot: Bot) -> list[str]:
    """Erase workspaces that removed the app long enough ago; return their ids.

    A workspace whose token works has the app: Slack may report a removal long afterwards, when the
    app has been installed again.
    """
    if await expiry.left_at(bot.database, workspace=bot.workspace):
        with suppress(SlackApiError):
            await bot.client.auth_test()
            await expiry.note_return(bot.database, workspace=bot.workspace)
    return await expiry.erase_departed(bot.database)


async def _revoked(event: Event[TokensRevoked]) -> None:
    # Only the bot's tokens matter, since the app uses none of people.
    if event.said.of_bots:
        await _gone(event)


async def _gone(event: Event[Any]) -> None:
    bot = event.bot
    until = await expiry.note_departure(bot.database, workspace=bot.workspace)
    expiry.tell_operator(bot.workspace, until)


def notice_view(t: Words, found: Notice) -> View:
    """Return who is responsible, what is published, how long data is kept, and how to withdraw."""
    letter = found.letter
    blocks: Blocks = [section(title_line(letter))]
    who = t(", ").join(f"<@{person.user}>" for person in found.organisers)
    responsible = t("The organisers of this letter: {who}", who=who)
    if letter.responsible:
        responsible = escape(isolate(letter.responsible))
    after = t(
        "If you withdraw after delivery, your signature comes off this list. The delivered copy "
        "can’t change."
    )
    if letter.rules.withdrawn_entry is WithdrawnEntry.MARKED:
        after = t("If you withdraw after delivery, this list shows your signature as withdrawn.")
    web = [] if letter.rules.page is PublicPage.OFF else [web_words(t)]
    sections: dict[str, list[str]] = {
        t("What is published"): [
            t(
                "Your entry, as we show it to you. If you sign for an organisation, your own name "
                "isn’t published, unless you add “represented by”."
            ),
            t("It appears on the list here, and on the letter when it’s delivered."),
            *web,
            t(
                "Anyone who starts to sign for your organisation can see your name and when you "
                "signed. An embargo hides this."
            ),
        ],
        t("What organisers see"): [
            t("Your Slack account, your role, and when you signed, changed or withdrew."),
            t("The text that you signed, and what you agreed to."),
            t("The person who runs Undersigned can see all of this too."),
        ],
        t("How long we keep it"): [
            t("Your signature: as long as the letter is kept here."),
            t(
                "If you withdraw or are removed, we erase what you entered 30 days later. What’s "
                "in a delivered copy stays, unless you have it deleted."
            ),
            t("We keep a code that recognises a removed entry. It doesn’t reveal who you are."),
        ],
        t("How to leave"): [
            t(
                "Press *Sign* or *My signature* on the card, then *Withdraw*. You can do this at "
                "any time."
            ),
            after,
            t("To have everything deleted, press *What we keep about you*, then *Delete*."),
        ],
    }
    blocks.append(section(f"*{escape(t('Who is responsible'))}*\n• {responsible}"))
    for heading, lines in sections.items():
        said = "\n".join(f"• {escape(line)}" for line in lines)
        blocks.append(section(f"*{escape(heading)}*\n{said}"))
    buttons = [button(t("What we keep about you"), "kept")]
    if found.may_change:
        buttons.append(button(t("Change who’s responsible"), "details", str(letter.id)))
    blocks.append(actions(*buttons, block="privacy"))
    return modal(t("Privacy"), blocks, close=t("Close"), callback="privacy")
