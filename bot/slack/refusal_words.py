"""Every refusal in one sentence: what happened, and what can be done."""

from collections.abc import Callable
from typing import Any

from bot.letters.refusals import Reason, Refusal
from bot.locales import Words
from bot.slack.text.escaping import clip, isolate, plain

_Sentence = Callable[[Words, dict[str, Any]], str]


def _title(facts: dict[str, Any]) -> str:
    return isolate(clip(str(facts.get("title", "")), 80))


def _name(t: Words, facts: dict[str, Any]) -> str:
    """Name the invited: a person of the workspace may have no name here."""
    name = clip(str(facts.get("name", "")), 150)
    return isolate(name) if name else t("This person")


def _organisation(t: Words, facts: dict[str, Any]) -> str:
    """An organisation within a sentence: under an embargo its entry is not said."""
    entry = str(facts.get("entry", ""))
    return isolate(entry) if entry else t("this organisation")


_OVERTAKEN = (
    Reason.SIGNATURE_GONE,
    Reason.NO_SUCH_INVITATION,
    Reason.NOT_POSTED,
    Reason.NOTHING_TO_UNDO,
    Reason.NOT_REMOVED,
    Reason.NOT_DISPUTED,
    Reason.NO_ANSWERS_OPEN,
    Reason.DRAFT_CHANGED,
    Reason.AMENDED_MEANWHILE,
    Reason.ALREADY_CONFIRMED,
    Reason.NOT_LATE,
)
"""Reasons of a screen that is older than what others did since: to look again is all that helps."""


def _unposted(t: Words, facts: dict[str, Any]) -> str:
    return t("“{title}” isn’t open to everyone yet. Post it first.", title=_title(facts))


def _closed(t: Words, facts: dict[str, Any]) -> str:
    return t(
        "“{title}” is closed and no longer takes signatures. Its organisers can reopen it.",
        title=_title(facts),
    )


def _no_name(t: Words, _: dict[str, Any]) -> str:
    return t("Write the name in letters, without a web address or a Slack mention.")


def _overtaken(t: Words, _: dict[str, Any]) -> str:
    return t("This has changed since you opened it, so nothing was saved. Open it again.")


_SENTENCES: dict[Reason, _Sentence] = {
    **dict.fromkeys(_OVERTAKEN, _overtaken),
    Reason.NO_SUCH_LETTER: lambda t, _: t("I can’t find that letter. It may have been deleted."),
    Reason.NOT_ORGANISER: lambda t, f: t(
        "Only organisers of “{title}” can do that. Ask one of them to do it, or to add you as "
        "an organiser.",
        title=_title(f),
    ),
    Reason.GUESTS_CANNOT_START: lambda t, _: t(
        "Only full members of this workspace can start a letter. You can still sign. To start "
        "one, ask a member to do it for you."
    ),
    Reason.ORGANISER_MUST_BE_MEMBER: lambda t, _: t(
        "Only full members of this workspace can be organisers. Choose someone else."
    ),
    Reason.LAST_ORGANISER: lambda t, _: t(
        "A letter needs at least one organiser. Add another one first."
    ),
    Reason.ALREADY_ORGANISER: lambda t, _: t("That person is already an organiser of this letter."),
    Reason.NO_SUCH_ORGANISER: lambda t, _: t("That person isn’t an organiser of this letter."),
    Reason.NOT_SIGNED: lambda t, _: t(
        "That signature no longer exists. Open *My signature* again to see what you signed."
    ),
    Reason.NOT_INVITED: lambda t, _: t("This invitation is no longer active."),
    Reason.STILL_DRAFT: _unposted,
    Reason.NOT_A_DRAFT: lambda t, f: t(
        "“{title}” is already posted, so you can’t edit it. You can still change its text, and we’ll "
        "tell the signers.",
        title=_title(f),
    ),
    Reason.IS_OPEN: lambda t, f: t(
        "“{title}” is already open for signatures. You can move its deadline.",
        title=_title(f),
    ),
    Reason.IS_CLOSED: _closed,
    Reason.IS_FOUNDING: _unposted,
    Reason.IS_DELIVERED: lambda t, f: t(
        "“{title}” has been delivered, so you can’t do that any more. You can still correct or "
        "withdraw your own signature.",
        title=_title(f),
    ),
    Reason.NOT_DELIVERED: lambda t, f: t(
        "“{title}” hasn’t been delivered yet. Close it first.",
        title=_title(f),
    ),
    Reason.CLOSE_FIRST: lambda t, f: t("“{title}” is still open. Close it first.", title=_title(f)),
    Reason.ALREADY_PUBLIC: lambda t, f: t(
        "“{title}” is already public, so it’s too late for first signers. You can still invite "
        "people to sign.",
        title=_title(f),
    ),
    Reason.IS_CANCELLED: lambda t, f: t(
        "“{title}” was cancelled. The organisers’ reason: “{why}”.",
        title=_title(f),
        why=isolate(str(f.get("why", ""))),
    ),
    Reason.DEADLINE_PASSED: _closed,
    Reason.DEADLINE_NOT_AHEAD: lambda t, _: t("That time is in the past. Choose a later one."),
    Reason.EMPTY: lambda t, _: t("Please fill this in."),
    Reason.TOO_LONG: lambda t, f: t.n(
        "Too long: you can use up to {count} character.",
        "Too long: you can use up to {count} characters.",
        int(f.get("most", 0)),
    ),
    Reason.NO_LETTERS: _no_name,
    Reason.LOOKS_LIKE_LINK: _no_name,
    Reason.LOOKS_LIKE_MENTION: _no_name,
    Reason.NOT_A_NUMBER: lambda t, _: t("Enter a whole number, 1 or more."),
    Reason.NOT_A_DATE: lambda t, _: t("Write the date like this: 2026-03-31."),
    Reason.DATE_AHEAD: lambda t, _: t(
        "That date is in the future. Choose the day permission was given."
    ),
    Reason.RULE_WAS_SHOWN: lambda t, _: t(
        "People saw this rule before they signed, so it can’t change."
    ),
    Reason.EMBARGO_WITHOUT_END: lambda t, _: t(
        "Choose when the embargo ends: on a date, or at a number of signatures."
    ),
    Reason.EMBARGO_NOT_AHEAD: lambda t, _: t("That time is in the past. Choose a later one."),
    Reason.UNDER_EMBARGO: lambda t, f: t(
        "The names on “{title}” are under embargo. Only organisers can see the list for now.",
        title=_title(f),
    ),
    Reason.PEOPLE_ONLY: lambda t, _: t(
        "Only individuals can sign this letter. You can sign it as yourself."
    ),
    Reason.ORGANISATIONS_ONLY: lambda t, _: t(
        "Only organisations can sign this letter. You can sign for yours if you’re authorised."
    ),
    Reason.NOT_AUTHORISED: lambda t, _: t(
        "Tick this only if you’re authorised to sign for the organisation. If you’re not, ask "
        "someone there who is."
    ),
    Reason.ALREADY_SIGNED: lambda t, f: t(
        "You’ve already signed as “{entry}”. To change it, close this window and press Sign again.",
        entry=isolate(str(f.get("entry", ""))),
    ),
    Reason.TEXT_CHANGED: lambda t, _: t(
        "The text changed while this was open. Close this window, read the new text, and sign "
        "if you still agree."
    ),
    Reason.GOES_LATE: lambda t, f: t(
        "“{title}” was delivered while this was open. To be listed with the late signatures, "
        "close this window and press Sign again.",
        title=_title(f),
    ),
    Reason.ORGANISATION_SIGNED: lambda t, f: t(
        "{entry} has already signed. You can confirm that signature or object to it.",
        entry=isolate(str(f.get("entry", ""))),
    ),
    Reason.ENTRY_REMOVED: lambda t, f: t(
        "An organiser removed {entry} from this list. If that’s wrong, please ask an organiser to "
        "restore it.",
        entry=isolate(str(f.get("entry", ""))),
    ),
    Reason.UNDO_LATER_FIRST: lambda t, _: t(
        "This entry was merged again later. Undo the later merge first."
    ),
    Reason.MANY_OBJECTIONS: lambda t, f: t.n(
        "You have {count} open objection on this letter. Please wait until an organiser decides.",
        "You have {count} open objections on this letter. Please wait until an organiser decides "
        "about one of them.",
        int(f.get("count", 0)),
    ),
    Reason.NOT_AN_ORGANISATION: lambda t, f: t(
        "{entry} is a person. Only organisations can be confirmed or objected to.",
        entry=isolate(str(f.get("entry") or t("This entry"))),
    ),
    Reason.ALREADY_OBJECTED: lambda t, f: t(
        "You’ve already objected to {entry}. The organisers know.",
        entry=_organisation(t, f),
    ),
    Reason.OWN_SIGNATURE: lambda t, f: t(
        "You signed for {entry}, so someone else has to confirm it.",
        entry=_organisation(t, f),
    ),
    Reason.SAME_TEXT: lambda t, _: t("You haven’t changed anything yet."),
    Reason.CHANGED_AGAIN: lambda t, _: t(
        "The text changed again, so your answer wasn’t saved. Please answer in the newest message "
        "about it."
    ),
    Reason.STAYS_WHOSE_IT_IS: lambda t, _: t(
        "The letter is closed, so you can’t change this signature into a different one. To fix "
        "a typo, ask an organiser. You can still withdraw."
    ),
    Reason.NOTHING_TO_ANSWER: lambda t, _: t(
        "Your signature already covers the current text. You don’t need to answer."
    ),
    Reason.ANSWER_TOO_LATE: lambda t, _: t("The time to answer has passed."),
    Reason.ANSWER_TOO_SOON: lambda t, _: t(
        "Give people at least one day to answer. Choose a later time."
    ),
    Reason.ANSWER_TOO_FAR: lambda t, _: t("Choose a time within 30 days."),
    Reason.ANSWER_NOT_SOONER: lambda t, _: t(
        "Choose an earlier time than now set. People already count on the time they have."
    ),
    Reason.STILL_TO_ANSWER: lambda t, _: t(
        "Signers can still answer the last text change. You can deliver the letter after that."
    ),
    Reason.STILL_DROPPING: lambda t, _: t(
        "We’re still taking off the list everyone who didn’t answer in time. Try again in a minute."
    ),
    Reason.NO_SUCH_SIGNATORY: lambda t, f: t(
        "I can’t find “{name}” on this letter. Type the name as it appears on the list.",
        name=isolate(str(f.get("name", ""))),
    ),
    Reason.SEVERAL_SIGNATORIES: lambda t, f: t(
        "More than one signature matches “{name}”: {entries}. Type the full entry.",
        name=isolate(str(f.get("name", ""))),
        entries="; ".join(isolate(str(entry)) for entry in f.get("entries", [])[:5]),
    ),
    Reason.ALREADY_ADDED: lambda t, f: t(
        "{entry} is already on this letter. Leave this one out, or correct that entry.",
        entry=isolate(str(f.get("entry", ""))),
    ),
    Reason.TOO_MANY_CORRECTIONS: lambda t, _: t(
        "This window can’t hold more corrections. Add these first, or change the text you pasted."
    ),
    Reason.SAME_SIGNER: lambda t, f: t(
        "{entry} has already signed. To add a second signer, enter that person’s name. "
        "Otherwise, leave this one out.",
        entry=isolate(str(f.get("entry", ""))),
    ),
    Reason.SAME_PERSON: lambda t, f: t(
        "{entry} is already on this letter. Leave this one out, or correct that entry.",
        entry=isolate(str(f.get("entry", ""))),
    ),
    Reason.ANOTHER_ORGANISATION: lambda t, f: t(
        "That’s a different organisation from {entry}. Remove this entry, then add or invite the "
        "other one.",
        entry=isolate(str(f.get("entry", ""))),
    ),
    Reason.SAME_ENTRY: lambda t, _: t("You haven’t changed anything yet."),
    Reason.CORRECTION_OVER: lambda t, _: t("This request is no longer open."),
    Reason.SIGNED_HERE: lambda t, f: t(
        "{entry} was signed in Slack, so only its signer can withdraw it.",
        entry=isolate(str(f.get("entry", ""))),
    ),
    Reason.NOT_A_GROUND: lambda t, _: t(
        "Use one of these: written_permission, board_decision, public_statement, spoken_word."
    ),
    Reason.INVITATION_SIGNED: lambda t, f: t(
        "{name} has already signed. Only the signer can withdraw.",
        name=_name(t, f),
    ),
    Reason.INVITATION_UNSIGNED: lambda t, f: t(
        "{name} hasn’t signed in Slack. If they signed outside Slack, add their signature.",
        name=_name(t, f),
    ),
    Reason.INVITATION_ANSWERED: lambda t, _: t(
        "You’ve already answered, so you won’t get reminders. To change your answer, use the "
        "buttons in the invitation."
    ),
    Reason.DAY_PASSED: lambda t, _: t("That time is in the past. Choose a later one."),
    Reason.DAY_TOO_LATE: lambda t, f: t(
        "That’s too late for this letter. Choose a day up to {last}.", last=f.get("last", "")
    ),
    Reason.NOBODY_TO_INVITE: lambda t, _: t(
        "None of these people can get messages: they’re bots or closed accounts. Choose others."
    ),
    Reason.NOT_A_KIND: lambda t, _: t("Write “person” or “organisation”."),
    Reason.NOT_A_STATE: lambda t, _: t(
        "Write “invited”, “reading”, “awaiting” or “declined”, or leave it empty."
    ),
    Reason.NOT_A_MEMBER_ID: lambda t, _: t(
        "Two people can share a handle, so please use the member ID: open the person’s "
        "profile, click “⋮”, then “Copy member ID”."
    ),
    Reason.NO_SUCH_MEMBER: lambda t, f: t(
        "I can’t find anyone I can message with the member ID {name}. To get it, open the "
        "person’s profile, click “⋮”, then “Copy member ID”.",
        name=isolate(str(f.get("name", ""))),
    ),
    Reason.NAMED_TWICE: lambda t, f: t(
        "{name} is on the list twice. Remove one of the two rows.", name=_name(t, f)
    ),
    Reason.ALREADY_POSTED: lambda t, _: t("The letter is already in that channel. Choose another."),
    Reason.NOBODY_TO_REMIND: lambda t, _: t(
        "There’s no one to remind. Everyone has signed or answered, turned reminders off, or "
        "won’t be at work again before the deadline."
    ),
    Reason.CHANGED_MEANWHILE: lambda t, f: t(
        "This changed while you had it open. It’s now “{entry}”, and yours isn’t saved: “{yours}”. "
        "Open it again to change it.",
        **{name: isolate(str(f.get(name, "…"))) for name in ("entry", "yours")},
    ),
    Reason.NO_EMBARGO: lambda t, _: t("Everyone can see who signed."),
    Reason.CANNOT_READ: lambda t, facts: t.n(
        "You named {count} person who can’t see this letter. Invite them, or post a card in a "
        "channel they’re in.",
        "You named {count} people who can’t see this letter. Invite them, or post a card in a "
        "channel they’re in.",
        facts.get("count", 1),
    ),
    Reason.JUST_REMINDED: lambda t, _: t(
        "Everyone who can be reminded already had a reminder today, or will get one soon. Try "
        "again on another day."
    ),
}


def sentence(t: Words, refusal: Refusal) -> str:
    """Say what happened and what can be done, as plain text."""
    return _SENTENCES[refusal.reason](t, dict(refusal.facts))


_TO_ORGANISERS: dict[Reason, _Sentence] = {
    Reason.PEOPLE_ONLY: lambda t, _: t("This letter takes people only."),
    Reason.ORGANISATIONS_ONLY: lambda t, _: t("This letter takes organisations only."),
    Reason.ENTRY_REMOVED: lambda t, f: t(
        "An organiser removed {entry} from this list. To add it again, restore it there first.",
        entry=isolate(str(f.get("entry", ""))),
    ),
}
"""Sentences that say something else to an organiser who enters others than to a signer."""


def sentence_for_organiser(t: Words, refusal: Refusal) -> str:
    """Say of somebody whom an organiser enters why they are refused, as plain text."""
    words = _TO_ORGANISERS.get(refusal.reason)
    return words(t, dict(refusal.facts)) if words else sentence(t, refusal)


def trouble(t: Words) -> str:
    """Say that something went wrong on our side."""
    return t(
        "Sorry, something went wrong on our side. Nothing was changed. Please try again in a "
        "minute. If it happens again, tell the person who runs Undersigned."
    )


def unsure(t: Words) -> str:
    """Say that it failed so late that it may have been kept."""
    return t(
        "Sorry, something went wrong just as we were saving. It may or may not have worked. "
        "Check in a minute, or do it again – nothing counts twice."
    )


def busy(t: Words) -> str:
    """Say that Slack opens no more windows for a moment."""
    return t("Slack is very busy right now. Please press it again in a minute – nothing is lost.")


def unmarked(text: str) -> str:
    """Words for where Slack marks nothing up: without the backticks around commands."""
    return text.replace("`", "")


def notice_view(t: Words, text: str) -> dict[str, Any]:
    """A modal that says one thing."""
    return {
        "type": "modal",
        "title": plain(t("Undersigned"), 24),
        "close": plain(t("Close"), 24),
        "blocks": [{"type": "section", "text": plain(unmarked(text))}],
    }
