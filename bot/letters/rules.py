"""The rules of a letter: how signatures are confirmed, shown and ordered."""

from dataclasses import asdict, dataclass, field, replace
from datetime import datetime, timedelta
from enum import StrEnum
from typing import Any, TypeVar

from bot.letters.refusals import Reason, Refusal

MOST_LISTED = 10_000_000
PLACE_MOST, CONTACT_MOST = 100, 600
HEADINGS_MOST, HEADING_MOST = 7, 75
NOTICE = timedelta(days=1)
"""Least time between telling people that a promised time comes earlier, and that time."""


class Confirmation(StrEnum):
    """The confirmation that an organisation's signature needs before it counts."""

    NONE = "none"
    SECOND = "second"
    """A second person of the organisation signs for it too."""
    ORGANISER = "organiser"
    """An organiser records how they know that the organisation signed."""


class Silence(StrEnum):
    """The effect of not answering a material amendment."""

    KEEP = "keep"
    """The signature stays valid, for the text that was signed."""
    DROP = "drop"
    """The signature ends with the time to answer."""


class WithdrawnEntry(StrEnum):
    """Treatment of an entry whose signer withdraws after delivery."""

    REMOVED = "removed"
    MARKED = "marked"
    """The entry stays, marked as withdrawn after delivery, and no longer counts."""


class Ordering(StrEnum):
    """Order of the entries within a group."""

    ALPHABETICAL = "alphabetical"
    COUNTRY = "country"
    """By country, then alphabetically; entries without a country come first."""
    TIME = "time"
    """By the time of signing."""


class Reminded(StrEnum):
    """Recipients of a letter's reminders."""

    EVERYONE = "everyone"
    """Channel members who have not signed, and invited people who have not answered."""
    INVITED = "invited"


QUESTION_MOST, CHOICES_MOST, CHOICE_MOST = 150, 10, 75
"""Most characters of a letter's own question, answers to choose from, and characters of one."""


@dataclass(frozen=True, slots=True, kw_only=True)
class OwnQuestion:
    """A letter's own question to its signers."""

    asked: str
    choices: tuple[str, ...] = ()
    """The answers to choose from; if there are none, the answer is a short text."""
    required: bool = False
    quoted: bool = False
    """Signers may allow that their answer is quoted; otherwise it is for organisers only."""


class MaySign(StrEnum):
    """The people who may sign."""

    READERS = "readers"
    """Everyone who can read the letter."""
    INVITED = "invited"
    """Invited people, first signers and organisers; an organiser looks at organisations that were
    not invited."""
    REVIEWED = "reviewed"
    """Readers; what they sign is listed once an organiser has looked at it."""


class Names(StrEnum):
    """The names with which people sign for themselves."""

    SHOWN = "shown"
    MAY_BE_WITHHELD = "may_be_withheld"
    """Shown, or withheld by the signer, who then describes themselves."""


class PublicPage(StrEnum):
    """The part of a letter that everyone may see on the web, at its address."""

    OFF = "off"
    LIST = "list"
    SIGNING = "signing"
    """The letter, its list, and a form to sign it with a code by mail."""


class Look(StrEnum):
    """Signatures given on the web that an organiser looks at before they are listed."""

    NONE = "none"
    ORGANISATIONS = "organisations"
    EVERYONE = "everyone"


class Hidden(StrEnum):
    """Facts that an embargo hides from everyone but organisers."""

    NAMES = "names"
    ALL = "all"
    """The names, and their number."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Embargo:
    """An embargo, which ends at a time or with a number of listed signatories.

    The first of the two to occur ends it. At least one is given.
    """

    hides: Hidden
    until: datetime | None = None
    until_listed: int | None = None
    """Number of people behind the list; each counts once, whatever they signed for."""

    def ends_sooner(self, before: "Embargo") -> bool:
        """Return whether its end is at an earlier time than that of the embargo before it."""
        return _is_less(self.until, before.until)


_Value = TypeVar("_Value", int, datetime)


def _is_less(new: _Value | None, old: _Value | None) -> bool:
    return new is not None and (old is None or new < old)


@dataclass(frozen=True, slots=True, kw_only=True)
class Printing:
    """Optional parts of a letter in documents and on its page, each empty or off by default."""

    place: str = ""
    """The place before the day."""
    day_last: bool = False
    """True if place and day come after the text, not before it."""
    copies: str = ""
    """Recipients of copies, in one line or several."""
    press: str = ""
    """The contact for the press, in one line or several."""
    identification: bool = False
    """True for a line that affiliations are given for identification only."""
    numbered: bool = False
    """True if entries have numbers."""
    web: bool = False
    """True if organisations can add their web address to their entry."""
    represented: bool = False
    """True if the signer of an organisation can be named in its entry."""
    groups: tuple[str, ...] = ()
    """The headings of the organisers' own groups, which precede organisations and people."""
    firsts: bool = False
    """True if those who sign before the first card come into the first of these groups."""
    shown_first: int = 0
    """The entries after the text in PDF and Word, before an annex with the whole list; 0 for all."""

    @property
    def chosen(self) -> dict[str, Any]:
        """The parts that are not empty or off, by name."""
        return {name: value for name, value in asdict(self).items() if value}


@dataclass(frozen=True, slots=True, kw_only=True)
class Rules:
    """The rules of a letter."""

    confirmation: Confirmation = Confirmation.NONE
    silence: Silence = Silence.KEEP
    withdrawn_entry: WithdrawnEntry = WithdrawnEntry.REMOVED
    embargo: Embargo | None = None
    ordering: Ordering = Ordering.ALPHABETICAL
    grouped: bool = True
    """List organisations and people separately, organisations first."""
    reminded: Reminded = Reminded.EVERYONE
    page: PublicPage = PublicPage.OFF
    names: Names = Names.SHOWN
    may_sign: MaySign = MaySign.READERS
    question: OwnQuestion | None = None
    printing: Printing = field(default_factory=Printing)
    look: Look = Look.ORGANISATIONS
    hourly: int = 60
    """Signatures on the web in an hour after which all others wait for an organiser's look."""
    unindexed: bool = False
    """Keep the list apart from the letter's page, and ask search engines to leave it out."""


CHOICES: dict[str, type[StrEnum]] = {
    "confirmation": Confirmation, "silence": Silence, "withdrawn_entry": WithdrawnEntry,
    "ordering": Ordering, "reminded": Reminded, "page": PublicPage, "names": Names,
    "may_sign": MaySign, "look": Look,
}  # fmt: skip
"""The rules that are one choice of several, by name."""


def carried(rules: Rules, later: timedelta, now: datetime) -> Rules:
    """Return a letter's rules for the next one, whose deadline is `later` than its own.

    The end of an embargo moves with the deadline. The public page stays off.
    """
    embargo = rules.embargo
    if embargo is not None and embargo.until is not None:
        until = embargo.until + later
        embargo = replace(embargo, until=until if until > now else None)
        if embargo.until is None and embargo.until_listed is None:
            embargo = None
    return replace(rules, embargo=embargo, page=PublicPage.OFF)


def refuse_rules(rules: Rules, before: Rules, now: datetime, *, shown: bool) -> Refusal | None:
    """Return why these rules cannot replace the previous ones; None if they can.

    `shown`: whether signers have already seen the rules; those about silence and withdrawal then
    cannot change.
    """
    for name in ("silence", "withdrawn_entry"):
        if shown and getattr(rules, name) is not getattr(before, name):
            return Refusal(Reason.RULE_WAS_SHOWN, name)
    if refusal := _refuse_printing(rules.printing):
        return refusal
    choices = rules.question.choices if rules.question else ()
    longest = max(map(len, choices), default=0)
    if len(choices) == 1 or len(choices) > CHOICES_MOST or longest > CHOICE_MOST:
        return Refusal(Reason.UNUSABLE_CHOICES, "choices")
    embargo = rules.embargo
    if embargo is None or embargo == before.embargo:
        return None
    if embargo.until is None and embargo.until_listed is None:
        return Refusal(Reason.EMBARGO_WITHOUT_END, "until")
    if embargo.until is not None and embargo.until <= now:
        return Refusal(Reason.EMBARGO_NOT_AHEAD, "until")
    if embargo.until_listed is not None and not 1 <= embargo.until_listed <= MOST_LISTED:
        return Refusal(Reason.NOT_A_NUMBER, "until_listed", {"most": MOST_LISTED})
    return None


def _refuse_printing(printing: Printing) -> Refusal | None:
    limits = {"place": PLACE_MOST, "copies": CONTACT_MOST, "press": CONTACT_MOST}
    for name, most in limits.items():
        length = len(getattr(printing, name))
        if length > most:
            return Refusal(Reason.TOO_LONG, name, {"most": most, "length": length})
    groups = printing.groups
    if len(groups) > HEADINGS_MOST or any(len(one) > HEADING_MOST for one in groups):
        facts = {"count": HEADINGS_MOST, "most": HEADING_MOST}
        return Refusal(Reason.LONG_HEADINGS, "headings", facts)
    return None


def refuse_looser(embargo: Embargo | None, before: Embargo, now: datetime) -> Refusal | None:
    """Return why an embargo under which people signed cannot become this one; None if it can.

    It may end at an earlier time that leaves them a day. Nothing else of it may be loosened.
    """
    if embargo is None or (embargo.hides, before.hides) == (Hidden.NAMES, Hidden.ALL):
        return Refusal(Reason.EMBARGO_NEEDS_NOTICE, "until")
    soon = embargo.until is not None and embargo.until < now + NOTICE
    if _is_less(embargo.until_listed, before.until_listed) or (
        soon and embargo.ends_sooner(before)
    ):
        return Refusal(Reason.EMBARGO_NEEDS_NOTICE, "until")
    return None
