"""Amendments: changes of a posted letter's text; and the outcomes of a correction."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum

from bot.letters.draft import refuse_text, refuse_texts
from bot.letters.letter import Letter
from bot.letters.people import Person
from bot.letters.refusals import Reason, Refusal
from bot.letters.send_windows import next_window
from bot.letters.text import LetterText


class Answer(StrEnum):
    """Outcome of a correction."""

    YES = "yes"
    NO = "no"
    MADE = "made"
    """An organiser corrected the entry without asking its signer."""
    OVERTAKEN = "overtaken"
    """Another correction replaced it before the signer answered."""


NOTE_MOST = 600
OFFERED = timedelta(days=7)
LONGEST = timedelta(days=30)
"""Longest time to answer, so that a mistyped year cannot delay the delivery."""
SHORTEST = timedelta(hours=24)
"""Least time that signers have to answer a material amendment."""
REMINDED_BEFORE = timedelta(days=3)
"""The earliest that signers are reminded before the end of the time to answer."""


class AmendmentKind(StrEnum):
    """An amendment's effect on signatures, as an organiser declares it."""

    COSMETIC = "cosmetic"
    """A typo or the like: signatures stay valid, and signers are notified."""
    MATERIAL = "material"
    """The meaning changes: each signer is asked to keep or withdraw their signature."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Amendment:
    """One change of a letter's text."""

    id: str
    letter: int
    kind: AmendmentKind
    from_sha256: str
    to_sha256: str
    meaning: int
    """Value of `Letter.meaning` from this amendment on."""
    note: str
    answer_by: datetime | None
    """End of the time to answer a material amendment; None for a cosmetic one."""
    made_at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class Proposal:
    """An amendment that an organiser has written and not confirmed yet."""

    id: str
    letter: int
    kind: AmendmentKind
    from_sha256: str
    """The text that the organiser compared it with."""
    text: LetterText
    note: str
    answer_by: datetime | None
    by: Person


def same_meaning(history: Sequence[Amendment], sha256: str) -> frozenset[str]:
    """Return the SHA-256 of a text, and of those that only cosmetic amendments separate from it."""
    same = {sha256}
    steps = [
        {one.from_sha256, one.to_sha256} for one in history if one.kind is AmendmentKind.COSMETIC
    ]
    while joined := [step for step in steps if len(step & same) == 1]:
        same.update(*joined)
    return frozenset(same)


def meanings_of(history: Sequence[Amendment], sha256: str) -> frozenset[int]:
    """Return every `Letter.meaning` that a letter had while its text was this or an equivalent one.

    Empty for a text that the letter never had. A letter without amendments has meaning 1 only.
    """
    same = same_meaning(history, sha256)
    first = {1} if history and history[0].from_sha256 in same else set[int]()
    return frozenset(first | {one.meaning for one in history if one.to_sha256 in same})


def reminder_due(amendment: Amendment, tz: str, now: datetime) -> datetime | None:
    """Return when to remind a signer who has not answered: a day before the time to answer ends.

    The reminder is in the signer's daytime, if need be on one of the two days before. None if there
    is no such time, or if it is less than a day after the amendment.
    """
    if amendment.answer_by is None:
        return None
    for days in range(1, REMINDED_BEFORE.days + 1):
        planned = next_window(max(now, amendment.answer_by - timedelta(days=days)), tz)
        if planned < amendment.answer_by:
            return planned if planned >= amendment.made_at + SHORTEST else None
    return None


def offered_answer_by(letter: Letter, now: datetime) -> datetime:
    """Return the default end of the time to answer: in seven days, or at an earlier deadline."""
    offered = now + OFFERED
    if now < letter.deadline < offered:
        offered = letter.deadline
    return max(offered, now + SHORTEST)


def refuse_answer_by(answer_by: datetime | None, now: datetime) -> Refusal | None:
    """Return why the time to answer cannot end at that time; None if it can."""
    if answer_by is None or answer_by < now + SHORTEST:
        return Refusal(Reason.ANSWER_TOO_SOON, "answer_by", {"hours": 24})
    if answer_by > now + LONGEST:
        return Refusal(Reason.ANSWER_TOO_FAR, "answer_by", {"days": LONGEST.days})
    return None


def refuse_amendment(
    letter: Letter,
    text: LetterText,
    kind: AmendmentKind,
    note: str,
    answer_by: datetime | None,
    now: datetime,
) -> Refusal | None:
    """Return why a letter's text cannot be amended in this way, with the form field, or None."""
    if text.sha256 == letter.text_sha256:
        return Refusal(Reason.SAME_TEXT, "body")
    refusal = refuse_text(text) or refuse_texts(("note", note, NOTE_MOST))
    if refusal is not None or kind is AmendmentKind.COSMETIC:
        return refusal
    return refuse_answer_by(answer_by, now)
