"""The history of a letter in words."""

from datetime import datetime
from typing import Any

from bot.features.privacy.rules import HistoryRow
from bot.letters.audit import Act
from bot.locales import Words
from bot.slack.text.escaping import escape, isolate
from bot.slack.times import moment


def act_words(t: Words, row: HistoryRow) -> str:
    """Say what was done, in `mrkdwn`; who did it and when stands elsewhere."""
    match row.entry.act:
        case Act.ADDED | Act.INVITED | Act.REMINDED:
            return _counted(t, row)
        case Act.MERGED | Act.MERGE_UNDONE | Act.TOLD_APART:
            return _pair(t, row)
        case Act.EXTENDED | Act.REOPENED | Act.ANSWERS_SOONER:
            return _deadline(t, row)
        case Act.ORGANISER_ADDED | Act.ORGANISER_REMOVED:
            return _organiser(t, row)
        case Act.CORRECTED | Act.CORRECTION_PROPOSED:
            return _correction(t, row)
        case act:
            # Translators: each sentence is an act on a letter, without the person who acted.
            entry = _name(t, row.reads)
            if act is Act.INVITATION_ANSWERED and not row.reads:
                entry = who_words(t, row)
            return (_about_an_entry(t, entry) | _about_the_letter(t, row.entry.facts))[act]


def _name(t: Words, name: str) -> str:
    return escape(isolate(name)) if name else t("(erased)")


def _about_an_entry(t: Words, entry: str) -> dict[Act, str]:
    return {
        Act.CORRECTION_ACCEPTED: t("Correction accepted by the signer"),
        Act.CORRECTION_DECLINED: t("Correction declined by the signer"),
        Act.WITHDRAWN: t("Withdrawn: {entry}", entry=entry),
        Act.DROPPED: t("Removed after no answer to a text change: {entry}", entry=entry),
        Act.CONFIRMED: t("Permission recorded: {entry}", entry=entry),
        Act.OBJECTED: t("Objection: {entry}", entry=entry),
        Act.UPHELD: t("Kept after an objection: {entry}", entry=entry),
        Act.REMOVED: t("Removed: {entry}", entry=entry),
        Act.RESTORED: t("Restored: {entry}", entry=entry),
        Act.PINNED: t("Moved to the top: {entry}", entry=entry),
        Act.UNPINNED: t("Moved back into the list: {entry}", entry=entry),
        Act.INVITATION_CHANGED: t("Invitation changed: {entry}", entry=entry),
        Act.INVITATION_ANSWERED: t("Invitation answered: {entry}", entry=entry),
        Act.INVITATION_REMOVED: t("Invitation removed"),
        Act.ERASED: t("Everything about one person was erased"),
    }


def _about_the_letter(t: Words, facts: Any) -> dict[Act, str]:
    channels = ", ".join(f"<#{one}>" for one in facts.get("channels", ()))
    return {
        Act.STARTED: t("Letter started"),
        Act.FIRST_SIGNERS_CHOSEN: t("First signers chosen"),
        Act.POSTED: t("Card posted in {channels}", channels=channels),
        Act.CARD_REMOVED: t("Card removed from {channel}", channel=f"<#{facts.get('channel', '')}>"),
        Act.DETAILS_CHANGED: t("Details changed"),
        Act.RULES_CHANGED: t("Rules changed"),
        Act.EMBARGO_LIFTED: t("Embargo lifted"),
        Act.AMENDED: t("Text changed"),
        Act.CLOSED: t("Letter closed"),
        Act.CANCELLED: t("Letter cancelled"),
        Act.REMINDERS_STOPPED: t("Reminders stopped"),
        Act.DELIVERED: t("Letter delivered"),
        Act.LATE_OPENED: t("Late signatures opened"),
        Act.LATE_CLOSED: t("Late signatures closed"),
    }  # fmt: skip


def _counted(t: Words, row: HistoryRow) -> str:
    count = int(row.entry.facts.get("count", 0))
    if row.entry.act is Act.INVITED:
        return t.n("Invited: {count}", "Invited: {count}", count)
    if row.entry.act is Act.REMINDED:
        return t.n("Reminders: {count} person", "Reminders: {count} people", count)
    if row.entry.signatory:
        return t("Added: {entry}", entry=_name(t, row.reads))
    return t.n("Added: {count} signature", "Added: {count} signatures", count)


def _pair(t: Words, row: HistoryRow) -> str:
    entry, other = _name(t, row.reads), _name(t, row.other)
    if row.entry.act is Act.MERGED:
        return t("Merged: {other} into {entry}", other=other, entry=entry)
    if row.entry.act is Act.MERGE_UNDONE:
        return t("Merge undone: {other} and {entry}", other=other, entry=entry)
    return t("Kept apart: {other} and {entry}", other=other, entry=entry)


def _deadline(t: Words, row: HistoryRow) -> str:
    when = moment(t, datetime.fromisoformat(str(row.entry.facts["after"])))
    if row.entry.act is Act.REOPENED:
        return t("Letter reopened until {when}", when=when)
    if row.entry.act is Act.ANSWERS_SOONER:
        return t("Time to answer moved to {when}", when=when)
    return t("Deadline moved to {when}", when=when)


def _organiser(t: Words, row: HistoryRow) -> str:
    who = f"<@{row.entry.about.user}>" if row.entry.about else t("(erased)")
    if row.entry.act is Act.ORGANISER_ADDED:
        return t("Organiser added: {who}", who=who)
    return t("Organiser removed: {who}", who=who)


def _correction(t: Words, row: HistoryRow) -> str:
    before, after = _name(t, row.before), _name(t, row.after)
    if row.entry.act is Act.CORRECTED:
        return t("Corrected: {before} → {after}", before=before, after=after)
    return t("Correction proposed: {before} → {after}", before=before, after=after)


def who_words(t: Words, row: HistoryRow) -> str:
    """Say who did it, in `mrkdwn`."""
    if row.entry.by:
        return f"<@{row.entry.by.user}>"
    return t("The app’s operator") if row.entry.facts.get("operator") else t("The app")


def reason_words(t: Words, row: HistoryRow) -> str:
    """Say on what ground, in `mrkdwn`; empty where none was given."""
    if not row.entry.ground:
        return ""
    return t("Reason: {reason}", reason=escape(isolate(row.entry.ground)))
