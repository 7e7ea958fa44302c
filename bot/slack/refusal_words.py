"""One sentence for each refusal: what happened, and what the person can do."""

from collections.abc import Callable, Mapping
from typing import Any

from bot.letters.refusals import Reason, Refusal
from bot.locales import Words
from bot.slack.text.escaping import clip, isolate, plain

_Sentence = Callable[[Words, Mapping[str, Any]], str]


def mark(english: str) -> str:
    """Return an English sentence unchanged, marked for the catalogue; `sentence` translates it."""
    return english


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
"""Reasons that mean that the screen is out of date, so that it must be opened again."""


_CLOSED = mark("“{title}” is closed and no longer takes signatures. Its organisers can reopen it.")
_NO_NAME = mark("Write the name without web addresses or Slack mentions.")
_CHANGED = mark("This has changed since you opened it, so nothing was saved. Open it again.")
_UNPOSTED = mark("“{title}” isn’t open to everyone yet. Post it first.")

_SENTENCES: dict[Reason, str | _Sentence] = {
    **dict.fromkeys(_OVERTAKEN, _CHANGED),
    Reason.NO_SUCH_LETTER: mark("I can’t find that letter. It may have been deleted."),
    Reason.NOT_ORGANISER: mark(
        "Only organisers of “{title}” can do that. Ask one of them to do it, or to add you as "
        "an organiser."
    ),
    Reason.GUESTS_CANNOT_START: mark(
        "Only full members of this workspace can start a letter. You can still sign. To start "
        "one, ask a member to do it for you."
    ),
    Reason.ORGANISER_MUST_BE_MEMBER: mark(
        "Only full members of this workspace can be organisers. Choose someone else."
    ),
    Reason.LAST_ORGANISER: mark("A letter needs at least one organiser. Add another one first."),
    Reason.ALREADY_ORGANISER: mark("That person is already an organiser of this letter."),
    Reason.NO_SUCH_ORGANISER: mark("That person isn’t an organiser of this letter."),
    Reason.NOT_SIGNED: mark(
        "That signature no longer exists. Open *My signature* again to see what you signed."
    ),
    Reason.NOT_INVITED: mark("This invitation is no longer open."),
    Reason.STILL_DRAFT: _UNPOSTED,
    Reason.NOT_A_DRAFT: mark(
        "“{title}” is already posted, so you can’t edit it. You can still change its text, and we’ll "
        "tell the signers."
    ),
    Reason.IS_OPEN: mark("“{title}” is already open for signatures. You can move its deadline."),
    Reason.IS_CLOSED: _CLOSED,
    Reason.IS_FOUNDING: _UNPOSTED,
    Reason.IS_DELIVERED: mark(
        "“{title}” has been delivered, so you can’t do that any more. You can still correct or "
        "withdraw your own signature."
    ),
    Reason.NOT_DELIVERED: mark(
        "“{title}” hasn’t been delivered yet. Its organisers can deliver it once it’s closed."
    ),
    Reason.CLOSE_FIRST: mark("“{title}” is still open. Close it first."),
    Reason.ALREADY_PUBLIC: mark(
        "“{title}” is already public, so it’s too late for first signers. You can still invite "
        "people to sign."
    ),
    Reason.IS_CANCELLED: mark("“{title}” was cancelled. The organisers’ reason: “{why}”."),
    Reason.DEADLINE_PASSED: _CLOSED,
    Reason.DEADLINE_NOT_AHEAD: mark("That time is in the past. Choose a later one."),
    Reason.EMPTY: mark("Please fill this in."),
    Reason.TOO_LONG: lambda t, f: t.n(
        "Too long: you can use up to {count} character.",
        "Too long: you can use up to {count} characters.",
        int(f.get("most", 0)),
    ),
    Reason.NO_LETTERS: mark("A name can’t be only numbers or signs."),
    Reason.HEAPED_MARKS: mark("A letter here has too many accents on it."),
    Reason.CLAIMS_A_MARK: mark("Leave out the words in brackets: only the app marks an entry so."),
    Reason.LOOKS_LIKE_LINK: _NO_NAME,
    Reason.LOOKS_LIKE_MENTION: _NO_NAME,
    Reason.NOT_A_NUMBER: mark("Enter a whole number, 1 or more."),
    Reason.NOT_A_DATE: mark("Write the date like this: 2026-03-31."),
    Reason.DATE_AHEAD: mark("That date is in the future. Choose the day permission was given."),
    Reason.RULE_WAS_SHOWN: mark("People saw this rule before they signed, so it can’t change."),
    Reason.EMBARGO_WITHOUT_END: mark(
        "Choose when the embargo ends: on a date, or at a number of signatures."
    ),
    Reason.EMBARGO_NOT_AHEAD: mark("That time is in the past. Choose a later one."),
    Reason.EMBARGO_NEEDS_NOTICE: mark(
        "People signed while this was hidden. It can only end earlier, at least one day from now."
    ),
    Reason.DEADLINE_TOO_SOON: mark(
        "People need a day’s notice. Choose a time at least one day from now."
    ),
    Reason.UNDER_EMBARGO: mark(
        "The names on “{title}” are under embargo. Only organisers can see the list for now."
    ),
    Reason.PEOPLE_ONLY: mark("Only individuals can sign this letter. You can sign it as yourself."),
    Reason.ORGANISATIONS_ONLY: mark(
        "Only organisations can sign this letter. You can sign for yours if you’re authorised."
    ),
    Reason.NOT_AUTHORISED: mark(
        "Tick this only if you’re authorised to sign for the organisation. If you’re not, ask "
        "someone there who is."
    ),
    Reason.ALREADY_SIGNED: mark(
        "You’ve already signed as “{entry}”. To change it, close this window and press Sign again."
    ),
    Reason.TEXT_CHANGED: mark(
        "The text changed while this was open. Close this window, read the new text, and sign "
        "if you still agree."
    ),
    Reason.GOES_LATE: mark(
        "“{title}” was delivered while this was open. To be listed with the late signatures, "
        "close this window and press Sign again."
    ),
    Reason.READS_LIKE_ORGANISATION: mark(
        "“{name}” reads like an organisation. Press Sign again and sign for it instead."
    ),
    Reason.ORGANISATION_SIGNED: mark(
        "{entry} has already signed. You can confirm that signature or object to it."
    ),
    Reason.ENTRY_REMOVED: mark(
        "An organiser removed {entry} from this list. If that’s wrong, please ask an organiser to "
        "restore it."
    ),
    Reason.MANY_ORGANISATIONS: lambda t, f: t.n(
        "You’ve signed this letter for {count} organisation. Please ask an organiser to add others.",
        "You’ve signed this letter for {count} organisations. Please ask an organiser to add others.",
        int(f.get("most", 0)),
    ),
    Reason.UNDO_LATER_FIRST: mark("This entry was merged again later. Undo the later merge first."),
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
    Reason.ALREADY_OBJECTED: mark("You’ve already objected to {entry}. The organisers know."),
    Reason.OWN_SIGNATURE: mark("You signed for {entry}, so someone else has to confirm it."),
    Reason.SAME_TEXT: mark("You haven’t changed anything yet."),
    Reason.CHANGED_AGAIN: mark(
        "The text changed again, so your answer wasn’t saved. Please answer in the newest message "
        "about it."
    ),
    Reason.STAYS_WHOSE_IT_IS: mark(
        "The letter is closed, so you can’t change this signature into a different one. To fix "
        "a typo, ask an organiser. You can still withdraw."
    ),
    Reason.NOTHING_TO_ANSWER: mark(
        "Your signature already covers the current text. You don’t need to answer."
    ),
    Reason.ANSWER_TOO_LATE: mark("The time to answer has passed."),
    Reason.ANSWER_TOO_SOON: mark("Give people at least one day to answer. Choose a later time."),
    Reason.ANSWER_TOO_FAR: mark("Choose a time within 30 days."),
    Reason.ANSWER_NOT_SOONER: mark("Choose a time earlier than the one set now."),
    Reason.STILL_TO_ANSWER: mark(
        "Signers can still answer the last text change. You can deliver the letter after that."
    ),
    Reason.STILL_DROPPING: mark(
        "We’re still removing everyone who didn’t answer in time. Try again in a minute."
    ),
    Reason.NO_SUCH_SIGNATORY: mark(
        "I can’t find “{name}” on this letter. Type the name as it appears on the list."
    ),
    Reason.SEVERAL_SIGNATORIES: mark(
        "More than one signature matches “{name}”: {entries}. Type the full entry."
    ),
    Reason.ALREADY_ADDED: mark(
        "{entry} is already on this letter. Leave this one out, or correct that entry."
    ),
    Reason.TOO_MANY_CORRECTIONS: mark(
        "This window can’t hold more corrections. Add these first, or change the text you pasted."
    ),
    Reason.SAME_SIGNER: mark(
        "{entry} has already signed. To add a second signer, enter that person’s name. "
        "Otherwise, leave this one out."
    ),
    Reason.SAME_PERSON: mark(
        "{entry} is already on this letter. Leave this one out, or correct that entry."
    ),
    Reason.ANOTHER_ORGANISATION: mark(
        "That’s a different organisation from {entry}. Remove this entry, then add or invite the "
        "other one."
    ),
    Reason.SAME_ENTRY: mark("You haven’t changed anything yet."),
    Reason.CORRECTION_OVER: mark("This request is no longer open."),
    Reason.SIGNED_HERE: mark("{entry} was signed in Slack, so only its signer can withdraw it."),
    Reason.NOT_A_GROUND: mark(
        "Use one of these words: written_permission, board_decision, public_statement, spoken_word."
    ),
    Reason.INVITATION_SIGNED: mark("{name} has already signed. Only the signer can withdraw."),
    Reason.INVITATION_UNSIGNED: mark(
        "{name} hasn’t signed in Slack. If they signed outside Slack, add their signature."
    ),
    Reason.INVITATION_ANSWERED: mark(
        "You’ve already answered, so you won’t get reminders. To change your answer, use the "
        "buttons in the invitation."
    ),
    Reason.DAY_PASSED: mark("That time is in the past. Choose a later one."),
    Reason.DAY_TOO_LATE: mark("That’s too late for this letter. Choose a day up to {last}."),
    Reason.NOBODY_TO_INVITE: mark(
        "None of these people can get messages: they’re bots or deactivated accounts. Choose "
        "others."
    ),
    Reason.NOT_A_KIND: mark("Write “person” or “organisation”."),
    Reason.NOT_A_STATE: mark(
        "Write “invited”, “reading”, “awaiting” or “declined”, or leave it empty."
    ),
    Reason.NOT_A_MEMBER_ID: mark(
        "Two people can share a handle, so please use the member ID: open the person’s "
        "profile, click “⋮”, then “Copy member ID”."
    ),
    Reason.NO_SUCH_MEMBER: mark(
        "I can’t find anyone I can message with the member ID {name}. To get it, open the "
        "person’s profile, click “⋮”, then “Copy member ID”."
    ),
    Reason.NAMED_TWICE: mark("{name} is on the list twice. Remove one of the two rows."),
    Reason.ALREADY_POSTED: mark("The letter is already in that channel. Choose another."),
    Reason.NOBODY_TO_REMIND: mark(
        "There’s no one to remind. Everyone has signed or answered, turned reminders off, or "
        "has no working hours left before the deadline."
    ),
    Reason.CHANGED_MEANWHILE: mark(
        "This entry changed while you had it open. It’s now “{entry}”. Your version, “{yours}”, "
        "isn’t saved. Open it again to change it."
    ),
    Reason.WITHDREW: mark(
        "{entry} withdrew from this letter. Add them only if they agreed again: then choose “Agreed "
        "again”, or write “yes” in the column “agreed_again”."
    ),
    Reason.TOO_SHORT: mark("Please say a little more, so that others understand it."),
    Reason.CHANGED_UNSEEN: lambda t, f: t(
        "This changed while you had it open, so nothing was done. Before: {before}. Now: {after}. Open "
        "it again to decide.",
        before=_seen(t, str(f.get("was", ""))),
        after=_seen(t, str(f.get("now", ""))),
    ),
    Reason.NO_EMBARGO: mark("Everyone can see who signed."),
    Reason.CANNOT_READ: lambda t, facts: t.n(
        "You named {count} person who can’t see this letter. Invite them, or post a card in a "
        "channel they’re in.",
        "You named {count} people who can’t see this letter. Invite them, or post a card in a "
        "channel they’re in.",
        facts.get("count", 1),
    ),
    Reason.JUST_REMINDED: mark(
        "Everyone who can be reminded already had a reminder today, or will get one soon. Try "
        "again on another day."
    ),
}


def _seen(t: Words, read: str) -> str:
    _, signers, objections, entry = [*read.split(":", 3), "", "", ""][:4]
    said = [f"“{isolate(entry)}”"]
    if signers.isdecimal():
        said.append(t.n("{count} signer", "{count} signers", int(signers)))
    if objections.isdecimal() and int(objections):
        said.append(t.n("{count} objection", "{count} objections", int(objections)))
    return ", ".join(said)


_TO_ORGANISERS = {
    Reason.PEOPLE_ONLY: mark("This letter takes people only."),
    Reason.ORGANISATIONS_ONLY: mark("This letter takes organisations only."),
    Reason.ENTRY_REMOVED: mark(
        "An organiser removed {entry} from this list. To add it again, restore it there first."
    ),
}
"""Sentences that differ for an organiser who enters other people."""


def sentence(t: Words, refusal: Refusal) -> str:
    """Return why something was refused and what the person can do, as plain text."""
    return _filled_in(t, _SENTENCES[refusal.reason], refusal)


def sentence_for_organiser(t: Words, refusal: Refusal) -> str:
    """Return why a person or organisation that an organiser enters is refused, as plain text."""
    reason = refusal.reason
    return _filled_in(t, _TO_ORGANISERS.get(reason, _SENTENCES[reason]), refusal)


def _filled_in(t: Words, said: str | _Sentence, refusal: Refusal) -> str:
    facts = refusal.facts
    if not isinstance(said, str):
        return said(t, facts)
    # An embargo hides the entry from objectors; people of the workspace may have no name.
    unsaid = refusal.reason in {Reason.OWN_SIGNATURE, Reason.ALREADY_OBJECTED}
    entry, name = str(facts.get("entry") or ""), clip(str(facts.get("name", "")), 150)
    return t(
        said,
        title=isolate(clip(str(facts.get("title", "")), 80)),
        why=isolate(str(facts.get("why", ""))),
        entry=t("this organisation") if unsaid and not entry else isolate(entry or "…"),
        yours=isolate(str(facts.get("yours", "…"))),
        entries="; ".join(isolate(str(one)) for one in facts.get("entries", [])[:5]),
        name=isolate(name) if name else t("This person"),
        last=facts.get("last", ""),
    )


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
