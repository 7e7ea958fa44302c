"""The history of a letter in words."""

from datetime import datetime
from pathlib import Path
from typing import Any

from bot.features.privacy.rules import HistoryRow
from bot.letters.audit import Act
from bot.locales import Words, language_name
from bot.slack.text.escaping import escape, isolate, moment
from bot.slack.words.details import detail_words
from bot.slack.words.rules import changed_sentences, mention
from bot.slack.words.sentences import read_sentences

_SENTENCES = read_sentences(Path(__file__).with_name("history.txt"))


def act_words(t: Words, row: HistoryRow) -> str:
    """Return what was done, as `mrkdwn`, without the person and the time."""
    act, facts, about = row.entry.act, row.entry.facts, row.entry.about
    heading: str = act
    if act is Act.ADDED and row.entry.signatory:
        heading = "added/one"
    elif act is Act.CONFIRMED and "proof" in facts:
        heading = "confirmed/proof"
    elif act is Act.TOLD_APART and "other" not in facts:
        heading = "told_apart/many"
    elif act is Act.TRANSLATED and facts.get("removed"):
        heading = "translated/removed"
    changed = {Act.INVITATION_CHANGED, Act.INVITATION_REMOVED}
    whose = row.entry.by if act is Act.INVITATION_ANSWERED else about if act in changed else None
    after = facts.get("after")
    words: dict[str, Any] = {
        "entry": mention(t, whose) if whose and not row.reads else _name(t, row.reads),
        "other": _name(t, row.other),
        "before": _name(t, row.before),
        "after": _name(t, row.after),
        "who": mention(t, about) if about else t("(erased)"),
        "when": moment(t, datetime.fromisoformat(str(after))) if after else "",
        # Erased with the person whose address it is of.
        "domain": _name(t, row.entry.ground),
        "details": ", ".join(detail_words(t)[one] for one in facts.get("details", ())),
        "language": language_name(facts.get("language", "en")),
        "channel": f"<#{facts.get('channel', '')}>",
        "channels": ", ".join(f"<#{one}>" for one in facts.get("channels", ())),
    }
    one, *many = _SENTENCES[heading]
    said = t.n(one, many[0], int(facts.get("count", 0)), **words) if many else t(one, **words)
    rules = changed_sentences(t, facts["was"], facts["now"]) if "was" in facts else []
    return "\n".join([said, *rules])


def _name(t: Words, name: str) -> str:
    return escape(isolate(name)) if name else t("(erased)")


def who_words(t: Words, row: HistoryRow) -> str:
    """Return who did it, as `mrkdwn`."""
    if row.entry.by:
        return mention(t, row.entry.by)
    if row.entry.erased:
        return t("Someone whose data was deleted")
    return t("The app’s operator") if row.entry.facts.get("operator") else t("The app")
