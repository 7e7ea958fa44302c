"""The history of a letter: who did what, when, and on what ground."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum
from typing import Any

from bot.letters.people import Person

GROUND_MOST = 1000
"""Characters of a ground that are kept."""


class Act(StrEnum):
    """Kind of an act. Signing, changing and keeping a signature is recorded by the signature itself."""

    STARTED = "started"
    FIRST_SIGNERS_CHOSEN = "first_signers_chosen"
    POSTED = "posted"
    CARD_REMOVED = "card_removed"
    DETAILS_CHANGED = "details_changed"
    RULES_CHANGED = "rules_changed"
    EMBARGO_LIFTED = "embargo_lifted"
    AMENDED = "amended"
    ANSWERS_SOONER = "answers_sooner"
    CLOSED = "closed"
    EXTENDED = "extended"
    REOPENED = "reopened"
    CANCELLED = "cancelled"
    ORGANISER_ADDED = "organiser_added"
    ORGANISER_REMOVED = "organiser_removed"
    ADDED = "added"
    CORRECTION_PROPOSED = "correction_proposed"
    CORRECTED = "corrected"
    CORRECTION_ACCEPTED = "correction_accepted"
    CORRECTION_DECLINED = "correction_declined"
    WITHDRAWN = "withdrawn"
    DROPPED = "dropped"
    CONFIRMED = "confirmed"
    OBJECTED = "objected"
    UPHELD = "upheld"
    REMOVED = "removed"
    RESTORED = "restored"
    MERGED = "merged"
    MERGE_UNDONE = "merge_undone"
    TOLD_APART = "told_apart"
    PINNED = "pinned"
    UNPINNED = "unpinned"
    INVITED = "invited"
    INVITATION_CHANGED = "invitation_changed"
    INVITATION_ANSWERED = "invitation_answered"
    INVITATION_REMOVED = "invitation_removed"
    REMINDED = "reminded"
    REMINDERS_STOPPED = "reminders_stopped"
    DELIVERED = "delivered"
    LATE_OPENED = "late_opened"
    LATE_CLOSED = "late_closed"
    ERASED = "erased"


@dataclass(frozen=True, slots=True, kw_only=True)
class AuditEntry:
    """One act on a letter. It names nobody: what it is about is looked up when it is shown."""

    id: str
    letter: int
    act: Act
    at: datetime
    by: Person | None
    """None for what the app does by itself."""
    ground: str = ""
    """The reason, as typed."""
    signatory: str = ""
    """The id of the signatory that it is about."""
    endorsement: str = ""
    invitation: str = ""
    about: Person | None = None
    """The person that it is about, such as a new organiser."""
    facts: Mapping[str, Any] = field(default_factory=dict[str, Any])
    """More of it, of JSON types: ids, counts, instants, never names."""
