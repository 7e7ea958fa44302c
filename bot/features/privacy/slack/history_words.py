"""The history of a letter in words."""

from datetime import datetime

from bot.features.privacy.rules import HistoryRow
from bot.letters.audit import Act
from bot.locales import Words
from bot.slack.text.escaping import escape, isolate, moment
from bot.slack.words.details import detail_words
from bot.slack.words.rules import changed_sentences


def act_words(t: Words, row: HistoryRow) -> str:
    """Return what was done, as `mrkdwn`, without the person and the time."""
    act, facts = row.entry.act, row.entry.facts
    count = int(facts.get("count", 0))
    added = t.n("Added: {count} signature", "Added: {count} signatures", count)
    entry, other = _name(t, row.reads), _name(t, row.other)
    before, after = _name(t, row.before), _name(t, row.after)
    if act is Act.INVITATION_ANSWERED and not row.reads:
        entry = who_words(t, row)
    who = f"<@{row.entry.about.user}>" if row.entry.about else t("(erased)")
    when = moment(t, datetime.fromisoformat(str(facts["after"]))) if "after" in facts else ""
    details = ", ".join(detail_words(t)[one] for one in facts.get("details", ()))
    channels = ", ".join(f"<#{one}>" for one in facts.get("channels", ()))
    rules = [] if "was" not in facts else changed_sentences(t, facts["was"], facts["now"])
    # Translators: each sentence is an act on a letter, without the person who acted.
    return {
        Act.ADDED: t("Added: {entry}", entry=entry) if row.entry.signatory else added,
        Act.INVITED: t.n("Invited: {count}", "Invited: {count}", count),
        Act.REMINDED: t.n("Reminders: {count} person", "Reminders: {count} people", count),
        Act.MERGED: t("Merged: {other} into {entry}", other=other, entry=entry),
        Act.MERGE_UNDONE: t("Merge undone: {other} and {entry}", other=other, entry=entry),
        Act.TOLD_APART: t("Kept apart: {other} and {entry}", other=other, entry=entry),
        Act.EXTENDED: t("Deadline moved to {when}", when=when),
        Act.REOPENED: t("Letter reopened until {when}", when=when),
        Act.ANSWERS_SOONER: t("Time to answer moved to {when}", when=when),
        Act.ORGANISER_ADDED: t("Organiser added: {who}", who=who),
        Act.ORGANISER_REMOVED: t("Organiser removed: {who}", who=who),
        Act.CORRECTED: t("Corrected: {before} → {after}", before=before, after=after),
        Act.CORRECTION_PROPOSED: t(
            "Correction proposed: {before} → {after}", before=before, after=after
        ),
        Act.CORRECTION_ACCEPTED: t("Correction accepted by the signer"),
        Act.CORRECTION_DECLINED: t("Correction declined by the signer"),
        Act.WITHDRAWN: t("Withdrawn: {entry}", entry=entry),
        Act.DROPPED: t("Removed (no answer to a text change): {entry}", entry=entry),
        Act.CONFIRMED: (
            t("Permission recorded: {entry}", entry=entry)
            if "proof" in facts
            else t("Confirmed: {entry}", entry=entry)
        ),
        Act.OBJECTED: t("Objection: {entry}", entry=entry),
        Act.UPHELD: t("Kept after an objection: {entry}", entry=entry),
        Act.REMOVED: t("Removed: {entry}", entry=entry),
        Act.REMOVED_ALL: t.n(
            "Removed: {count} signature of {who}",
            "Removed: {count} signatures of {who}",
            count,
            who=who,
        ),
        Act.RESTORED: t("Restored: {entry}", entry=entry),
        Act.PINNED: t("Moved to the top: {entry}", entry=entry),
        Act.UNPINNED: t("Moved back into the list: {entry}", entry=entry),
        Act.INVITATION_CHANGED: t("Invitation changed: {entry}", entry=entry),
        Act.INVITATION_ANSWERED: t("Invitation answered: {entry}", entry=entry),
        Act.INVITATION_REMOVED: t("Invitation removed"),
        Act.ERASED: t("Everything about one person was erased"),
        Act.STARTED: t("Letter started"),
        Act.FIRST_SIGNERS_CHOSEN: t("First signers chosen"),
        Act.POSTED: t("Card posted in {channels}", channels=channels),
        Act.CARD_REMOVED: t(
            "Card removed from {channel}", channel=f"<#{facts.get('channel', '')}>"
        ),
        # Translators: {details} are names of fields, such as "Summary, Goal".
        Act.DETAILS_CHANGED: t("Details changed: {details}", details=details),
        Act.RULES_CHANGED: "\n".join([t("Rules changed"), *rules]),
        Act.EMBARGO_LIFTED: t("Embargo lifted"),
        Act.AMENDED: t("Text changed"),
        Act.CLOSED: t("Letter closed"),
        Act.CANCELLED: t("Letter cancelled"),
        Act.REMINDERS_STOPPED: t("Reminders stopped"),
        Act.DELIVERED: t("Letter delivered"),
        Act.LATE_OPENED: t("Late signatures opened"),
        Act.LATE_CLOSED: t("Late signatures closed"),
    }[act]


def _name(t: Words, name: str) -> str:
    return escape(isolate(name)) if name else t("(erased)")


def who_words(t: Words, row: HistoryRow) -> str:
    """Return who did it, as `mrkdwn`."""
    if row.entry.by:
        return f"<@{row.entry.by.user}>"
    return t("The app’s operator") if row.entry.facts.get("operator") else t("The app")
