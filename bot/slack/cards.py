"""A letter's card in a channel: what it asks, until when, how far it came."""

from bot.letters.letter import Letter, Tally
from bot.letters.phases import Phase
from bot.locales import Words
from bot.slack.elements import Blocks, actions, button, context, section
from bot.slack.text.escaping import clip, date_token, escape, isolate, plain

BAR = 20
"""Characters of the progress bar."""


def tally_words(t: Words, tally: Tally, *, may_sign: bool = True) -> str:
    """How many signed, in all and by kind: "27 signatures: 15 organisations, 12 people"."""
    if tally.total == 0:
        return t("No signatures yet. Be the first.") if may_sign else t("No signatures.")
    total = t.n("{count} signature", "{count} signatures", tally.total)
    organisations = t.n("{count} organisation", "{count} organisations", tally.organisations)
    people = t.n("{count} person", "{count} people", tally.people)
    if tally.people and tally.organisations:
        return t(
            "{total}: {organisations}, {people}",
            total=total,
            organisations=organisations,
            people=people,
        )
    return t("{total}: {kind}", total=total, kind=people if tally.people else organisations)


def progress_words(t: Words, letter: Letter) -> str | None:
    """A bar with the way to the goal; None where the letter has no goal."""
    if letter.goal is None:
        return None
    share = min(1.0, letter.tally.total / letter.goal)
    # The last block is filled only by the last signature.
    full = BAR if share >= 1 else min(BAR - 1, round(share * BAR))
    bar = "▰" * full + "▱" * (BAR - full)
    words = t("{total} of {goal}", total=t.number(letter.tally.total), goal=t.number(letter.goal))
    return f"{bar}  {words}"


def deadline_words(t: Words, letter: Letter, *, plain_text: bool = False) -> str:
    """Until when, in the reader's own time zone where `mrkdwn` can say it."""
    fallback = t.moment(letter.deadline)
    if plain_text:
        return fallback
    return date_token(int(letter.deadline.timestamp()), "{date_short_pretty} {time}", fallback)


def standing_words(t: Words, letter: Letter, phase: Phase) -> str:
    """One `mrkdwn` line on how long one may sign, or why no more."""
    if phase is Phase.CANCELLED:
        return t(
            "*Cancelled:* {reason}\nNothing will be sent in the names of those who signed.",
            reason=escape(isolate(letter.reason)),
        )
    if phase is Phase.CLOSED:
        return t("*Closed.* Thank you to everybody who signed.")
    return t("Sign until *{deadline}*", deadline=deadline_words(t, letter))


def card(t: Words, letter: Letter, posting: str, phase: Phase) -> tuple[str, Blocks]:
    """The text and the blocks of a card.

    Args:
        t: The words of the workspace's language: a card has many readers.
        letter: The letter as it is now.
        posting: The id of this card, carried by its buttons.
        phase: The phase that holds now.
    """
    value = f"{letter.id}:{posting}"
    blocks: Blocks = [{"type": "header", "text": plain(letter.title, 150)}]
    if letter.asked_by:
        asked = t("Asked for by {who}", who=escape(isolate(letter.asked_by)))
        blocks.append(context(asked))
    if letter.summary:
        blocks.append({"type": "section", "text": plain(letter.summary)})
    counted = escape(tally_words(t, letter.tally, may_sign=phase is Phase.OPEN))
    bar = progress_words(t, letter)
    if bar is not None:
        counted = f"{bar}\n{counted}"
    blocks.append(section(counted, "tally"))
    blocks.append(context(standing_words(t, letter, phase)))
    buttons: Blocks = []
    if phase is Phase.OPEN:
        buttons.append(button(t("Sign"), "sign", value, style="primary"))
    elif phase is Phase.CLOSED:
        # Still there for whoever looks for their own signature: the form says why no new one is.
        buttons.append(button(t("My signature"), "sign", value))
    buttons.append(button(t("Read"), "read", value))
    if phase is not Phase.CANCELLED:
        buttons.append(button(t("Who signed"), "signers", value))
    blocks.append(actions(*buttons, block="card"))
    return _card_text(t, letter, phase), blocks


def _card_text(t: Words, letter: Letter, phase: Phase) -> str:
    """What a screen reader and a notification say of a card: all that matters, in one go."""
    said = [t("Letter: {title}.", title=isolate(letter.title))]
    if letter.asked_by:
        said.append(t("Asked for by {who}.", who=isolate(letter.asked_by)))
    if letter.summary:
        said.append(letter.summary)
    said.append(tally_words(t, letter.tally, may_sign=phase is Phase.OPEN))
    if phase is Phase.OPEN:
        said.append(
            t("Sign until {deadline}.", deadline=deadline_words(t, letter, plain_text=True))
        )
    elif phase is Phase.CLOSED:
        said.append(t("Closed."))
    else:
        said.append(t("Cancelled: {reason}", reason=isolate(letter.reason)))
    return clip(escape(" ".join(said)), 3000)
