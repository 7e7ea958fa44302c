"""An organiser's correction of an entry: what it makes of the signature, and what became of it."""

from dataclasses import dataclass, replace
from datetime import datetime

from bot.letters.correction import Answer
from bot.letters.endorsement import Capacity, Endorsement, Facts, Kind, Signature, same_organisation
from bot.letters.entries import compose
from bot.letters.people import Person
from bot.letters.refusals import Reason, Refusal
from bot.names.cleaning import clean


@dataclass(frozen=True, slots=True, kw_only=True)
class Correction:
    """Another entry that an organiser proposes for a signature, or gave it."""

    id: str
    letter: int
    endorsement: str
    old: str
    """The entry as it was."""
    entry: str
    """The entry as proposed."""
    facts: Facts
    sort_name: str
    """The name to sort it under; empty for the suggestion."""
    by: Person
    """The organiser."""
    made_at: datetime
    answer: Answer | None = None

    def is_open(self, endorsement: Endorsement) -> bool:
        """Return whether its signer can still say yes or no: the entry is still the one that it changes."""
        stands = endorsement.withdrawn_at is None
        return self.answer is None and stands and endorsement.signature.entry == self.old


def corrected(
    endorsement: Endorsement, facts: Facts, sort_name: str, language: str
) -> Signature | tuple[Refusal, ...]:
    """The signature with another entry, or all that is wrong with that, by field of `Facts`.

    It stays the same party's, for the same text and under the same words of consent; who signed for
    an organisation, and in which role, stays too. An empty `sort_name` stands for the suggestion;
    `language` is the letter's.
    """
    before = endorsement.signature
    if before.capacity is Capacity.ORGANISATION:
        capacity, kept = Capacity.ORGANISATION, before.facts
        facts = replace(facts, name=kept.name, role=kept.role, authorised=kept.authorised)
    else:
        titled = clean(facts.title) or clean(facts.affiliation)
        capacity = Capacity.AFFILIATED if titled else Capacity.INDIVIDUAL
    made = compose(
        endorsement.person,
        capacity,
        facts,
        sort_name=sort_name,
        language=language,
        text_sha256=before.text_sha256,
        consent=before.consent,
    )
    if not isinstance(made, Signature):
        return made
    if endorsement.kind is Kind.PERSON:
        # Somebody without an account here is known by the first entry that they had.
        made = replace(made, key=before.key)
    elif not same_organisation(before, made):
        return (Refusal(Reason.ANOTHER_ORGANISATION, "organisation", {"entry": before.entry}),)
    if (made.entry, made.sort_name) == (before.entry, before.sort_name):
        field = "name" if endorsement.kind is Kind.PERSON else "organisation"
        return (Refusal(Reason.SAME_ENTRY, field),)
    return made
