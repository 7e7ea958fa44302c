"""An endorsement: one person's signature for a signatory on the list."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, fields
from datetime import datetime
from enum import StrEnum

from bot.letters.letter import Letter, Signers
from bot.letters.people import Person
from bot.letters.phases import Phase
from bot.letters.refusals import Reason, Refusal
from bot.letters.rules import Names, Silence

ORGANISATIONS_MOST, ORGANISATIONS_SEEN = 5, 3
"""Organisations of a letter that one person can sign for, and from which organisers are told."""
WEB = "Web"
"""Beginning of the source of a signature given on the web."""
SOURCE_MOST = 300
"""Most characters of the source of a signature that was collected elsewhere."""


class Kind(StrEnum):
    """Kind of a signatory."""

    PERSON = "person"
    ORGANISATION = "organisation"


class Capacity(StrEnum):
    """Capacity in which somebody signs."""

    INDIVIDUAL = "individual"
    AFFILIATED = "affiliated"
    """As oneself; title and affiliation are only for identification."""
    WITHHELD = "withheld"
    """As oneself, listed by the signer's own description instead of the name."""
    ORGANISATION = "organisation"

    @property
    def kind(self) -> Kind:
        """The kind of signatory that a signature in this capacity adds to the list."""
        return Kind.ORGANISATION if self is Capacity.ORGANISATION else Kind.PERSON


@dataclass(frozen=True, slots=True, kw_only=True)
class Facts:
    """The facts a signer gave. For an organisation, `name` is the signer's own name."""

    name: str
    title: str = ""
    affiliation: str = ""
    organisation: str = ""
    country: str = ""
    via: str = ""
    """The body through which an organisation signs ("the Contract for the Web")."""
    web: str = ""
    """An organisation's web address without its scheme ("example.org"), or empty."""
    represented: str = ""
    """Words for the signer of an organisation, if they are printed: "represented by Ada King"."""
    note: str = ""
    """Note in brackets after an affiliation: "for identification only", or empty."""
    role: str = ""
    """The signer's role in the organisation: on the public list only within `represented`."""
    authorised: bool = False
    """The signer's statement that they are authorised to sign for the organisation."""
    withheld: str = ""
    """The name of a signer who withholds it. `name` is empty then, so that nothing shows, sorts or
    compares it, and `title` is the description."""

    answer: str = ""
    """The answer to the letter's own question, for organisers."""
    question: str = ""
    """That question, as the signer read it."""
    answer_language: str = ""
    """The signer's locale, in which the answer probably is."""
    quotable: bool = False
    """True if the signer allows that the answer is quoted with their entry."""

    news: bool = False
    """True if a signer on the web wants mails about what becomes of the letter."""

    @property
    def own_name(self) -> str:
        """The signer's name, withheld or not; only for the signer and for organisers."""
        return self.withheld or self.name


ANSWERED = ("answer", "question", "answer_language", "quotable")
"""The facts that are about the letter's own question."""
OWN = (*ANSWERED, "news")
"""The facts that only the signer sets, in whichever capacity."""
USED = {
    Capacity.INDIVIDUAL: ("name", *OWN),
    Capacity.AFFILIATED: ("name", "title", "affiliation", "note", *OWN),
    Capacity.WITHHELD: ("name", "title", "note", "withheld", *OWN),
    Capacity.ORGANISATION: (
        "name",
        "organisation",
        "country",
        "via",
        "web",
        "represented",
        "role",
        "authorised",
        *OWN,
    ),
}
"""The facts that each capacity uses; all others are dropped."""
FACTS = tuple(one.name for one in fields(Facts))
WRITTEN = tuple(one.name for one in fields(Facts) if one.type is str)
"""The names of the facts that are text."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Remembered:
    """Details of a signature that its signer chose to save for their next signature."""

    capacity: Capacity
    facts: Facts
    sort_name: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Signature:
    """A signature as its signer approved it, before the letter's rules are applied."""

    capacity: Capacity
    facts: Facts
    entry: str
    """The entry on the letter, exactly as shown before the signer consented."""
    sort_name: str
    """The name to sort the entry by, as the signer left it ("Cerf, Vint")."""
    sort_fold: str
    """`names.sort_fold(sort_name)`, for searching."""
    sort_key: str
    """`collation_key(sort_name, …)` in the letter's language, for sorting."""
    key: str
    """Key of the signatory: the person, or the organisation's exact key."""
    country: str = ""
    """The ISO code of an organisation's country; empty if the signer named none."""
    text_sha256: str
    """The text that the signer saw."""
    consent: str
    """The words of consent that the signer saw."""

    @property
    def is_withheld(self) -> bool:
        """True if the signer withholds their name."""
        return self.capacity is Capacity.WITHHELD

    @property
    def told(self) -> str:
        """The entry as messages quote it; others can export them, so a description is left out."""
        return self.facts.note if self.is_withheld else self.entry


class State(StrEnum):
    """State of an endorsement."""

    STANDS = "stands"
    ASKED = "asked"
    """The text changed in meaning, and the signer has not decided yet whether the signature stays.
    """
    WITHDRAWN = "withdrawn"
    WITHDRAWN_AFTER_DELIVERY = "withdrawn_after_delivery"
    DROPPED = "dropped"
    """The signer did not answer an amendment in time, and the letter's rule drops the signature."""
    MERGED = "merged"
    """The organisation was merged into one that the signer had signed for already."""
    REMOVED = "removed"
    """An organiser removed it; its signer cannot sign for the organisation again."""


class Event(StrEnum):
    """Event that changes the state of an endorsement."""

    CHANGE = "change"
    """The signer changes the signature."""
    AMEND = "amend"
    KEEP = "keep"
    """The signer keeps the signature for the amended text."""
    SILENCE_KEEPS = "silence_keeps"
    SILENCE_DROPS = "silence_drops"
    WITHDRAW = "withdraw"
    WITHDRAW_AFTER_DELIVERY = "withdraw_after_delivery"
    MERGE = "merge"
    """The organisation is merged into one that the same person signed for too."""
    REMOVE = "remove"
    """An organiser removes the signature, and not those of others for the same organisation."""


MOVES: dict[tuple[State, Event], State] = {
    (State.STANDS, Event.CHANGE): State.STANDS,
    (State.STANDS, Event.AMEND): State.ASKED,
    (State.STANDS, Event.WITHDRAW): State.WITHDRAWN,
    (State.STANDS, Event.WITHDRAW_AFTER_DELIVERY): State.WITHDRAWN_AFTER_DELIVERY,
    (State.ASKED, Event.CHANGE): State.ASKED,
    (State.ASKED, Event.AMEND): State.ASKED,
    (State.ASKED, Event.KEEP): State.STANDS,
    (State.ASKED, Event.SILENCE_KEEPS): State.STANDS,
    (State.ASKED, Event.SILENCE_DROPS): State.DROPPED,
    (State.ASKED, Event.WITHDRAW): State.WITHDRAWN,
    (State.STANDS, Event.MERGE): State.MERGED,
    (State.ASKED, Event.MERGE): State.MERGED,
    (State.STANDS, Event.REMOVE): State.REMOVED,
    (State.ASKED, Event.REMOVE): State.REMOVED,
}
"""Transitions of an endorsement; all others are impossible."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Endorsement:
    """A saved signature, given by its signer or collected elsewhere."""

    id: str
    letter: int
    signatory: str
    person: Person | None
    """The signer, with an account or a mail address; None for a collected signature."""
    signature: Signature
    meaning: int = 1
    """The last meaning of the text that it was given or kept for (`Letter.meaning`). An amendment
    that restores a text of that meaning raises it too."""
    kept_sha256: str = ""
    """SHA-256 of the amended text that the signer kept it for; empty if they were never asked."""
    source: str = ""
    """Source of a collected signature; of one given on the web, the domain of its signer's address."""
    added_by: Person | None = None
    """The organiser who added a collected signature."""
    signed_at: datetime
    changed_at: datetime | None = None
    corrected_at: datetime | None = None
    """Time of an organiser's correction made without asking the signer; None if changed since."""
    withdrawn_at: datetime | None = None
    """Time at which it ended, for any reason."""
    ended: State | None = None
    """The state in which it ended, if it did."""

    @property
    def kind(self) -> Kind:
        """The kind of the signatory that it belongs to."""
        return self.signature.capacity.kind

    @property
    def in_slack(self) -> bool:
        """Return whether it was given in Slack."""
        return self.person is not None and not self.person.by_mail

    @property
    def on_web(self) -> bool:
        """Return whether it was given on the web."""
        return self.person is not None and self.person.by_mail

    @property
    def domain(self) -> str:
        """Return the domain from which it was given on the web, if that may say something."""
        return self.source.partition(f"{WEB}, ")[2] if self.on_web else ""

    @property
    def stands_for(self) -> str:
        """The SHA-256 of the last text that the signer agreed to."""
        return self.kept_sha256 or self.signature.text_sha256

    def is_of_earlier_text(self, letter: Letter) -> bool:
        """Return whether the signer agreed only to a text of another meaning than the current."""
        return self.meaning < letter.meaning

    def state_at(self, letter: Letter, now: datetime) -> State:
        """Return the state at a time; it changes by itself when the time to answer ends."""
        if self.withdrawn_at is not None:
            return self.ended or State.WITHDRAWN
        asked = self.is_of_earlier_text(letter) and self.person is not None
        if not asked or letter.answer_by is None:
            # A collected signature's signer cannot be asked, so it stays valid for the signed text.
            return State.STANDS
        if now < letter.answer_by:
            return State.ASKED
        drops = letter.rules.silence is Silence.DROP
        return MOVES[State.ASKED, Event.SILENCE_DROPS if drops else Event.SILENCE_KEEPS]


def domain_of(given: Sequence[Endorsement]) -> str:
    """Return the domain from which all signatures of an entry were given; "" if there is none."""
    domains = {one.domain for one in given}
    return domains.pop() if len(domains) == 1 else ""


def marked_before(letter: Letter, now: datetime) -> int:
    """Return the meaning below which the list marks entries; 0 while signers may still answer."""
    return 0 if letter.answer_by is not None and now < letter.answer_by else letter.meaning


def refuse_signature(
    letter: Letter,
    signature: Signature,
    held: Sequence[Endorsement],
    *,
    before: Signature | None = None,
) -> Refusal | None:
    """Return why a signature cannot be accepted; None if it can.

    Args:
        letter: The current letter, which the caller knows to be open.
        signature: The signature that the signer approved.
        held: The endorsements that the same person holds on this letter.
        before: The signature that it replaces, if any.
    """
    kind = signature.capacity.kind
    refusal = refuse_kind(letter, kind, "capacity")
    if refusal is not None:
        return refusal
    if kind is Kind.ORGANISATION and not signature.facts.authorised:
        return Refusal(Reason.NOT_AUTHORISED, "authorised")
    if signature.text_sha256 != letter.text_sha256:
        return Refusal(Reason.TEXT_CHANGED)
    stays_withheld = before is not None and before.is_withheld
    if signature.is_withheld and not stays_withheld and letter.rules.names is Names.SHOWN:
        return Refusal(Reason.NAMES_ARE_SHOWN, "capacity")
    for endorsement in held:
        if endorsement.kind is kind and (
            kind is Kind.PERSON or same_organisation(endorsement.signature, signature)
        ):
            return Refusal(Reason.ALREADY_SIGNED, "capacity", {"entry": endorsement.signature.told})
    if kind is Kind.ORGANISATION and organisations_among(held) >= ORGANISATIONS_MOST:
        return Refusal(Reason.MANY_ORGANISATIONS, "organisation", {"most": ORGANISATIONS_MOST})
    return None


def refuse_other_entry(
    letter: Letter, given: Signature, new: Signature, now: datetime
) -> Refusal | None:
    """Refuse a change of what is printed once a letter has closed; a withheld name can be shown."""
    if letter.phase_at(now) in {Phase.FOUNDING, Phase.OPEN, Phase.CLOSING}:
        return None
    was, printed = ((one.entry, one.facts.web, one.facts.represented) for one in (given, new))
    shows = given.is_withheld and new.capacity is Capacity.INDIVIDUAL
    if was == printed or (shows and new.facts.name == given.facts.withheld):
        return None
    field = "organisation" if new.capacity is Capacity.ORGANISATION else "name"
    return Refusal(Reason.STAYS_WHOSE_IT_IS, field)


def organisations_among(held: Iterable[Endorsement]) -> int:
    """Return how many endorsements are for organisations."""
    return sum(one.kind is Kind.ORGANISATION for one in held)


def refuse_kind(letter: Letter, kind: Kind, field: str) -> Refusal | None:
    """Return why a letter rejects this kind of signature, for a form field, or None."""
    if kind is Kind.PERSON and letter.signers is Signers.ORGANISATIONS:
        return Refusal(Reason.ORGANISATIONS_ONLY, field)
    if kind is Kind.ORGANISATION and letter.signers is Signers.PEOPLE:
        return Refusal(Reason.PEOPLE_ONLY, field)
    return None


def same_organisation(one: Signature, other: Signature) -> bool:
    """Return whether two signatures are for the same organisation.

    They are if the exact keys are equal, unless both name a country and the countries differ.
    """
    differ = one.country and other.country and one.country != other.country
    return one.key == other.key and not differ
