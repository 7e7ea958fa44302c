"""One signer's act of signing, and the party it puts on the list."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from bot.letters.letter import Letter, Signers
from bot.letters.people import Person
from bot.letters.refusals import Reason, Refusal


class Kind(StrEnum):
    """What a signatory is."""

    PERSON = "person"
    ORGANISATION = "organisation"


class Capacity(StrEnum):
    """In which capacity somebody signs."""

    INDIVIDUAL = "individual"
    AFFILIATED = "affiliated"
    """As oneself with title and affiliation, named for identification only."""
    ORGANISATION = "organisation"

    @property
    def kind(self) -> Kind:
        """The kind of signatory that signing in this capacity puts on the list."""
        return Kind.ORGANISATION if self is Capacity.ORGANISATION else Kind.PERSON


@dataclass(frozen=True, slots=True, kw_only=True)
class Facts:
    """What the signer wrote of who signs. For an organisation `name` is the signer's own name."""

    name: str
    title: str = ""
    affiliation: str = ""
    organisation: str = ""
    country: str = ""
    role: str = ""
    """The signer's role in the organisation: kept, never on the public list."""
    authorised: bool = False
    """The signer's word that they are authorised to sign for the organisation."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Signature:
    """A signature as its signer approved it, before the rules have looked at it."""

    capacity: Capacity
    facts: Facts
    line: str
    """How it reads on the letter, exactly as it was shown before the yes."""
    sort_name: str
    """The name it is sorted under, as the signer left it ("Cerf, Vint")."""
    sort_fold: str
    """`names.sort_fold(sort_name)`."""
    key: str
    """What makes two signatures one signatory: the person, or the organisation's exact key."""
    text_sha256: str
    """The text that was on the screen."""
    consent: str
    """The words of consent that were on the screen."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Endorsement:
    """A signature that was given and kept."""

    id: str
    letter: int
    signatory: str
    person: Person
    signature: Signature
    signed_at: datetime
    changed_at: datetime | None = None
    withdrawn_at: datetime | None = None

    @property
    def kind(self) -> Kind:
        """The kind of signatory it speaks for."""
        return self.signature.capacity.kind


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
    if kind is Kind.PERSON and letter.signers is Signers.ORGANISATIONS:
        return Refusal(Reason.ORGANISATIONS_ONLY, "capacity")
    if kind is Kind.ORGANISATION and letter.signers is Signers.PEOPLE:
        return Refusal(Reason.PEOPLE_ONLY, "capacity")
    if kind is Kind.ORGANISATION and not signature.facts.authorised:
        return Refusal(Reason.NOT_AUTHORISED, "authorised")
    if signature.text_sha256 != letter.text_sha256:
        return Refusal(Reason.TEXT_CHANGED)
    for endorsement in held:
        same_party = endorsement.signature.key == signature.key
        if endorsement.kind is kind and (same_party or kind is Kind.PERSON):
            return Refusal(Reason.ALREADY_SIGNED, "capacity", {"line": endorsement.signature.line})
    return None
