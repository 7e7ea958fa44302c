"""A letter's card in a channel: title, summary, deadline, count and buttons."""

from bot.features.cards import use_cases as cards
from bot.letters.letter import Letter, PostingState, Sight
from bot.letters.notices import NoticeKind
from bot.letters.phases import Phase
from bot.locales import Words, words
from bot.slack.block_kit import Blocks, Message, actions, button, context, option, overflow, section
from bot.slack.features import CardCall, Features
from bot.slack.text.escaping import clip, escape, isolate, moment, plain
from bot.slack.windows import Part, Place
from bot.slack.words.invitations import own_words
from bot.slack.words.phases import counted_words, hidden_words, progress_words, standing_words
from bot.use_cases import Database


def register(features: Features) -> None:
    """Register the card."""
    features.on_card(NoticeKind.CARD, _call)


async def _call(database: Database, posting: str) -> CardCall | None:
    found = await cards.card(database, posting=posting)
    if found is None:
        return None
    place = found.posting
    if place.state is PostingState.LEAVING:
        return CardCall(channel=place.channel, message_ts=place.message_ts)
    is_up = place.state is PostingState.UP and place.message_ts is not None
    if not is_up and place.state is not PostingState.WAITING:
        return None
    return CardCall(
        channel=place.channel,
        message_ts=place.message_ts if is_up else None,
        # In English, because a card has many readers.
        message=card(words("en"), found.letter, place.id, found.phase, place.words),
    )


def card(t: Words, letter: Letter, posting: str, phase: Phase, own: str = "") -> Message:
    """Return the text and the blocks of a card.

    Args:
        t: The words of the card's language.
        letter: The letter as any member may see it now.
        posting: The id of the posting, which is part of the buttons' values.
        phase: The current phase.
        own: An organiser's own words above the card.
    """
    blocks: Blocks = [*own_words(own), {"type": "header", "text": plain(letter.title, 150)}]
    said = [_sentence(isolate(letter.title))]
    if letter.sender:
        blocks.append(context(t("From {who}", who=escape(isolate(letter.sender)))))
        said.append(_sentence(t("From {who}", who=isolate(letter.sender))))
    if letter.summary:
        blocks.append({"type": "section", "text": plain(letter.summary)})
        said.append(isolate(letter.summary))
    if letter.news and letter.news_at is not None:
        when = moment(t, letter.news_at)
        blocks.append(context(t("Update from the organisers, {when}", when=when)))
        blocks.append({"type": "section", "text": plain(letter.news)})
        said.append(_sentence(isolate(letter.news)))
    if letter.seen is not Sight.NOTHING:
        counted, bar = counted_words(t, letter), progress_words(t, letter)
        shown = escape(counted) if bar is None else f"{bar}\n{escape(counted)}"
        blocks.append(section(shown, "tally"))
        said.append(_sentence(counted))
    blocks.append(context(standing_words(t, letter, phase)))
    said.append(_sentence(standing_words(t, letter, phase, plain_text=True)))
    hidden = hidden_words(t, letter)
    if hidden and phase is not Phase.CANCELLED:
        blocks.append(context(hidden))
        said.append(hidden_words(t, letter, plain_text=True))
    blocks.append(actions(*_buttons(t, letter, posting, phase), block="card"))
    return clip(escape(" ".join(said)), 3000), blocks


def _buttons(t: Words, letter: Letter, posting: str, phase: Phase) -> Blocks:
    value = f"{letter.id}:{posting}"
    # The menu offers Organise, because people of other workspaces have no commands and no Home tab.
    more = [option(t("Organise"), f"window {Place(letter=letter.id, part=Part.OVERVIEW)}")]
    buttons: Blocks = []
    if phase.takes_signatures:
        buttons.append(button(t("Sign"), "sign", value, style="primary"))
        more.insert(0, option(t("My signature"), f"sign {value}"))
    elif phase is not Phase.CANCELLED:
        # Signers still need the button; for others, the form explains why they cannot sign any
        # more.
        buttons.append(button(t("My signature"), "sign", value))
    buttons.append(button(t("Read letter"), "read", value))
    if phase is not Phase.CANCELLED:
        buttons.append(button(t("Who signed"), "signers", value))
    return [*buttons, overflow("card", more)]


def _sentence(said: str) -> str:
    return said if said.endswith((".", "!", "?")) else f"{said}."
