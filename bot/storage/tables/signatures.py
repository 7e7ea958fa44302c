"""Tables for signatures, the parties listed by them, and records about both."""

from sqlalchemy import (
    JSON,
    Boolean,
    Column,
    Date,
    ForeignKeyConstraint,
    Index,
    Integer,
    String,
    Table,
    Text,
    UniqueConstraint,
)

from bot.letters.amendment import Answer
from bot.letters.endorsement import Capacity, Kind, State
from bot.letters.standing import Ground, Standing, Waits
from bot.storage.states import Decision
from bot.storage.tables.columns import (
    ID,
    Bytewise,
    Instant,
    enum_column,
    letter_column,
    metadata,
    owned_by,
    partial_index,
    person_columns,
    workspace_of_letter,
)

SHOWN = "(standing = 'marked' OR (standing = 'listed' AND endorsements > 0))"
"""SQL condition of a signatory that is on the list."""
OF_ORGANISATIONS = "kind = 'organisation'"
WAITING_OR_REMOVED = (
    "(standing IN ('unconfirmed', 'confirmed', 'disputed') OR (removed AND entry <> ''))"
)

WITHDRAWN_LATE = "ended = 'withdrawn_after_delivery'"
"""SQL condition of an endorsement withdrawn after delivery, for an index of these few."""

signatories = Table(
    "signatories",
    metadata,
    Column("id", ID, primary_key=True),
    letter_column(),
    workspace_of_letter(),
    enum_column("kind", Kind),
    Column("key", Bytewise, nullable=False),
    Column("entry", Bytewise, nullable=False),
    Column("sort_fold", Bytewise, nullable=False),
    Column("group_no", Integer, nullable=False),
    Column("pinned", Integer, nullable=False, server_default="0"),
    Column("heading", Text, nullable=False, server_default=""),
    Column("endorsements", Integer, nullable=False),
    # The endorsement that determines its entry. No foreign key: the signatory is written first.
    Column("speaker", ID, nullable=False),
    Column("country", String(8), nullable=False, server_default=""),
    # The key without the country, for an organisation whose key has one because of a namesake; else
    # empty.
    Column("plain_key", Bytewise, nullable=False, server_default=""),
    Column("country_fold", Bytewise, nullable=False, server_default=""),
    Column("came_at", Instant, nullable=False),
    Column("sort_key", Bytewise, nullable=False, server_default=""),
    Column("prefix", Bytewise, nullable=False, server_default=""),
    Column("confirmed", Boolean, nullable=False, server_default="0"),
    Column("doubted", Boolean, nullable=False, server_default="0"),
    enum_column("waits", Waits, server_default="no"),
    Column("objections", Integer, nullable=False, server_default="0"),
    Column("removed", Boolean, nullable=False, server_default="0"),
    Column("withheld", Boolean, nullable=False, server_default="0"),
    Column("late", Boolean, nullable=False, server_default="0"),
    Column("delivered", Boolean, nullable=False, server_default="0"),
    enum_column("standing", Standing, server_default="listed"),
    owned_by("merged_into", "signatories.id", nullable=True),
    UniqueConstraint("letter", "kind", "key"),
    partial_index(
        "ix_signatories_shown",
        "letter",
        "group_no",
        "pinned",
        "prefix",
        "sort_key",
        "entry",
        "id",
        where=SHOWN,
    ),
    partial_index("ix_signatories_waiting", "letter", "id", where=WAITING_OR_REMOVED),
    # For an organiser's search, by whole entry or by part of a name.
    Index(None, "letter", "entry"),
    Index(None, "letter", "sort_fold", "id"),
    # These indexes leave out people, who are most signatories of a long list.
    partial_index("ix_signatories_organisations", "letter", "id", where=OF_ORGANISATIONS),
    partial_index("ix_signatories_namesakes", "letter", "plain_key", where="plain_key <> ''"),
    partial_index("ix_signatories_merged", "merged_into", where="merged_into IS NOT NULL"),
)

endorsements = Table(
    "endorsements",
    metadata,
    Column("id", ID, primary_key=True),
    letter_column(),
    owned_by("signatory", "signatories.id"),
    workspace_of_letter(),
    *person_columns(),
    enum_column("capacity", Capacity),
    Column("name", Text, nullable=False),
    Column("title", Text, nullable=False),
    Column("affiliation", Text, nullable=False),
    Column("organisation", Text, nullable=False),
    Column("country", Text, nullable=False),
    Column("role", Text, nullable=False),
    Column("authorised", Boolean, nullable=False),
    Column("entry", Text, nullable=False),
    Column("sort_name", Text, nullable=False),
    Column("sort_fold", Text, nullable=False),
    Column("key", Text, nullable=False),
    Column("text_sha256", String(64), nullable=False),
    Column("consent", Text, nullable=False),
    Column("signed_at", Instant, nullable=False),
    Column("changed_at", Instant),
    Column("withdrawn_at", Instant),
    Column("via", Text, nullable=False, server_default=""),
    Column("web", Text, nullable=False, server_default=""),
    Column("represented", Text, nullable=False, server_default=""),
    Column("note", Text, nullable=False, server_default=""),
    # The name of a signer who withholds it; `name` is then empty.
    Column("withheld", Text, nullable=False, server_default=""),
    # The answer to the letter's own question, and the question as it was read.
    Column("answer", Text, nullable=False, server_default=""),
    Column("question", Text, nullable=False, server_default=""),
    Column("answer_language", String(35), nullable=False, server_default=""),
    Column("quotable", Boolean, nullable=False, server_default="0"),
    # Whether a signer on the web wants mails about what becomes of the letter.
    Column("news", Boolean, nullable=False, server_default="0"),
    Column("sort_key", Text, nullable=False, server_default=""),
    Column("country_code", String(8), nullable=False, server_default=""),
    Column("meaning", Integer, nullable=False, server_default="1"),
    Column("kept_sha256", String(64), nullable=False, server_default=""),
    Column("kept_at", Instant),
    Column("kept_consent", Text, nullable=False, server_default=""),
    enum_column("ended", State, nullable=True),
    Column("corrected_at", Instant),
    Column("source", Text, nullable=False, server_default=""),
    *person_columns("added_", nullable=True),
    # The clock used for the times: "postgresql", "process", or "given" (by a test).
    Column("clock", String(20), nullable=False, server_default=""),
    Column("erased_at", Instant),
    ForeignKeyConstraint(["letter", "text_sha256"], ["texts.letter", "texts.sha256"]),
    Index(None, "signatory", "id"),
    Index(None, "letter", "id"),
    Index(None, "letter", "text_sha256"),
    partial_index("ix_endorsements_withdrawn_late", "letter", "withdrawn_at", where=WITHDRAWN_LATE),
    partial_index("ix_endorsements_collected", "letter", "signatory", where="\"user\" = ''"),
    partial_index(
        "uq_endorsements_held",
        "team",
        "user",
        "letter",
        "signatory",
        where="withdrawn_at IS NULL",
        unique=True,
    ),
    # A person who signed once can still read the letter.
    partial_index(
        "ix_endorsements_ended", "team", "user", "letter", where="withdrawn_at IS NOT NULL"
    ),
)

permissions = Table(
    "permissions",
    metadata,
    Column("id", ID, primary_key=True),
    letter_column(),
    owned_by("signatory", "signatories.id"),
    workspace_of_letter(),
    enum_column("ground", Ground),
    Column("given_by", Text, nullable=False),
    Column("given_role", Text, nullable=False),
    Column("given_on", Date, nullable=False),
    *person_columns(),
    Column("made_at", Instant, nullable=False),
    # When the last signer withdrew: the record no longer counts if the organisation returns.
    Column("ended_at", Instant),
    Index(None, "letter"),
    Index(None, "signatory", "id"),
)

objections = Table(
    "objections",
    metadata,
    Column("id", ID, primary_key=True),
    letter_column(),
    owned_by("signatory", "signatories.id"),
    workspace_of_letter(),
    *person_columns(),
    Column("name", Text, nullable=False),
    Column("role", Text, nullable=False),
    Column("reason", Text, nullable=False),
    Column("tied", Boolean, nullable=False),
    Column("made_at", Instant, nullable=False),
    enum_column("decision", Decision, nullable=True),
    Column("why", Text, nullable=False, server_default=""),
    *person_columns("decided_", nullable=True),
    Column("decided_at", Instant),
    Index(None, "letter"),
    Index(None, "signatory", "id"),
    partial_index(
        "uq_objections_open", "signatory", "team", "user", where="decided_at IS NULL", unique=True
    ),
)

corrections = Table(
    "corrections",
    metadata,
    Column("id", ID, primary_key=True),
    letter_column(),
    owned_by("endorsement", "endorsements.id"),
    workspace_of_letter(),
    # The proposed or written facts, entry and sort name, by column.
    Column("proposed", JSON, nullable=False),
    *person_columns(),
    Column("made_at", Instant, nullable=False),
    enum_column("answer", Answer, nullable=True),
    Column("answered_at", Instant),
    Index(None, "letter"),
    Index(None, "endorsement", "id"),
)

name_probes = Table(
    "name_probes",
    metadata,
    letter_column(primary_key=True),
    Column("probe", Bytewise, primary_key=True),
    owned_by("signatory", "signatories.id", primary_key=True),
    workspace_of_letter(),
    Index(None, "signatory"),
)

distinct_pairs = Table(
    "distinct_pairs",
    metadata,
    letter_column(primary_key=True),
    # Two signatories that look alike but are different, the lower id first.
    owned_by("one", "signatories.id", primary_key=True),
    owned_by("other", "signatories.id", primary_key=True),
    workspace_of_letter(),
    *person_columns(),
    Column("said_at", Instant, nullable=False),
    Index(None, "one"),
    Index(None, "other"),
)

likely_pairs = Table(
    "likely_pairs",
    metadata,
    letter_column(primary_key=True),
    # Two signatories that look alike, the lower id first.
    owned_by("one", "signatories.id", primary_key=True),
    owned_by("other", "signatories.id", primary_key=True),
    workspace_of_letter(),
    Index(None, "one"),
    Index(None, "other"),
)

compared = Table(
    "compared",
    metadata,
    letter_column(primary_key=True),
    workspace_of_letter(),
    # The last endorsement whose signatory was compared with the others of the letter.
    Column("endorsement", ID, nullable=False),
)

merges = Table(
    "merges",
    metadata,
    Column("id", ID, primary_key=True),
    letter_column(),
    workspace_of_letter(),
    owned_by("keeps", "signatories.id"),
    owned_by("goes", "signatories.id"),
    # Data needed to undo the merge: ids, and the earlier state of both.
    Column("done", JSON, nullable=False),
    *person_columns(),
    Column("made_at", Instant, nullable=False),
    *person_columns("undone_", nullable=True),
    Column("undone_at", Instant),
    Index(None, "letter", "id"),
    Index(None, "keeps"),
    Index(None, "goes"),
)

tally_quarters = Table(
    "tally_quarters",
    metadata,
    letter_column(primary_key=True),
    # The start of a quarter of an hour: no time zone's day begins within one.
    Column("since", Instant, primary_key=True),
    enum_column("kind", Kind, primary_key=True),
    workspace_of_letter(),
    Column("signed", Integer, nullable=False),
    Column("withdrawn", Integer, nullable=False),
)

# Codes sent to mail addresses. A signature waits here for its code, and is neither listed nor
# counted. The code itself is made from the id and a key (`features/signing/rules`).
codes = Table(
    "codes",
    metadata,
    Column("id", ID, primary_key=True),
    letter_column(),
    workspace_of_letter(),
    *person_columns(),
    # The signature that the code is for; NULL if it opens "My signature".
    Column("given", JSON(none_as_null=True)),
    # A keyed digest of the network from which it was asked for.
    Column("network", String(32), nullable=False),
    Column("tries", Integer, nullable=False, server_default="0"),
    Column("made_at", Instant, nullable=False),
    # When the code was typed.
    Column("typed_at", Instant),
    Index(None, "letter", "made_at"),
    Index(None, "team", "user", "made_at"),
    Index(None, "network", "made_at"),
)

# Signatures that wait until somebody without an account approves them by mail.
approvals = Table(
    "approvals",
    metadata,
    Column("id", ID, primary_key=True),
    letter_column(),
    workspace_of_letter(),
    *person_columns(),
    # Who is asked, and the domain of their address.
    *person_columns("decided_"),
    Column("domain", String(253), nullable=False),
    # The signature, and how its signer agreed to it.
    Column("given", JSON, nullable=False),
    # The newest code that was sent.
    Column("code", ID, nullable=False),
    Column("made_at", Instant, nullable=False),
    Column("approved", Boolean),
    Column("reason", Text, nullable=False, server_default=""),
    Column("answered_at", Instant),
    Index(None, "letter"),
    Index(None, "team", "user"),
    Index(None, "decided_user"),
)

# Domains of mail addresses from which an organiser refuses all signatures.
refused_domains = Table(
    "refused_domains",
    metadata,
    letter_column(primary_key=True),
    Column("domain", String(253), primary_key=True),
    workspace_of_letter(),
    Column("made_at", Instant, nullable=False),
)
