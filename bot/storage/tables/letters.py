"""Tables for workspaces, letters, their texts, amendments, copies and cards."""

from sqlalchemy import Boolean, Column, Index, Integer, String, Table, Text, UniqueConstraint

from bot.letters.amendment import AmendmentKind
from bot.letters.letter import PostingState, Signers
from bot.letters.phases import Phase
from bot.letters.rules import (
    Confirmation,
    Hidden,
    Look,
    MaySign,
    Names,
    Ordering,
    PublicPage,
    Reminded,
    Silence,
    WithdrawnEntry,
)
from bot.storage.tables.columns import (
    ID,
    SLACK_ID,
    Instant,
    enum_column,
    letter_column,
    metadata,
    partial_index,
    person_columns,
    workspace_column,
    workspace_of_letter,
)

workspaces = Table(
    "workspaces",
    metadata,
    Column("id", SLACK_ID, primary_key=True),
    Column("name", Text, nullable=False),
    Column("created_at", Instant, nullable=False),
    Column("copied_at", Instant),
    Column("returned_at", Instant),
    # When the app was removed from the workspace; NULL while it is installed.
    Column("gone_at", Instant),
    # The key by which addresses are recognised, encrypted with SECRET_KEYS; "" before the first.
    Column("address_key", Text, nullable=False, server_default=""),
)

letters = Table(
    "letters",
    metadata,
    Column("id", Integer, primary_key=True, autoincrement=True),
    workspace_column(),
    Column("title", Text, nullable=False),
    Column("summary", Text, nullable=False),
    Column("sender", Text, nullable=False),
    Column("addressee", Text, nullable=False, server_default=""),
    Column("subject", Text, nullable=False, server_default=""),
    Column("language", String(35), nullable=False),
    Column("text_sha256", String(64), nullable=False),
    enum_column("signers", Signers),
    Column("goal", Integer),
    Column("deadline", Instant, nullable=False),
    enum_column("phase", Phase),
    Column("reason", Text, nullable=False, server_default=""),
    Column("people", Integer, nullable=False, server_default="0"),
    Column("organisations", Integer, nullable=False, server_default="0"),
    Column("created_at", Instant, nullable=False),
    Column("opened_at", Instant),
    Column("closed_at", Instant),
    Column("meaning", Integer, nullable=False, server_default="1"),
    # The time zone in which the deadline's day ends.
    Column("tz", Text, nullable=False, server_default="UTC"),
    Column("grace_minutes", Integer, nullable=False, server_default="0"),
    Column("grace_anywhere", Boolean, nullable=False, server_default="0"),
    # The hard deadline.
    Column("closes_at", Instant, nullable=False),
    enum_column("confirmation", Confirmation, server_default="none"),
    enum_column("silence", Silence, server_default="keep"),
    enum_column("withdrawn_entry", WithdrawnEntry, server_default="removed"),
    enum_column("embargo_hides", Hidden, nullable=True),
    Column("embargo_until", Instant),
    Column("embargo_listed", Integer),
    Column("embargo_sooner", Instant),
    enum_column("ordering", Ordering, server_default="alphabetical"),
    Column("grouped", Boolean, nullable=False, server_default="1"),
    enum_column("reminded", Reminded, server_default="everyone"),
    enum_column("page", PublicPage, server_default="off"),
    enum_column("names", Names, server_default="shown"),
    # The letter's own question, as JSON.
    Column("question", Text, nullable=False, server_default=""),
    enum_column("may_sign", MaySign, server_default="readers"),
    # The optional parts in print that are on, as JSON.
    Column("printing", Text, nullable=False, server_default="{}"),
    enum_column("look", Look, server_default="organisations"),
    Column("hourly", Integer, nullable=False, server_default="60"),
    Column("unindexed", Boolean, nullable=False, server_default="0"),
    # The id in the address of its public page; NULL until that is first turned on.
    Column("share_id", String(8), unique=True),
    Column("listed_at", Instant),
    # Grows with each change of what readers may see.
    Column("revision", Integer, nullable=False, server_default="0"),
    Column("late_people", Integer, nullable=False, server_default="0"),
    Column("late_organisations", Integer, nullable=False, server_default="0"),
    Column("waiting", Integer, nullable=False, server_default="0"),
    Column("withheld", Integer, nullable=False, server_default="0"),
    Column("delivered_at", Instant),
    Column("unveiled_at", Instant),
    Column("answer_by", Instant),
    Column("has_invitations", Boolean, nullable=False, server_default="0"),
    # Whether a card is or was in a public channel.
    Column("public", Boolean, nullable=False, server_default="0"),
    # The person or body responsible for the data; empty means the convener.
    Column("responsible", Text, nullable=False, server_default=""),
    # The update under the letter, which is no part of its text.
    Column("news", Text, nullable=False, server_default=""),
    Column("news_at", Instant),
    # The last message to everyone who signed, and how many there were.
    Column("told_words", Text, nullable=False, server_default=""),
    Column("told", Integer, nullable=False, server_default="0"),
    # The last person for whom that message was queued, "" for nobody yet; NULL after everyone.
    Column("telling", Text),
    # The letter that it was started from; NULL for none. No foreign key: that may be deleted.
    Column("started_from", Integer),
    # The key for digests of erased data; empty if none was erased.
    Column("digest_key", String(64), nullable=False, server_default=""),
    Index(None, "workspace", "phase"),
    Index(None, "phase", "deadline"),
    sqlite_autoincrement=True,
)

texts = Table(
    "texts",
    metadata,
    letter_column(primary_key=True),
    Column("sha256", String(64), primary_key=True),
    workspace_of_letter(),
    Column("title", Text, nullable=False),
    Column("sender", Text, nullable=False),
    Column("addressee", Text, nullable=False, server_default=""),
    Column("subject", Text, nullable=False, server_default=""),
    Column("body", Text, nullable=False),
    Column("created_at", Instant, nullable=False),
)

translations = Table(
    "translations",
    metadata,
    letter_column(primary_key=True),
    Column("language", String(35), primary_key=True),
    workspace_of_letter(),
    Column("title", Text, nullable=False),
    Column("body", Text, nullable=False),
    Column("translator", Text, nullable=False),
    # The hash of the text that it translates.
    Column("text_sha256", String(64), nullable=False),
)

ANSWERS = ("kept", "withdrew", "silent", "dropped", "behind")
"""Columns that count the answers to an amendment."""

amendments = Table(
    "amendments",
    metadata,
    Column("id", ID, primary_key=True),
    letter_column(),
    workspace_of_letter(),
    # Its position among the letter's amendments: ids depend on clocks, which may differ.
    Column("number", Integer, nullable=False),
    enum_column("kind", AmendmentKind),
    Column("from_sha256", String(64), nullable=False),
    Column("to_sha256", String(64), nullable=False),
    Column("meaning", Integer, nullable=False),
    Column("note", Text, nullable=False),
    Column("answer_by", Instant),
    *person_columns(),
    Column("made_at", Instant, nullable=False),
    # When people who had not answered were reminded; NULL if nobody was.
    Column("reminded_at", Instant),
    # For the last material amendment: people by answer, and signatures for earlier meanings.
    *(Column(name, Integer, nullable=False, server_default="0") for name in ANSWERS),
    UniqueConstraint("letter", "number"),
)

proposals = Table(
    "proposals",
    metadata,
    Column("id", ID, primary_key=True),
    letter_column(),
    workspace_of_letter(),
    enum_column("kind", AmendmentKind),
    # The text that the proposal was compared with.
    Column("from_sha256", String(64), nullable=False),
    Column("title", Text, nullable=False),
    Column("sender", Text, nullable=False),
    Column("addressee", Text, nullable=False, server_default=""),
    Column("subject", Text, nullable=False, server_default=""),
    Column("body", Text, nullable=False),
    Column("note", Text, nullable=False),
    Column("answer_by", Instant),
    *person_columns(),
    Column("made_at", Instant, nullable=False),
    Index(None, "letter", "team", "user"),
    Index(None, "made_at"),
)

organisers = Table(
    "organisers",
    metadata,
    letter_column(primary_key=True),
    *person_columns(primary_key=True),
    workspace_of_letter(),
    Column("added_at", Instant, nullable=False),
    Index(None, "team", "user"),
)

first_signers = Table(
    "first_signers",
    metadata,
    letter_column(primary_key=True),
    *person_columns(primary_key=True),
    workspace_of_letter(),
    Column("added_at", Instant, nullable=False),
)

delivered_copies = Table(
    "delivered_copies",
    metadata,
    letter_column(primary_key=True),
    # 1, and one more for each later delivery with late signatures.
    Column("number", Integer, primary_key=True, autoincrement=False),
    workspace_of_letter(),
    Column("title", Text, nullable=False),
    Column("sender", Text, nullable=False),
    Column("addressee", Text, nullable=False, server_default=""),
    Column("subject", Text, nullable=False, server_default=""),
    Column("text_sha256", String(64), nullable=False),
    Column("body", Text, nullable=False),
    # The list in order, as canonical JSON.
    Column("entries", Text, nullable=False),
    # The hash of everything that is printed.
    Column("copy_sha256", String(64), nullable=False),
    # The entries' signatories, as JSON, so that an entry can be blanked.
    Column("parties", Text, nullable=False, server_default="[]"),
    Column("people", Integer, nullable=False),
    Column("organisations", Integer, nullable=False),
    *person_columns(),
    Column("cut_at", Instant, nullable=False),
    Column("clock", String(20), nullable=False),
    Column("printing", Text, nullable=False, server_default="{}"),
    # When it was first written to a file; from then on it stays.
    Column("used_at", Instant),
)

postings = Table(
    "postings",
    metadata,
    Column("id", ID, primary_key=True),
    letter_column(),
    workspace_of_letter(),
    Column("channel", SLACK_ID, nullable=False),
    Column("message_ts", String(32)),
    enum_column("state", PostingState),
    Column("error", Text, nullable=False, server_default=""),
    # The organiser's own words above the card.
    Column("words", Text, nullable=False, server_default=""),
    Column("created_at", Instant, nullable=False),
    Index(None, "letter"),
    partial_index(
        "uq_postings_up", "letter", "channel", where="state NOT IN ('leaving', 'down')", unique=True
    ),
)
