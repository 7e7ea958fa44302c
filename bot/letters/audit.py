"""The history of a letter: who did what, when and why."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum
from typing import Any

from bot.letters.people import Person

GROUND_MOST = 1000
"""Most characters of a reason that are stored."""


class Act(StrEnum):
    """Kind of an act; giving, changing and keeping a signature are recorded elsewhere."""

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
    APPROVED = "approved"
    OBJECTED = "objected"
    UPHELD = "upheld"
    REMOVED = "removed"
    REMOVED_ALL = "removed_all"
    RESTORED = "restored"
    MERGED = "merged"
    MERGE_UNDONE = "merge_undone"
    TOLD_APART = "told_apart"
    PINNED = "pinned"
    UNPINNED = "unpinned"
    GROUPED = "grouped"
    INVITED = "invited"
    INVITATION_CHANGED = "invitation_changed"
    INVITATION_ANSWERED = "invitation_answered"
    INVITATION_REMOVED = "invitation_removed"
    REMINDED = "reminded"
    REMINDERS_STOPPED = "reminders_stopped"
    DELIVERED = "delivered"
    TAKEN_BACK = "taken_back"
    UPDATED = "updated"
    TRANSLATED = "translated"
    TOLD = "told"
    LATE_OPENED = "late_opened"
    LATE_CLOSED = "late_closed"
    ERASED = "erased"


@dataclass(frozen=True, slots=True, kw_only=True)
class AuditEntry:
    """One act on a letter. It stores no names: they are looked up when the history is shown."""

    id: str
    letter: int
    act: Act
    at: datetime
    by: Person | None
    """The person who acted; None for the app itself, and if they were `erased`."""
    erased: bool = False
    ground: str = ""
    signatory: str = ""
    endorsement: str = ""
    invitation: str = ""
    about: Person | None = None
    """The person whom the act concerns, such as a new organiser."""
    facts: Mapping[str, Any] = field(default_factory=dict[str, Any])
    """Further details, of JSON types: ids, counts, times, never names."""
