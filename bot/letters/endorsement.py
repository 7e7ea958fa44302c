"""One signer's act of signing, and the party it puts on the list."""

from dataclasses import dataclass, fields
from datetime import datetime
from enum import StrEnum

from bot.letters.letter import Letter, Signers
from bot.letters.people import Person
from bot.letters.refusals import Reason, Refusal
from bot.letters.rules import Silence

SOURCE_MOST = 300
"""Characters that say where a signature from elsewhere comes from."""


class Kind(StrEnum):
    """Kind of a signatory."""

    PERSON = "person"
    ORGANISATION = "organisation"


class Capacity(StrEnum):
    """Capacity in which somebody signs."""

    INDIVIDUAL = "individual"
    AFFILIATED = "affiliated"
    """As oneself with title and affiliation, for identification only."""
    ORGANISATION = "organisation"

    @property
    def kind(self) -> Kind:
        """The kind of signatory that signing in this capacity puts on the list."""
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
    """Through whom an organisation signs ("the Contract for the Web")."""
    note: str = ""
    """Note in brackets after an affiliation: "for identification only", or empty."""
    role: str = ""
    """The signer's role in the organisation: kept, never on the public list."""
    authorised: bool = False
    """The signer's word that they are authorised to sign for the organisation."""


USED = {
    Capacity.INDIVIDUAL: ("name",),
    Capacity.AFFILIATED: ("name", "title", "affiliation", "note"),
    Capacity.ORGANISATION: ("name", "organisation", "country", "via", "role", "authorised"),
}
"""The facts that each capacity uses; it drops all others."""
FACTS = tuple(one.name for one in fields(Facts))
WRITTEN = tuple(one.name for one in fields(Facts) if one.type is str)
"""Those that are text."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Remembered:
    """Details that somebody signed with and chose to keep, to start their next signature from."""

    capacity: Capacity
    facts: Facts
    sort_name: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Signature:
    """A signature as its signer approved it, before the rules have looked at it."""

    capacity: Capacity
    facts: Facts
    entry: str
    """The entry on the letter, exactly as shown before consent."""
    sort_name: str
    """The name it is sorted under, as the signer left it ("Cerf, Vint")."""
    sort_fold: str
    """`names.sort_fold(sort_name)`: it is found by this."""
    sort_key: str
    """`collation_key(sort_name, …)` in the letter's language: it is ordered by this."""
    key: str
    """Key of the signatory: the person, or the organisation's exact key."""
    country: str = ""
    """The ISO code of the country that an organisation names; empty where it names none."""
    text_sha256: str
    """The text that was on the screen."""
    consent: str
    """The words of consent that were on the screen."""


class State(StrEnum):
    """State of an endorsement."""

    STANDS = "stands"
    ASKED = "asked"
    """The text changed in meaning, and its signer has not said yet whether it stands for that too."""
    WITHDRAWN = "withdrawn"
    WITHDRAWN_AFTER_DELIVERY = "withdrawn_after_delivery"
    DROPPED = "dropped"
    """Its signer did not answer an amendment in time, and the letter's rule is to drop it then."""
    MERGED = "merged"
    """Its signer stands already for the organisation that theirs was found to be."""


class Event(StrEnum):
    """Event that moves an endorsement."""

    CHANGE = "change"
    """Its signer corrects it."""
    AMEND = "amend"
    """The text is amended in its meaning."""
    KEEP = "keep"
    """Its signer says that it stands for the amended text."""
    SILENCE_KEEPS = "silence_keeps"
    SILENCE_DROPS = "silence_drops"
    WITHDRAW = "withdraw"
    WITHDRAW_AFTER_DELIVERY = "withdraw_after_delivery"
    MERGE = "merge"
    """Its organisation is merged into one that its signer signed for too."""


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
}
"""Transitions of an endorsement. Absent ones can't happen."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Endorsement:
    """A signature that was given and kept."""

    id: str
    letter: int
    signatory: str
    person: Person | None
    """The signer in a workspace; None for a collected signature."""
    signature: Signature
    meaning: int = 1
    """The last meaning of the letter's text that it was given or kept for (`Letter.meaning`).

    An amendment back to a text of a meaning that it stands for raises it."""
    kept_sha256: str = ""
    """The amended text that its signer kept it for; empty where they were never asked."""
    source: str = ""
    """Source of a collected signature."""
    added_by: Person | None = None
    """The organiser who gathered it elsewhere."""
    signed_at: datetime
    changed_at: datetime | None = None
    corrected_at: datetime | None = None
    """When an organiser corrected the entry without asking its signer, who has not changed it since."""
    withdrawn_at: datetime | None = None
    """When it ended, however."""
    ended: State | None = None
    """The way it ended, if it did."""

    @property
    def kind(self) -> Kind:
        """The kind of signatory it speaks for."""
        return self.signature.capacity.kind

    @property
    def stands_for(self) -> str:
        """The SHA-256 of the last text that its signer said yes to."""
        return self.kept_sha256 or self.signature.text_sha256

    def is_of_earlier_text(self, letter: Letter) -> bool:
        """Return whether it stands for a text that meant something else than the present one."""
        return self.meaning < letter.meaning

    def state_at(self, letter: Letter, now: datetime) -> State:
        """Return the state at an instant: the date for answers moves it by itself."""
        if self.withdrawn_at is not None:
            return self.ended or State.WITHDRAWN
        asked = self.is_of_earlier_text(letter) and self.person is not None
        if not asked or letter.answer_by is None:
            # Who signed elsewhere cannot be asked here: it stands for the text that it names.
            return State.STANDS
        if now < letter.answer_by:
            return State.ASKED
        drops = letter.rules.silence is Silence.DROP
        return MOVES[State.ASKED, Event.SILENCE_DROPS if drops else Event.SILENCE_KEEPS]


def marked_before(letter: Letter, now: datetime) -> int:
    """Return the meaning of the text below which the list marks entries; 0 while signers can answer."""
    asked = letter.answer_by is not None and now < letter.answer_by
    return 0 if asked else letter.meaning


def refuse_signature(
    letter: Letter, signature: Signature, held: tuple[Endorsement, ...]
) -> Refusal | None:
    """None where the signature may stand, else why not.

    Args:
        letter: The letter as it is now; that it is open was asked before.
        signature: What the signer approved.
        held: The endorsements that the same person holds on this letter.
    """
    kind = signature.capacity.kind
    refusal = refuse_kind(letter, kind, "capacity")
    if refusal is not None:
        return refusal
    if kind is Kind.ORGANISATION and not signature.facts.authorised:
        return Refusal(Reason.NOT_AUTHORISED, "authorised")
    if signature.text_sha256 != letter.text_sha256:
        return Refusal(Reason.TEXT_CHANGED)
    for endorsement in held:
        if endorsement.kind is kind and (
            kind is Kind.PERSON or same_organisation(endorsement.signature, signature)
        ):
            return Refusal(
                Reason.ALREADY_SIGNED, "capacity", {"entry": endorsement.signature.entry}
            )
    return None


def refuse_kind(letter: Letter, kind: Kind, field: str) -> Refusal | None:
    """None where a letter takes signatures of that kind, else why not, for a form's field."""
    if kind is Kind.PERSON and letter.signers is Signers.ORGANISATIONS:
        return Refusal(Reason.ORGANISATIONS_ONLY, field)
    if kind is Kind.ORGANISATION and letter.signers is Signers.PEOPLE:
        return Refusal(Reason.PEOPLE_ONLY, field)
    return None


def same_organisation(one: Signature, other: Signature) -> bool:
    """Return whether two signatures speak for one organisation.

    Names that meet on the exact key do, unless both name a country and the countries differ.
    """
    differ = one.country and other.country and one.country != other.country
    return one.key == other.key and not differ
