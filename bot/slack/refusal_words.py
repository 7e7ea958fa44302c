"""One sentence for each refusal: what happened, and what the person can do."""

from datetime import date
from pathlib import Path
from typing import Any

from bot.letters.refusals import Reason, Refusal
from bot.locales import Words
from bot.slack.text.escaping import clip, isolate, plain
from bot.slack.words.sentences import read_sentences

_SENTENCES = read_sentences(Path(__file__).parent / "words" / "refusals.txt")


def _seen(t: Words, read: str) -> str:
    _, signers, objections, entry = [*read.split(":", 3), "", "", ""][:4]
    said = [f"“{isolate(entry)}”"]
    if signers.isdecimal():
        said.append(t.n("{count} signer", "{count} signers", int(signers)))
    if objections.isdecimal() and int(objections):
        said.append(t.n("{count} objection", "{count} objections", int(objections)))
    return ", ".join(said)


def sentence(t: Words, refusal: Refusal) -> str:
    """Return why something was refused and what the person can do, as plain text."""
    return _filled_in(t, _SENTENCES[refusal.reason], refusal)


def sentence_for_organiser(t: Words, refusal: Refusal) -> str:
    """Return why a person or organisation that an organiser enters is refused, as plain text."""
    usual = _SENTENCES[refusal.reason]
    return _filled_in(t, _SENTENCES.get(f"organiser/{refusal.reason}", usual), refusal)


def _filled_in(t: Words, said: list[str], refusal: Refusal) -> str:
    facts = refusal.facts
    # An embargo hides the entry from objectors; people of the workspace may have no name.
    unsaid = {
        Reason.OWN_SIGNATURE: t("this organisation"),
        Reason.ALREADY_OBJECTED: t("this organisation"),
        Reason.NOT_AN_ORGANISATION: t("This entry"),
    }.get(refusal.reason, isolate("…"))
    entry, name = str(facts.get("entry") or ""), clip(str(facts.get("name", "")), 150)
    words: dict[str, Any] = {
        "title": isolate(clip(str(facts.get("title", "")), 80)),
        "why": isolate(str(facts.get("why", ""))),
        "entry": isolate(entry) if entry else unsaid,
        "yours": isolate(str(facts.get("yours", "…"))),
        "entries": "; ".join(isolate(str(one)) for one in facts.get("entries", [])[:5]),
        "name": isolate(name) if name else t("This person"),
        "last": t.weekday(date.fromisoformat(facts["last"])) if "last" in facts else "",
        "before": _seen(t, str(facts.get("was", ""))),
        "after": _seen(t, str(facts.get("now", ""))),
    }
    if len(said) == 1:
        return t(said[0], **words, count=facts.get("count", 0), most=facts.get("most", 0))
    return t.n(said[0], said[1], int(facts.get("most", facts.get("count", 0))), **words)


def trouble(t: Words) -> str:
    """Return the sentence that we made an error and nothing was changed."""
    return t(
        "Sorry, something went wrong on our side. Nothing was changed. Please try again in a "
        "minute. If it happens again, tell the person who runs Undersigned."
    )


def unsure(t: Words) -> str:
    """Return the sentence that saving failed so late that the change may have been saved."""
    return t(
        "Sorry, something went wrong just as we were saving. It may or may not have worked. "
        "Check in a minute, or do it again – nothing counts twice."
    )


def busy(t: Words) -> str:
    """Return the sentence that Slack is too busy at the moment."""
    return t("Slack is very busy right now. Please try again in a minute – nothing is lost.")


def unmarked(text: str) -> str:
    """Return a text without the backticks around commands, for places without markup."""
    return text.replace("`", "")


def notice_view(t: Words, text: str) -> dict[str, Any]:
    """Return a modal with one sentence."""
    return {
        "type": "modal",
        "title": plain(t("Undersigned"), 24),
        "close": plain(t("Close"), 24),
        "blocks": [{"type": "section", "text": plain(unmarked(text))}],
    }
