"""The window with the data stored about its reader, who can delete it there."""

from collections import Counter
from typing import Any

from bot.features.privacy.use_cases.erasure import ErasedPerson, Kept
from bot.letters.standing import Ground
from bot.locales import Words
from bot.slack.block_kit import Blocks, View, actions, button, confirm, context, modal, section
from bot.slack.page_parts import texts
from bot.slack.text.escaping import TEXT_LIMIT, clip, escape, isolate, moment

MOST_PARTS = 40
"""Most text blocks in a window; the operator can export the rest."""
TECHNICAL = frozenset(
    {"compared", "codes", "inbox", "name_probes", "outbox", "rate_limits", "sent_messages"}
)
"""Technical tables: the window only counts their rows; the export contains them."""
CODED = frozenset({"act", "state"})
"""Columns of code words, which only the export contains."""
GROUNDS = frozenset(ground.value for ground in Ground)
"""Code words in a column that otherwise contains a typed reason."""


def table_words(t: Words) -> dict[str, str]:
    """Return the heading of each table in the window; some tables share one."""
    named = {
        t("Your signatures"): ("endorsements", "signatories"),
        t("Details we remember for your next signature"): ("remembered_signatures",),
        t("Invitations to sign"): ("invitations", "first_signers"),
        t("Reminders"): ("reminder_wishes", "reminders"),
        t("Letters that you run"): ("organisers",),
        t("What you did on letters"): (
            "amendments",
            "audit_entries",
            "corrections",
            "delivered_copies",
            "distinct_pairs",
            "merges",
            "permissions",
            "proposals",
        ),
        t("Objections"): ("objections",),
        t("Approvals by email"): ("approvals",),
        t("What Slack told us about your account"): ("members", "people"),
        t("Email address"): ("addresses",),
        t("Technical records"): tuple(sorted(TECHNICAL)),
    }
    return {table: heading for heading, tables in named.items() for table in tables}


def column_words(t: Words) -> dict[str, str]:
    """Return the labels of columns; a window leaves out those without a label."""
    date = t("Date")
    return {
        "letter": t("Letter"),
        "entry": t("Entry"),
        "name": t("Name"),
        "withheld": t("Name (withheld)"),
        "question": t("Question"),
        "answer": t("Answer"),
        "title": t.p("of a person", "Title"),
        "affiliation": t("Affiliation"),
        "organisation": t("Organisation"),
        "country": t("Country"),
        "domain": t("Domain"),
        "role": t("Role"),
        "consent": t("You agreed to"),
        "signed_at": t("Signed"),
        "changed_at": t("Changed"),
        "withdrawn_at": t("Withdrawn"),
        "sort_name": t("Sort as"),
        "contact": t("Contact"),
        "note": t.p("for organisers only", "Note"),
        "state": t("Status"),
        "invited_at": t("Invited"),
        "answered_at": t("Answered"),
        "channel": t("Channel"),
        "seen_at": date,
        "tz": t("Time zone"),
        "locale": t("Language"),
        "act": t("What changed"),
        "made_at": date,
        "reason": t("Reason"),
        "ground": t("Reason"),
        "due_at": date,
    }


def looking(t: Words, name: str) -> View:
    """Return the window shown while the rows are read; `name` is its external id."""
    view = modal(t("What we keep"), [section(escape(t("Looking it up…")))], close=t("Close"))
    return view | {"external_id": name}


def kept_view(t: Words, kept: Kept) -> View:
    """Return how much is stored about somebody in this workspace, with an offer to delete it."""
    if not kept.tables:
        nothing = escape(t("We keep nothing about you."))
        return modal(t("What we keep"), [section(nothing)], close=t("Close"), callback="kept")
    counts = Counter[str]()
    headings = table_words(t)
    for name, rows in kept.tables.items():
        # An entry and its signature count once.
        if name != "signatories":
            counts[headings.get(name, headings["inbox"])] += len(rows)
    lines = [
        f"• {escape(heading)}: {t.number(counts[heading])}"
        for heading in dict.fromkeys(headings.values())
        if counts[heading]
    ]
    question = t(
        "Your signatures will be withdrawn from every letter here, and everything about you will "
        "be erased. Delivered copies will show a gap. You can’t undo this."
    )
    stays = t(
        "If you delete your data, we empty our receipts and questions to you. Other messages stay "
        "in Slack."
    )
    sure = confirm(t, t("Delete"), question, danger=True)
    delete = button(t("Delete"), "kept.delete", style="danger", confirm=sure)
    blocks: Blocks = [
        section("\n".join(lines)),
        actions(delete, button(t("Details"), "kept.details"), block="kept"),
        context(escape(stays)),
    ]
    return modal(t("What we keep"), blocks, close=t("Close"), callback="kept")


def details_view(t: Words, kept: Kept) -> View:
    """Return the rows stored about a person, without technical data."""
    headings = table_words(t)
    under: dict[str, list[str]] = {heading: [] for heading in headings.values()}
    for name, rows in kept.tables.items():
        if name in headings and name not in TECHNICAL and name != "signatories":
            said = filter(None, (_row(t, kept, row) for row in rows))
            under[headings[name]] += [f"• {one}" for one in said]
    lines = [
        line for heading, rows in under.items() if rows for line in (f"*{escape(heading)}*", *rows)
    ]
    parts = [*texts(clip(line, TEXT_LIMIT) for line in lines)]
    more = t(
        "Technical records aren’t shown here. The person who runs Undersigned can give you "
        "everything as a file."
    )
    blocks: Blocks = [
        *(section(part) for part in parts[:MOST_PARTS]),
        context(escape(more)),
        actions(button(t("Back"), "kept.back"), block="kept"),
    ]
    return modal(t("Details"), blocks, close=t("Close"), callback="kept")


def _row(t: Words, kept: Kept, row: dict[str, Any]) -> str:
    parts: list[str] = []
    labels = column_words(t)
    for column, value in row.items():
        name = labels.get(column)
        if name is None or column in CODED or value in (None, "", False) or value in GROUNDS:
            continue
        if column == "channel":
            shown = f"<#{value}>"
        elif column == "letter":
            shown = escape(isolate(kept.titles.get(value, f"#{value}")))
        elif hasattr(value, "tzinfo"):
            shown = moment(t, value)
        else:
            shown = escape(isolate(clip(str(value), 300)))
        parts.append(f"{escape(name)}: {shown}")
    return " · ".join(parts)


def deleted_view(t: Words, erased: ErasedPerson) -> View:
    """Return the confirmation that everything was deleted, and what remains elsewhere."""
    said = t("Deleted.")
    if erased.signatures:
        said = t.n(
            "Deleted. That includes {count} signature.",
            "Deleted. That includes {count} signatures.",
            erased.signatures,
        )
    lines = [t("Older backups may still hold your data. Ask the person who runs Undersigned.")]
    if erased.gaps:
        lines.insert(
            0,
            t(
                "The delivered copy here shows a gap. Copies that were sent elsewhere stay as they "
                "are."
            ),
        )
    return modal(
        t("Deleted"),
        [section(f":white_check_mark: {escape(said)}"), *(context(escape(one)) for one in lines)],
        close=t("Done"),
    )
