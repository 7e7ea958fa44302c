"""An organiser's correction of an entry, and the signature that results from it."""

from dataclasses import dataclass, replace
from datetime import datetime

from bot.letters.amendment import Answer
from bot.letters.endorsement import (
    OWN,
    Capacity,
    Endorsement,
    Facts,
    Kind,
    Signature,
    same_organisation,
)
from bot.letters.entries import compose
from bot.letters.people import Person
from bot.letters.refusals import Reason, Refusal
from bot.names.cleaning import clean


@dataclass(frozen=True, slots=True, kw_only=True)
class Correction:
    """A new entry for a signature, which an organiser proposed or made."""

    id: str
    letter: int
    endorsement: str
    old: str
    """The entry before the correction."""
    entry: str
    """The entry after the correction."""
    facts: Facts
    sort_name: str
    """The name to sort it under; empty for the suggestion."""
    was: Facts
    was_sort_name: str
    by: Person
    made_at: datetime
    answer: Answer | None = None

    def is_open(self, endorsement: Endorsement) -> bool:
        """Return whether the signer can still answer: no answer yet, and the entry is unchanged."""
        stands = endorsement.withdrawn_at is None
        return self.answer is None and stands and endorsement.signature.entry == self.old

    def is_in_force(self, endorsement: Endorsement) -> bool:
        """Return whether the signature is as the correction made it, whatever its signer answers."""
        stands = endorsement.withdrawn_at is None and self.answer in {Answer.MADE, Answer.YES}
        now = endorsement.signature
        facts = replace(self.facts, **{name: getattr(now.facts, name) for name in OWN})
        made = (self.entry, facts, self.sort_name)
        return stands and (now.entry, now.facts, now.sort_name) == made


def corrected(
    endorsement: Endorsement, facts: Facts, sort_name: str, language: str
) -> Signature | tuple[Refusal, ...]:
    """Return the signature with corrected facts, or what is wrong with them, by field of `Facts`.

    The party, the text and the consent stay the same; so do the name and role of the person who
    signed for an organisation. With an empty `sort_name` the suggestion is used; `language` is the
    letter's.
    """
    before = endorsement.signature
    # What the signer answered is theirs.
    facts = replace(facts, **{name: getattr(before.facts, name) for name in OWN})
    if before.capacity is Capacity.ORGANISATION:
        capacity, kept = Capacity.ORGANISATION, before.facts
        own = {name: getattr(kept, name) for name in ("name", "role", "authorised", "represented")}
        facts = replace(facts, **own)
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
        # A person without an account in the workspace keeps the key of their first entry.
        made = replace(made, key=before.key)
    elif not same_organisation(before, made):
        return (Refusal(Reason.ANOTHER_ORGANISATION, "organisation", {"entry": before.entry}),)
    if (made.entry, made.sort_name) == (before.entry, before.sort_name):
        field = "name" if endorsement.kind is Kind.PERSON else "organisation"
        return (Refusal(Reason.SAME_ENTRY, field),)
    return made
