"""Drafts: letters before they are posted."""

from dataclasses import dataclass, field, fields, replace
from datetime import datetime

from bot.letters.deadlines import Grace
from bot.letters.ids import revision
from bot.letters.letter import Letter, Signers
from bot.letters.refusals import Reason, Refusal
from bot.letters.rules import Rules, refuse_rules
from bot.letters.text import SIGNED, LetterText

TITLE_MOST = 140
"""Shorter than a card's header, which has room for 150 characters."""
SUMMARY_MOST = 600
SENDER_MOST = 120
ADDRESSEE_MOST = 600
SUBJECT_MOST = 200
BODY_MOST = 100_000
LANGUAGE_MOST = 35
"""Most characters of a language tag: RFC 5646 requires support for at least this many."""
GOAL_MOST = 10_000_000
RESPONSIBLE_MOST = 300
GRACE_MOST = 7 * 24 * 60
"""The most extra minutes: a week."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Draft:
    """The text and rules of a new letter. `body` is Markdown; `deadline` is aware."""

    title: str
    body: str
    deadline: datetime
    summary: str = ""
    sender: str = ""
    addressee: str = ""
    subject: str = ""
    signers: Signers = Signers.EVERYONE
    goal: int | None = None
    language: str = "en"
    tz: str = "UTC"
    grace: Grace = field(default_factory=Grace)
    """Extra time between the deadline and the hard deadline."""
    rules: Rules = field(default_factory=Rules)

    @property
    def text(self) -> LetterText:
        """All that is signed, in canonical form."""
        return LetterText.of(*(getattr(self, name) for name in SIGNED))


def as_draft(letter: Letter, body: str) -> Draft:
    """Return a letter and its text as a draft, as its form shows it."""
    names = (one.name for one in fields(Draft) if one.name != "body")
    return Draft(body=body, **{name: getattr(letter, name) for name in names})


@dataclass(frozen=True, slots=True, kw_only=True)
class Details:
    """Details of a letter that can change after its first card. People don't sign them."""

    summary: str
    goal: int | None
    responsible: str = ""
    """The person or body responsible for the use of the names; empty for the organisers."""


def details_of(letter: Letter) -> Details:
    """Return the current details of a letter."""
    return Details(**{one.name: getattr(letter, one.name) for one in fields(Details)})


def refuse_details(details: Details) -> Refusal | None:
    """Return what is wrong with the details and in which field; None if they can be saved."""
    refusal = refuse_texts(
        ("summary", details.summary, SUMMARY_MOST),
        ("responsible", details.responsible, RESPONSIBLE_MOST),
    )
    if refusal is not None:
        return refusal
    if details.goal is not None and not 1 <= details.goal <= GOAL_MOST:
        return Refusal(Reason.NOT_A_NUMBER, "goal", {"most": GOAL_MOST})
    return None


def refuse_text(text: LetterText) -> Refusal | None:
    """Return what is wrong with what is to be signed, and in which field; None if all is well."""
    return refuse_texts(
        ("title", text.title, TITLE_MOST),
        ("sender", text.sender, SENDER_MOST),
        ("addressee", text.addressee, ADDRESSEE_MOST),
        ("subject", text.subject, SUBJECT_MOST),
        ("body", text.body.removesuffix("\n"), BODY_MOST),
    )


def refuse_texts(*texts: tuple[str, str, int]) -> Refusal | None:
    """Return what is wrong with fields, each given as its name, its text and its most characters."""
    for name, value, most in texts:
        if name in {"title", "body", "note", "translator"} and not value.strip():
            return Refusal(Reason.EMPTY, name)
        if len(value) > most:
            return Refusal(Reason.TOO_LONG, name, {"most": most, "length": len(value)})
    return None


def draft_revision(draft: Draft) -> str:
    """Return the revision of the fields saved by a draft's form, which excludes the rules."""
    return revision(replace(draft, rules=Rules()))


def refuse_draft(draft: Draft, now: datetime, before: Rules | None = None) -> Refusal | None:
    """Return why a draft cannot be saved, with the form field; None if it can.

    `before`: the rules saved before, if any.
    """
    refusal = (
        refuse_text(draft.text)
        or refuse_details(Details(summary=draft.summary, goal=draft.goal))
        or refuse_texts(("language", draft.language, LANGUAGE_MOST))
    )
    if refusal is not None:
        return refusal
    if draft.deadline <= now:
        return Refusal(Reason.DEADLINE_NOT_AHEAD, "deadline")
    if draft.grace.minutes > GRACE_MOST:
        return Refusal(Reason.NOT_A_NUMBER, "grace_minutes", {"most": GRACE_MOST})
    return refuse_rules(draft.rules, before or Rules(), now, shown=False)
