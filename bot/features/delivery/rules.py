"""The list of a letter as it was handed over: what is cut, what its hash is of, how it reads."""

import hashlib
import json
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from bot.letters.endorsement import Endorsement, Kind
from bot.letters.people import Person
from bot.letters.signatory import Signatory
from bot.letters.standing import Permission

GAP = "—"
"""The entry of somebody who was erased, as it reads in any language."""

PUBLIC_FACTS = ("title", "affiliation", "organisation", "country", "via")
"""The facts of a signature that are on a public list, beside the name of a person."""


@dataclass(frozen=True, slots=True, kw_only=True)
class DeliveredCopy:
    """A letter's list and text as they were handed over."""

    letter: int
    title: str
    text_sha256: str
    body: str
    entries: str
    """The list in its order, as canonical JSON."""
    list_sha256: str
    """The SHA-256 of `entries` in UTF-8."""
    people: int
    organisations: int
    by: Person
    cut_at: datetime
    clock: str
    """The clock used: "postgresql", "process", or "given"."""
    parties: tuple[str, ...] = ()
    """The signatories of the entries, by id, in their order."""

    @property
    def total(self) -> int:
        """Return the number of entries."""
        return self.people + self.organisations

    def entries_read(self) -> list[dict[str, Any]]:
        """Return the entries as values, in their order; an erased one reads as a dash."""
        entries: list[dict[str, Any]] = json.loads(self.entries)
        return [{**one, "entry": GAP} if one.get("erased") else one for one in entries]


def canonical_entries(listed: Iterable[tuple[Signatory, Endorsement]]) -> str:
    """The list in its order as JSON that is the same on every machine: what its hash is of.

    Each has the entry as it reads, the kind, whether it is a convener's, the public facts of the signature
    and the SHA-256 of the text that it stands for.
    """
    return json.dumps(
        [_entry(party, speaker) for party, speaker in listed],
        ensure_ascii=False,
        sort_keys=True,
        separators=(",", ":"),
    )


def sha256_of(entries: str) -> str:
    """The SHA-256 of a canonical list, as 64 hexadecimal digits."""
    return hashlib.sha256(entries.encode()).hexdigest()


def _entry(party: Signatory, speaker: Endorsement) -> dict[str, Any]:
    facts, is_person = speaker.signature.facts, party.kind is Kind.PERSON
    return {
        "entry": party.entry,
        "kind": party.kind.value,
        "convener": bool(party.pinned),
        # Who signed for an organisation is not on the public list.
        "name": facts.name if is_person else "",
        **{name: getattr(facts, name) for name in PUBLIC_FACTS},
        "sort_under": speaker.signature.sort_name,
        "text_sha256": speaker.stands_for,
    }


@dataclass(frozen=True, slots=True, kw_only=True)
class Confirmer:
    """A person who confirmed an organisation's signature, and when."""

    at: datetime
    name: str = ""
    """The name that a second person signed with."""
    organiser: Person | None = None
    """The organiser, where one recorded how they know."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Proof:
    """Proof of permission for an organisation's signature, and its confirmers."""

    permission: Permission | None = None
    confirmers: tuple[Confirmer, ...] = ()
