"""An organiser's views for posting and removing a card."""

from collections.abc import Sequence
from typing import Any

from bot.features.cards.use_cases import WORDS_MOST
from bot.letters.letter import Letter, Posting, PostingState
from bot.locales import Words
from bot.slack.api_errors import advice, doubt
from bot.slack.block_kit import (
    Blocks,
    View,
    actions,
    button,
    confirm,
    context,
    field_block,
    modal,
    of_row,
    section,
)
from bot.slack.channel_checks import Place, Standing
from bot.slack.models.shapes import OfLetter
from bot.slack.page_parts import and_more
from bot.slack.text.escaping import clip
from bot.slack.words.deadlines import reminder_days
from bot.slack.words.invitations import words_field
from bot.slack.words.phases import posting_words, title_line
from bot.slack.words.rules import choice_words


class ToPost(OfLetter):
    """Memory of the form that asks for channels."""

    shared: tuple[str, ...] = ()
    """The chosen channels for which the form warned that other organisations see them."""
    text: str | None = None
    """The SHA-256 of the text that was shown; None if none was."""


MOST_CHANNELS = 10
"""The most channels at once, because each is looked up while the organiser waits."""

MOST_CARDS = 90
"""The most cards in the list, because a modal has room for 100 blocks."""

_MOST_NAMED = 30


def form(
    t: Words,
    letter: Letter,
    up: Sequence[Posting],
    *,
    chosen: Sequence[str] = (),
    shared: Sequence[str] = (),
    absent: Sequence[str] = (),
    text: str | None = None,
    words: str = "",
) -> View:
    """Return the form for posting: the channels, and what will happen.

    Args:
        t: The organiser's words.
        letter: A draft, or a letter that is open already.
        up: The letter's current postings.
        chosen: The preselected channels; if empty, the conversation that the form is opened in.
        shared: The chosen channels that other organisations see, for a warning.
        absent: The chosen private channels that the app is not in.
        text: The SHA-256 of the draft's text that the organiser was shown, or None.
        words: The organiser's own words, as typed so far.
    """
    effect = posting_words(t, letter)
    if letter.phase.is_unposted:
        effect = f"{effect} {choice_words(t, letter.rules.reminded)} {reminder_days(t)}"
    readers = t(
        "Everyone in these channels can read the letter. If any of them is public, every full "
        "member of the workspace can read it too. Guests need a card or an invitation."
    )
    blocks: Blocks = [section(title_line(letter)), section(effect), context(readers)]
    if up:
        channels = list(dict.fromkeys(posting.channel for posting in up))
        blocks.append(context(t("It’s already in {channels}.", channels=_mentions(channels))))
    if shared:
        warning = t.n(
            "*{channels} is shared with other organisations.* Their members will see the "
            "letter and can sign it. To post anyway, press the button again.",
            "*{channels} are shared with other organisations.* Their members will see the "
            "letter and can sign it. To post anyway, press the button again.",
            len(shared),
            channels=_mentions(shared),
        )
        blocks.append(section(f":warning: {warning}", "shared"))
    if absent:
        # Only the organiser's Slack knows their names.
        missing = t(
            "I’m not in {channels} yet. Type /invite @Undersigned there, then press the button again.",
            channels=_mentions(absent),
        )
        blocks.append(section(f":warning: {missing}", "absent"))
    select: dict[str, Any] = {
        "type": "multi_conversations_select",
        "action_id": "value",
        "filter": {"include": ["public", "private"], "exclude_bot_users": True},
        "max_selected_items": MOST_CHANNELS,
    }
    if chosen:
        select["initial_conversations"] = list(chosen)
    else:
        select["default_to_current_conversation"] = True
    hint = t("For a private channel, type /invite @Undersigned there first.")
    blocks.append(field_block("channels", t("Channels"), select, hint=hint))
    blocks.append(words_field(t, WORDS_MOST, words))
    return modal(
        t("Post"),
        blocks,
        close=t("Cancel"),
        submit=t("Post"),
        callback="post",
        meta=ToPost(letter=letter.id, shared=tuple(shared), text=text).kept(),
    )


def _mentions(channels: Sequence[str]) -> str:
    named = ", ".join(f"<#{channel}>" for channel in channels[:_MOST_NAMED])
    rest = len(channels) - _MOST_NAMED
    return f"{named} + {rest}" if rest > 0 else named


def wrong_channels(t: Words, places: Sequence[Place]) -> str | None:
    """Return the problem with the chosen channels and its remedy as plain text, or None."""
    said: list[str] = []
    archived = [f"#{one.name}" for one in places if one.standing is Standing.ARCHIVED]
    if any(place.standing is Standing.NO_CHANNEL for place in places):
        said.append(t("I can’t post in this kind of conversation. Choose a channel."))
    if archived:
        said.append(
            t(
                "I can’t post in archived channels. Remove these from your selection: {channels}",
                channels=clip(", ".join(archived), 500),
            )
        )
    return clip(" ".join(said), 2000) if said else None


def posted(t: Words, letter: Letter, new: Sequence[str], old: Sequence[str]) -> View:
    """Return the confirmation of a posting. Closing it also closes the outdated views below."""
    blocks: Blocks = [
        section(
            f"{title_line(letter)}\n:white_check_mark: "
            f"{t('Card posted in {channels}', channels=_mentions(new))}"
        )
    ]
    if old:
        blocks.append(context(t("It’s already in {channels}.", channels=_mentions(old))))
    invite = button(t("Invite"), "invite", str(letter.id), style="primary")
    blocks.append(actions(invite, block="next"))
    return modal(t("Posted"), blocks, close=t("Done")) | {"clear_on_close": True}


def cards_list(t: Words, letter: Letter, up: Sequence[Posting]) -> View:
    """Return the list of a letter's cards, each with a button to remove it."""
    blocks: Blocks = [section(title_line(letter))]
    if not up:
        blocks.append(section(t("This letter isn’t posted in any channel.")))
    sure = confirm(
        t,
        t("Remove"),
        t(
            "The card disappears from the channel. Signatures are kept, and you can post the "
            "card there again."
        ),
        danger=True,
    )
    for number, posting in enumerate(up[:MOST_CARDS]):
        state = {
            PostingState.WAITING: t("posting…"),
            PostingState.FAILED: advice(t, posting.error),
            PostingState.UNKNOWN: doubt(t),
            PostingState.LEAVING: t("removing…"),
        }.get(posting.state, "")
        shown = section(f"<#{posting.channel}>\n{state}".rstrip())
        if posting.state is not PostingState.LEAVING:
            value = f"{posting.letter}:{posting.id}"
            remove = button(t("Remove"), f"takedown:{number}", value, style="danger", confirm=sure)
            shown["accessory"] = of_row(remove, posting.channel, number)
        blocks.append(shown)
    blocks += and_more(t, len(up) - MOST_CARDS)
    return modal(t("Remove a card"), blocks, close=t("Done"), callback="takedown")
