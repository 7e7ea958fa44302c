"""A letter: its facts, its rules, its tally, its phase and its cards."""

import operator
from dataclasses import dataclass, field, replace
from datetime import datetime
from enum import StrEnum

from bot.letters.deadlines import Grace
from bot.letters.people import NO_TIES, Membership, Role, role
from bot.letters.phases import ALLOWED, NOT_NOW, Action, Moment, Phase, after
from bot.letters.refusals import Reason, Refusal
from bot.letters.rules import Hidden, PublicPage, Rules


class PostingState(StrEnum):
    """State of a card."""

    WAITING = "waiting"
    """Queued, not yet in its channel."""
    UP = "up"
    FAILED = "failed"
    """Slack refused it for good; `error` is the name of Slack's error."""
    UNKNOWN = "unknown"
    """Slack did not answer, so the card may exist. The first click on it confirms that."""
    LEAVING = "leaving"
    """Queued to be deleted from its channel."""
    DOWN = "down"


@dataclass(frozen=True, slots=True, kw_only=True)
class Posting:
    """One card in one channel."""

    id: str
    letter: int
    workspace: str
    channel: str
    message_ts: str | None
    state: PostingState
    error: str
    words: str = ""


class Signers(StrEnum):
    """The kinds of signers that a letter accepts."""

    EVERYONE = "everyone"
    PEOPLE = "people"
    ORGANISATIONS = "organisations"


class Sight(StrEnum):
    """The part of a letter's list that a person may see."""

    ALL = "all"
    COUNT = "count"
    NOTHING = "nothing"


@dataclass(frozen=True, slots=True)
class Tally:
    """Numbers of signatories on the list by kind, with those on the late list separate.

    Two signers of one organisation count once.
    """

    people: int = 0
    organisations: int = 0
    late_people: int = 0
    late_organisations: int = 0
    waiting: int = 0
    """Signed organisations that are unconfirmed or disputed; for organisers only."""
    withheld: int = 0
    """People who withhold their names, among those on the list and on the late list."""

    @property
    def total(self) -> int:
        """All signatories on the list, without the late ones."""
        return self.people + self.organisations

    @property
    def late(self) -> int:
        """All signatories on the late list."""
        return self.late_people + self.late_organisations

    def __add__(self, other: "Tally") -> "Tally":
        return Tally(*map(operator.add, _NUMBERS(self), _NUMBERS(other)))

    def __sub__(self, other: "Tally") -> "Tally":
        return Tally(*map(operator.sub, _NUMBERS(self), _NUMBERS(other)))


_NUMBERS = operator.attrgetter(*Tally.__slots__)


@dataclass(frozen=True, slots=True, kw_only=True)
class Letter:
    """A letter. Times are aware and in UTC."""

    id: int
    workspace: str
    title: str
    summary: str
    sender: str
    addressee: str = ""
    subject: str = ""
    language: str
    text_sha256: str
    meaning: int = 1
    """Number of changes of meaning, plus one: a material amendment adds one, a cosmetic one none."""
    signers: Signers
    goal: int | None
    deadline: datetime
    """The deadline on the card."""
    closes_at: datetime
    """The hard deadline, at which the letter closes; never before `deadline`."""
    tz: str = "UTC"
    grace: Grace = field(default_factory=Grace)
    """Extra time between the deadline and the hard deadline."""
    phase: Phase
    rules: Rules = field(default_factory=Rules)
    tally: Tally = field(default_factory=Tally)
    created_at: datetime
    opened_at: datetime | None = None
    """Time at which its first card was posted."""
    public: bool = False
    """A card is or was in a public channel."""
    closed_at: datetime | None = None
    delivered_at: datetime | None = None
    embargo_sooner: datetime | None = None
    """An earlier end of its embargo, of which not all signers have been told yet."""
    unveiled_at: datetime | None = None
    """Time at which its embargo ended or was lifted."""
    share_id: str | None = None
    """The id in the address of its public page, made when that is first turned on and kept."""
    listed_at: datetime | None = None
    """Time from which the page shows the list; None until every signer was told of the page."""
    revision: int = 0
    """A number that grows with each change of what readers may see."""
    answer_by: datetime | None = None
    """End of the time to answer the last material amendment."""
    has_invitations: bool = False
    """Whether it has a list of invited people, on which reminders depend."""
    responsible: str = ""
    """The person or body responsible for its names; empty for the organisers."""
    news: str = ""
    """The organisers' update, shown under the letter; it is no part of the text."""
    news_at: datetime | None = None
    told_words: str = ""
    """The last message to everyone who signed."""
    told: int = 0
    telling: str | None = None
    """The last person for whom it was queued, "" for nobody yet; None after everyone."""
    started_from: int | None = None
    """The letter that it was started from."""
    reason: str = ""
    seen: Sight = Sight.ALL
    """The part of the list that the reader may see; a hidden tally is empty."""

    def phase_at(self, now: datetime) -> Phase:
        """Return the phase at a time, by the deadlines; the worker stores it a little later."""
        phase = self.phase
        if phase is Phase.OPEN and now >= self.deadline:
            phase = after(phase, Moment.DEADLINE)
        if now >= self.closes_at:
            phase = after(phase, Moment.HARD_DEADLINE)
        return phase

    @property
    def is_veiled(self) -> bool:
        """Return whether an embargo has not been lifted."""
        return self.rules.embargo is not None and self.unveiled_at is None

    def sight(self, role: Role, now: datetime) -> Sight:
        """Return the part of the list that a role may see at a time."""
        embargo = self.rules.embargo
        if role is Role.ORGANISER or embargo is None or not self.is_veiled:
            return Sight.ALL
        if embargo.until is not None and now >= embargo.until:
            return Sight.ALL
        return Sight.COUNT if embargo.hides is Hidden.NAMES else Sight.NOTHING

    @property
    def page_path(self) -> str:
        """Return the path of its public page's short address."""
        return f"/l/{self.share_id}"

    def web_sight(self, now: datetime) -> Sight | None:
        """Return the part of the list on its public page at a time; None if there is no page.

        A reader on the web may see what a guest of a channel with its card may see, but no number
        without names: a signature under somebody's name would tell by it whether they signed.
        """
        ties = replace(NO_TIES, present=True)
        opened = self.opened_at is not None
        reader = role(Membership.OUTSIDER, ties, posted=opened, public=self.public)
        phase = self.phase_at(now)
        if self.rules.page is PublicPage.OFF or reader not in ALLOWED[Action.READ][phase]:
            return None
        told = self.listed_at is not None and now >= self.listed_at
        if not told or reader not in ALLOWED[Action.SEE_SIGNATORIES][phase]:
            return Sight.NOTHING
        return Sight.ALL if self.sight(reader, now) is Sight.ALL else Sight.NOTHING

    def as_seen_by(self, role: Role, now: datetime) -> "Letter":
        """Return the letter as a role may see it at a time, in its phase at that time."""
        seen = self.sight(role, now)
        tally = self.tally
        if seen is Sight.NOTHING:
            tally = Tally()
        elif role is not Role.ORGANISER:
            tally = replace(tally, waiting=0)
        return replace(self, phase=self.phase_at(now), seen=seen, tally=tally)


def refuse(letter: Letter, action: Action, role: Role, now: datetime) -> Refusal | None:
    """Return why a role may not perform an action on the letter now; None if it may.

    The reason doesn't reveal the letter to people who may not read it.
    """
    phase = letter.phase_at(now)
    if role in ALLOWED[action][phase]:
        return None
    if role not in ALLOWED[Action.READ][phase]:
        return Refusal(Reason.NO_SUCH_LETTER)
    if any(role in roles for roles in ALLOWED[action].values()):
        facts = {"title": letter.title, "why": letter.reason}
        return Refusal(_why_not(letter, action, phase), facts=facts)
    reason = Reason.OUT_OF_REACH if role is Role.SIGNER else Reason.NOT_ORGANISER
    return Refusal(reason, facts={"title": letter.title})


def _why_not(letter: Letter, action: Action, phase: Phase) -> Reason:
    if action in {Action.EDIT, Action.DISCARD}:
        return Reason.NOT_A_DRAFT
    if action is Action.FOUND:
        return Reason.ALREADY_PUBLIC
    if action is Action.CLOSE_LATE or (action is Action.OPEN_LATE and phase is not Phase.LATE):
        return Reason.NOT_DELIVERED if phase is not Phase.DELIVERED else Reason.NOT_LATE
    if action is Action.DELIVER and Role.ORGANISER in ALLOWED[Action.CLOSE][phase]:
        return Reason.CLOSE_FIRST
    if letter.phase is not phase and phase is Phase.CLOSED:
        return Reason.DEADLINE_PASSED
    return NOT_NOW[phase]
