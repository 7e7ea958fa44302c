"""Sentences about a letter's phase, tally and embargo."""

from datetime import datetime

from bot.letters.letter import Letter, Sight, Tally
from bot.letters.phases import Phase
from bot.locales import Words
from bot.slack.block_kit import Blocks, actions, button, of_row, section
from bot.slack.text.escaping import escape, isolate, moment
from bot.slack.words.deadlines import closing_words
from bot.slack.words.rules import embargo_words

BAR = 20
"""Characters of the progress bar."""


def tally_words(t: Words, tally: Tally) -> str:
    """Return how many signed, in all and by kind: "27 signatures: 15 organisations, 12 people"."""
    if tally.total == 0:
        return t("No signatures yet.")
    total = t.n("{count} signature", "{count} signatures", tally.total)
    if not (tally.people and tally.organisations):
        return total
    return t(
        "{total}: {organisations}, {people}",
        total=total,
        organisations=t.n("{count} organisation", "{count} organisations", tally.organisations),
        people=t.n("{count} person", "{count} people", tally.people),
    )


def counted_words(t: Words, letter: Letter) -> str:
    """Return how many signed, as plain text, if the reader may know."""
    if letter.seen is Sight.NOTHING:
        return t("The number of signatures isn’t public yet.")
    said = tally_words(t, letter.tally)
    parts, tally = [said], letter.tally
    if tally.late:
        late = t.n("plus {count} late signature", "plus {count} late signatures", tally.late)
        parts.append(late)
    if tally.withheld:
        parts.append(t.n("{count} name withheld", "{count} names withheld", tally.withheld))
    return t(", ").join(parts)


def progress_words(t: Words, letter: Letter) -> str | None:
    """Return the progress to the goal, with a bar; None if the reader sees no goal or no number."""
    if letter.goal is None or letter.seen is Sight.NOTHING:
        return None
    share = min(1.0, letter.tally.total / letter.goal)
    # The bar is full only when the goal is reached.
    full = BAR if share >= 1 else min(BAR - 1, round(share * BAR))
    bar = "▰" * full + "▱" * (BAR - full)
    words = t("{total} of {goal}", total=t.number(letter.tally.total), goal=t.number(letter.goal))
    # The words come first, because a screen reader then spells out the bar.
    return f"{words}  {bar}"


def due_words(t: Words, letter: Letter) -> str:
    """Return the deadline and the extra time for late signers, as `mrkdwn`."""
    due = t("Deadline: {deadline}", deadline=moment(t, letter.deadline))
    return f"{due}\n{closing_words(t, letter)}".rstrip()


def hidden_words(t: Words, letter: Letter, *, plain_text: bool = False) -> str:
    """Return what is hidden from the reader, and until when; "" if nothing is."""
    return "" if letter.seen is Sight.ALL else embargo_words(t, letter, plain_text=plain_text)


def standing_words(t: Words, letter: Letter, phase: Phase, *, plain_text: bool = False) -> str:
    """Return until when people can sign, or why they no longer can, as `mrkdwn` or plain text."""

    def bold(said: str) -> str:
        return said if plain_text else f"*{said}*"

    def when(at: datetime) -> str:
        return moment(t, at, letter.tz, plain_text=plain_text)

    deadline = bold(when(letter.deadline))
    thanks = t("Thank you to everyone who signed.")
    match phase:
        case Phase.DRAFT:
            return t("Draft – only its organisers can see it.")
        case Phase.FOUNDING:
            return t(
                "First signers only, until {deadline}. No one else can see it yet.",
                deadline=deadline,
            )
        case Phase.OPEN:
            return t("Sign by {deadline}", deadline=deadline)
        case Phase.CLOSING:
            return t(
                "The deadline was {deadline}. You can still sign until {when}.",
                deadline=deadline,
                when=bold(when(letter.closes_at)),
            )
        case Phase.CLOSED:
            # `closed_at` is missing until the worker has recorded that the deadline passed.
            since = letter.closed_at or letter.closes_at
            return f"{bold(t('Closed {when}.', when=when(since)))} {thanks}"
        case Phase.DELIVERED | Phase.LATE:
            at = letter.delivered_at
            said = t("Delivered") if at is None else t("Delivered {when}.", when=when(at))
            late = t("You can still sign. You’ll be listed with the late signatures.")
            return f"{bold(said)} {late if phase is Phase.LATE else thanks}"
        case Phase.CANCELLED:
            return _cancelled(t, letter, plain_text=plain_text)


def _cancelled(t: Words, letter: Letter, *, plain_text: bool) -> str:
    if plain_text:
        return t("Cancelled: {reason}", reason=isolate(letter.reason))
    said = t("Cancelled: {reason}", reason=escape(isolate(letter.reason)))
    return f"{said}\n{t('Nothing will be sent in the signers’ names.')}"


def status_words(t: Words, letter: Letter, phase: Phase, withdrawn: int) -> str:
    """Return a letter's state and future closing time for organisers, as `mrkdwn`.

    `withdrawn` counts the signatures that were withdrawn after delivery.
    """
    said = standing_words(t, letter, phase)
    if phase is Phase.DRAFT:
        return f"{said}\n{due_words(t, letter)}"
    if phase in {Phase.FOUNDING, Phase.OPEN}:
        return f"{said}\n{closing_words(t, letter)}".rstrip()
    if not withdrawn:
        return said
    left = t.n(
        "{count} signer withdrew after delivery.",
        "{count} signers withdrew after delivery.",
        withdrawn,
    )
    return f"{said} {left}"


def posting_words(t: Words, letter: Letter) -> str:
    """Return how people could sign if a card were posted now, as `mrkdwn`."""
    if letter.phase not in {Phase.DRAFT, Phase.FOUNDING}:
        return standing_words(t, letter, letter.phase)
    told = t("If you change the text later, signers we can reach are told or asked.")
    return f"{standing_words(t, letter, Phase.OPEN)}. {told}"


def late_blocks(t: Words, letter: Letter) -> Blocks:
    """Return a warning for signers of a delivered letter; an empty list for other letters."""
    if letter.phase is not Phase.LATE or letter.delivered_at is None:
        return []
    return [section(f":warning: {standing_words(t, letter, Phase.LATE)}", "late")]


def title_line(letter: Letter) -> str:
    """Return a letter's title with its number, as `mrkdwn`."""
    return f"*{escape(isolate(letter.title))}*  #{letter.id}"


def open_row(t: Words, letter: Letter) -> Blocks:
    """Return two blocks about a letter that the reader may sign: its state, and its buttons."""
    value, phase = f"{letter.id}:", letter.phase
    row = f"#{letter.id} {letter.title}"
    words = [title_line(letter), escape(counted_words(t, letter)), standing_words(t, letter, phase)]
    words.append(hidden_words(t, letter))
    return [
        section("\n".join(part for part in words if part)),
        actions(
            of_row(button(t("Sign"), "sign", value, style="primary"), row),
            of_row(button(t("Read letter"), "read", value), row),
            of_row(button(t("Who signed"), "signers", value), row),
            block=f"open.{letter.id}",
        ),
    ]
