"""The schema: one for SQLite and PostgreSQL. Every row belongs to a workspace.

Ids that other rows refer to are time-ordered text (`ids.new_id`), so that a batch can be written
without asking the database for ids; only letters have small numbers, which people type.
"""

from bot.storage.tables.columns import Bytewise, Instant, metadata
from bot.storage.tables.invitations import invitations
from bot.storage.tables.letters import (
    amendments,
    delivered_copies,
    first_signers,
    letters,
    organisers,
    postings,
    proposals,
    texts,
    translations,
    workspaces,
)
from bot.storage.tables.messages import inbox, outbox, rate_limits, sent_messages
from bot.storage.tables.people import addresses, channels, members, people, remembered_signatures
from bot.storage.tables.privacy import audit_entries
from bot.storage.tables.reminders import reminder_steps, reminder_wishes, reminders
from bot.storage.tables.signatures import (
    approvals,
    codes,
    compared,
    corrections,
    distinct_pairs,
    endorsements,
    likely_pairs,
    merges,
    name_probes,
    objections,
    permissions,
    refused_domains,
    signatories,
    tally_quarters,
)

__all__ = [
    "Bytewise",
    "Instant",
    "addresses",
    "amendments",
    "approvals",
    "audit_entries",
    "channels",
    "codes",
    "compared",
    "corrections",
    "delivered_copies",
    "distinct_pairs",
    "endorsements",
    "first_signers",
    "inbox",
    "invitations",
    "letters",
    "likely_pairs",
    "members",
    "merges",
    "metadata",
    "name_probes",
    "objections",
    "organisers",
    "outbox",
    "people",
    "permissions",
    "postings",
    "proposals",
    "rate_limits",
    "refused_domains",
    "remembered_signatures",
    "reminder_steps",
    "reminder_wishes",
    "reminders",
    "sent_messages",
    "signatories",
    "tally_quarters",
    "texts",
    "translations",
    "workspaces",
]
