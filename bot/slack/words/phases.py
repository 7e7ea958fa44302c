"""A letter's phase, tally and embargo, in words. The sentences of each phase are one table."""

from collections.abc import Callable
from dataclasses import dataclass
from enum import Enum, auto

from bot.letters.letter import Letter, Sight, Tally
from bot.letters.phases import Phase
from bot.locales import Words
from bot.slack.block_kit import Blocks, section
from bot.slack.text.escaping import escape, isolate
from bot.slack.times import moment
from bot.slack.words.deadlines import closing_words
from bot.slack.words.rules import embargo_words

BAR = 20
"""Characters of the progress bar."""


class Markup(Enum):
    """Markup of a sentence."""

    MRKDWN = auto()
    NONE = auto()


@dataclass(frozen=True, slots=True, kw_only=True)
class Particulars:
    """The facts that organisers are told beside those of the letter itself."""

    withdrawn: int = 0
    """Signatures that were withdrawn after delivery."""


@dataclass(frozen=True, slots=True, kw_only=True)
class PhaseWords:
    """The sentences of one phase, all `mrkdwn`."""

    standing: Callable[[Words, Letter, Markup], str]
    """Time left to sign, or why there is none: one line, plain text where that is asked for."""
    status: Callable[[Words, Letter, Particulars], str]
    """The same for organisers, with what comes next."""
    posting: Callable[[Words, Letter], str]
    """Effect of a card that is posted now."""
    state: Callable[[Words], str] = lambda _: ""
    """The state in a word or two, in a list; empty where the count says enough."""
    counts: bool = True
    """Whether the count is worth saying beside it."""


def tally_words(t: Words, tally: Tally) -> str:
    """Say how many signed, in all and by kind: "27 signatures: 15 organisations, 12 people"."""
    if tally.total == 0:
        return t("No signatures yet.")
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
    return total


def counted_words(t: Words, letter: Letter) -> str:
    """Say how many signed, as far as the reader may know; plain text."""
    if letter.seen is Sight.NOTHING:
        return t("The number of signatures isn’t public yet.")
    said = tally_words(t, letter.tally)
    if not letter.tally.late:
        return said
    late = t.n("plus {count} late signature", "plus {count} late signatures", letter.tally.late)
    return t(", ").join((said, late))


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
    """Say until when, in the reader's own time zone where `mrkdwn` can say it."""
    return moment(t, letter.deadline, plain_text=plain_text)


def due_words(t: Words, letter: Letter) -> str:
    """Name the deadline, and the time that late signers have; `mrkdwn`."""
    return _with_grace(t, letter, t("Deadline: {deadline}", deadline=deadline_words(t, letter)))


def hidden_words(t: Words, letter: Letter, *, plain_text: bool = False) -> str:
    """Say what is hidden from the reader, and until when; empty where nothing is."""
    return "" if letter.seen is Sight.ALL else embargo_words(t, letter, plain_text=plain_text)


def standing_words(t: Words, letter: Letter, phase: Phase, *, plain_text: bool = False) -> str:
    """Say how long one can sign, or why no longer: one line of `mrkdwn`, or plain text."""
    return PHASE_WORDS[phase].standing(t, letter, Markup.NONE if plain_text else Markup.MRKDWN)


def _deadline(t: Words, letter: Letter, markup: Markup) -> str:
    return _bold(deadline_words(t, letter, plain_text=markup is Markup.NONE), markup)


def _bold(said: str, markup: Markup) -> str:
    return said if markup is Markup.NONE else f"*{said}*"


def _draft(t: Words, _: Letter, __: Markup) -> str:
    return t("Draft – only its organisers can see it.")


def _draft_status(t: Words, letter: Letter, _: Particulars) -> str:
    return f"{_draft(t, letter, Markup.MRKDWN)}\n{due_words(t, letter)}"


def _draft_posting(t: Words, letter: Letter) -> str:
    told = t("If you change the text later, everyone who signed is told or asked.")
    return f"{_open(t, letter, Markup.MRKDWN)}. {told}"


def _founding(t: Words, letter: Letter, markup: Markup) -> str:
    return t(
        "First signers only, until {deadline}. No one else can see it yet.",
        deadline=_deadline(t, letter, markup),
    )


def _founding_status(t: Words, letter: Letter, _: Particulars) -> str:
    return _with_grace(t, letter, _founding(t, letter, Markup.MRKDWN))


def _open(t: Words, letter: Letter, markup: Markup) -> str:
    return t("Sign by {deadline}", deadline=_deadline(t, letter, markup))


def _open_status(t: Words, letter: Letter, _: Particulars) -> str:
    return _with_grace(t, letter, _open(t, letter, Markup.MRKDWN))


def _another_card(t: Words, letter: Letter) -> str:
    return standing_words(t, letter, letter.phase)


def _closing(t: Words, letter: Letter, markup: Markup) -> str:
    closes = _bold(moment(t, letter.closes_at, plain_text=markup is Markup.NONE), markup)
    return t(
        "The deadline was {deadline}. You can still sign until {when}.",
        deadline=_deadline(t, letter, markup),
        when=closes,
    )


def _closing_status(t: Words, letter: Letter, _: Particulars) -> str:
    return _closing(t, letter, Markup.MRKDWN)


def _closed(t: Words, letter: Letter, markup: Markup) -> str:
    thanks = t("Thank you to everyone who signed.")
    return f"{_bold(_since(t, letter, markup), markup)} {thanks}"


def _closed_status(t: Words, letter: Letter, _: Particulars) -> str:
    return _bold(_since(t, letter, Markup.MRKDWN), Markup.MRKDWN)


def _since(t: Words, letter: Letter, markup: Markup) -> str:
    # Its deadline may have come without anybody having written that down.
    since = letter.closed_at or letter.closes_at
    return t("Closed {when}.", when=moment(t, since, plain_text=markup is Markup.NONE))


def _delivered(t: Words, letter: Letter, markup: Markup) -> str:
    thanks = t("Thank you to everyone who signed.")
    return f"{_handed_over(t, letter, markup)} {thanks}"


def _delivered_status(t: Words, letter: Letter, known: Particulars) -> str:
    return _with_withdrawn(t, _delivered(t, letter, Markup.MRKDWN), known)


def _late(t: Words, letter: Letter, markup: Markup) -> str:
    then = t("You can still sign. You’ll be listed with the late signatures.")
    return f"{_handed_over(t, letter, markup)} {then}"


def _late_status(t: Words, letter: Letter, known: Particulars) -> str:
    return _with_withdrawn(t, _late(t, letter, Markup.MRKDWN), known)


def _cancelled(t: Words, letter: Letter, markup: Markup) -> str:
    if markup is Markup.NONE:
        return t("Cancelled: {reason}", reason=isolate(letter.reason))
    said = t("Cancelled: {reason}", reason=escape(isolate(letter.reason)))
    then = t("Nothing will be sent in the signers’ names.")
    return f"{said}\n{then}"


def _cancelled_status(t: Words, letter: Letter, known: Particulars) -> str:
    return _with_withdrawn(t, _cancelled(t, letter, Markup.MRKDWN), known)


def _handed_over(t: Words, letter: Letter, markup: Markup) -> str:
    if letter.delivered_at is None:
        return _bold(t("Delivered"), markup)
    when = moment(t, letter.delivered_at, plain_text=markup is Markup.NONE)
    return _bold(t("Delivered {when}.", when=when), markup)


def _with_grace(t: Words, letter: Letter, said: str) -> str:
    """The deadline with the one at which it truly closes."""
    return f"{said}\n{closing_words(t, letter)}".rstrip()


def _with_withdrawn(t: Words, said: str, known: Particulars) -> str:
    if not known.withdrawn:
        return said
    withdrawn = t.n(
        "{count} signer withdrew after delivery.",
        "{count} signers withdrew after delivery.",
        known.withdrawn,
    )
    return f"{said} {withdrawn}"


PHASE_WORDS = {
    Phase.DRAFT: PhaseWords(
        standing=_draft,
        status=_draft_status,
        posting=_draft_posting,
        state=lambda t: t("Draft"),
        counts=False,
    ),
    Phase.FOUNDING: PhaseWords(
        standing=_founding,
        status=_founding_status,
        posting=_draft_posting,
        state=lambda t: t("First signers"),
    ),
    Phase.OPEN: PhaseWords(standing=_open, status=_open_status, posting=_another_card),
    Phase.CLOSING: PhaseWords(standing=_closing, status=_closing_status, posting=_another_card),
    Phase.CLOSED: PhaseWords(
        standing=_closed,
        status=_closed_status,
        posting=_another_card,
        state=lambda t: t("Closed"),
    ),
    Phase.DELIVERED: PhaseWords(
        standing=_delivered,
        status=_delivered_status,
        posting=_another_card,
        state=lambda t: t("Delivered"),
    ),
    Phase.LATE: PhaseWords(
        standing=_late,
        status=_late_status,
        posting=_another_card,
        state=lambda t: t("Late signatures"),
    ),
    Phase.CANCELLED: PhaseWords(
        standing=_cancelled,
        status=_cancelled_status,
        posting=_another_card,
        state=lambda t: t("Cancelled"),
        counts=False,
    ),
}


def late_blocks(t: Words, letter: Letter) -> Blocks:
    """Warn before signing a letter that was delivered; else nothing."""
    if letter.phase is not Phase.LATE or letter.delivered_at is None:
        return []
    return [section(f":warning: {_late(t, letter, Markup.MRKDWN)}", "late")]
