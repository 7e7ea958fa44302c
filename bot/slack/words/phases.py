"""A letter's phase, tally and embargo, in words."""

from bot.letters.letter import Letter, Sight, Tally
from bot.letters.phases import SIGNABLE, Phase
from bot.locales import Words
from bot.slack.block_kit import Blocks, section
from bot.slack.text.escaping import escape, isolate
from bot.slack.times import moment
from bot.slack.words.rules import embargo_words

BAR = 20
"""Characters of the progress bar."""

TAKING = frozenset({Phase.FOUNDING, *SIGNABLE})
"""Phases in which whoever can see a letter can sign it."""


def tally_words(t: Words, tally: Tally, *, may_sign: bool = True) -> str:
    """Say how many signed, in all and by kind: "27 signatures: 15 organisations, 12 people"."""
    if tally.total == 0:
        return t("No signatures yet. Be the first!") if may_sign else t("No signatures")
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


def counted_words(t: Words, letter: Letter, *, may_sign: bool | None = None) -> str:
    """Say how many signed, as far as the reader may know; plain text.

    `may_sign` is whether to ask for the first signature where there is none; by default while the
    letter takes any.
    """
    if letter.seen is Sight.NOTHING:
        return t("The number of signatures isn’t public yet.")
    asks = letter.phase in TAKING if may_sign is None else may_sign
    said = tally_words(t, letter.tally, may_sign=asks and not letter.tally.late)
    if not letter.tally.late:
        return said
    late = t.n("plus {count} late signature", "plus {count} late signatures", letter.tally.late)
    return t("{tally}, {late}", tally=said, late=late)


def progress_words(t: Words, letter: Letter) -> str | None:
    """Say how far the goal is, and draw it as a bar; None where the letter has no goal, or it is not shown."""
    if letter.goal is None or letter.seen is Sight.NOTHING:
        return None
    share = min(1.0, letter.tally.total / letter.goal)
    # The last block is filled only by the last signature.
    full = BAR if share >= 1 else min(BAR - 1, round(share * BAR))
    bar = "▰" * full + "▱" * (BAR - full)
    words = t("{total} of {goal}", total=t.number(letter.tally.total), goal=t.number(letter.goal))
    # A screen reader says the words before it spells out the characters.
    return f"{words}  {bar}"


def deadline_words(t: Words, letter: Letter, *, plain_text: bool = False) -> str:
    """Until when, in the reader's own time zone where `mrkdwn` can say it."""
    return moment(t, letter.deadline, plain_text=plain_text)


def hidden_words(t: Words, letter: Letter, *, plain_text: bool = False) -> str:
    """Say what is hidden from the reader, and until when; empty where nothing is."""
    return "" if letter.seen is Sight.ALL else embargo_words(t, letter, plain_text=plain_text)


def standing_words(t: Words, letter: Letter, phase: Phase, *, plain_text: bool = False) -> str:
    """Say how long one can sign, or why no longer: one line of `mrkdwn`, or plain text."""
    if phase is Phase.CANCELLED:
        return _cancelled(t, letter, plain_text=plain_text)
    bold = "{}" if plain_text else "*{}*"
    deadline = bold.format(deadline_words(t, letter, plain_text=plain_text))
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
            closes = bold.format(moment(t, letter.closes_at, plain_text=plain_text))
            return t(
                "The deadline was {deadline}. {then}",
                deadline=deadline,
                then=_still_words(t, letter, closes),
            )
        case Phase.CLOSED:
            closed = t("Closed.")
            return f"{bold.format(closed)} {thanks}"
        case _:
            if phase is Phase.LATE:
                thanks = t("You can still sign. You’ll be listed with the late signatures.")
            return f"{bold.format(_handed_over(t, letter, plain_text=plain_text))} {thanks}"


def _cancelled(t: Words, letter: Letter, *, plain_text: bool) -> str:
    if plain_text:
        return t("Cancelled: {reason}", reason=isolate(letter.reason))
    return t(
        "*Cancelled:* {reason}\nNothing will be sent in the signers’ names.",
        reason=escape(isolate(letter.reason)),
    )


def _still_words(t: Words, letter: Letter, closes: str) -> str:
    if letter.grace.anywhere and not letter.grace.minutes:
        return t(
            "You can still sign until {when}, when the day has ended everywhere in the world.",
            when=closes,
        )
    return t("You can still sign until {when}.", when=closes)


def _handed_over(t: Words, letter: Letter, *, plain_text: bool) -> str:
    if letter.delivered_at is None:
        return t("Delivered.")
    when = moment(t, letter.delivered_at, plain_text=plain_text)
    return t("Delivered {when}.", when=when)


def sign_label(t: Words, phase: Phase) -> str:
    """Label the Sign button for this phase."""
    return t("Add a late signature") if phase is Phase.LATE else t("Sign")


def late_blocks(t: Words, letter: Letter) -> Blocks:
    """Warn before signing a letter that was delivered; else nothing."""
    if letter.phase is not Phase.LATE or letter.delivered_at is None:
        return []
    said = t(
        ":warning: This letter was delivered {when}. If you sign now, you’ll be listed with "
        "the late signatures.",
        when=moment(t, letter.delivered_at),
    )
    return [section(said, "late")]
