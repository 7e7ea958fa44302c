"""The schema: one for SQLite and PostgreSQL. Every row belongs to a workspace.

Ids that other rows refer to are time-ordered text (`ids.new_id`), so that a batch can be written
without asking the database for its ids; only letters carry the small numbers that people type.
"""

from bot.storage.tables.asking import (
    asks,
    channels,
    members,
    people,
    reminder_steps,
    reminder_wishes,
    reminders,
)
from bot.storage.tables.columns import Bytewise, Instant, metadata
from bot.storage.tables.letters import (
    amendments,
    delivery_copies,
    founders,
    letters,
    organisers,
    postings,
    proposals,
    texts,
    workspaces,
)
from bot.storage.tables.owing import inbox, outbox, paces
from bot.storage.tables.signatures import (
    confirmations,
    contests,
    corrections,
    differences,
    endorsements,
    probes,
    signatories,
    tally_hours,
)

__all__ = [
    "Bytewise",
    "Instant",
    "amendments",
    "asks",
    "channels",
    "confirmations",
    "contests",
    "corrections",
    "delivery_copies",
    "differences",
    "endorsements",
    "founders",
    "inbox",
    "letters",
    "members",
    "metadata",
    "organisers",
    "outbox",
    "paces",
    "people",
    "postings",
    "probes",
    "proposals",
    "reminder_steps",
    "reminder_wishes",
    "reminders",
    "signatories",
    "tally_hours",
    "texts",
    "workspaces",
]
