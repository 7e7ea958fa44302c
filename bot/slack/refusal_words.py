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
    """An organisation within a sentence: under an embargo its line is not said."""
    line = str(facts.get("line", ""))
    return isolate(line) if line else t("this organisation")


_SENTENCES: dict[Reason, _Sentence] = {
    Reason.NO_SUCH_LETTER: lambda t, _: t(
        "I do not find that letter. It may have been thrown away; `/letter list` shows what is here."
    ),
    Reason.NOT_ORGANISER: lambda t, f: t(
        "Only the organisers of “{title}” can do that. Ask one of them, or ask to become one.",
        title=_title(f),
    ),
    Reason.GUESTS_CANNOT_START: lambda t, _: t(
        "Only full members of this workspace can start a letter. You can sign letters; to start one, "
        "ask a member to do it for you."
    ),
    Reason.ORGANISER_MUST_BE_MEMBER: lambda t, _: t(
        "Only full members of this workspace can be organisers. Choose somebody else."
    ),
    Reason.LAST_ORGANISER: lambda t, _: t(
        "A letter needs an organiser. Add another one first, then remove this one."
    ),
    Reason.ALREADY_ORGANISER: lambda t, _: t(
        "That person is an organiser of this letter already. There is nothing to do."
    ),
    Reason.NO_SUCH_ORGANISER: lambda t, _: t(
        "That person is not an organiser of this letter. `/letter organisers` shows who is."
    ),
    Reason.STILL_DRAFT: lambda t, f: t(
        "“{title}” is still a draft. Post it first with `/letter post`.", title=_title(f)
    ),
    Reason.NOT_A_DRAFT: lambda t, f: t(
        "“{title}” is no draft any more: its text is frozen. `/letter amend` changes it openly, and "
        "`/letter cancel` calls it off.",
        title=_title(f),
    ),
    Reason.IS_OPEN: lambda t, f: t(
        "“{title}” is open for signatures already. `/letter extend` gives it more time.",
        title=_title(f),
    ),
    Reason.IS_CLOSED: lambda t, f: t(
        "“{title}” is closed and takes no more signatures. Its organisers can open it again with "
        "`/letter reopen`.",
        title=_title(f),
    ),
    Reason.IS_FOUNDING: lambda t, f: t(
        "“{title}” is with its first signers now. Post it with `/letter post` to open it for all.",
        title=_title(f),
    ),
    Reason.IS_DELIVERED: lambda t, f: t(
        "“{title}” was handed over, so that cannot be done any more. You can still correct or take "
        "back your own signature.",
        title=_title(f),
    ),
    Reason.NOT_DELIVERED: lambda t, f: t(
        "“{title}” was not handed over yet. Close it, then use `/letter deliver`.", title=_title(f)
    ),
    Reason.NOT_LATE: lambda t, f: t(
        "The late list of “{title}” is closed already. `/letter late` opens it.", title=_title(f)
    ),
    Reason.CLOSE_FIRST: lambda t, f: t(
        "“{title}” still takes signatures. Close it first with `/letter close`.", title=_title(f)
    ),
    Reason.ALREADY_PUBLIC: lambda t, f: t(
        "“{title}” is public already, so nobody can sign it before the others. Ask people with "
        "`/letter invitations`.",
        title=_title(f),
    ),
    Reason.IS_CANCELLED: lambda t, f: t(
        "“{title}” was cancelled: “{why}” There is nothing more to do.",
        title=_title(f),
        why=isolate(str(f.get("why", ""))),
    ),
    Reason.DEADLINE_PASSED: lambda t, f: t(
        "The deadline of “{title}” has passed, so it takes no more signatures. Its organisers can "
        "open it again with `/letter reopen`.",
        title=_title(f),
    ),
    Reason.DEADLINE_NOT_AHEAD: lambda t, _: t(
        "That moment is in the past. Choose a deadline that is still ahead."
    ),
    Reason.DEADLINE_NOT_LATER: lambda t, _: t(
        "The new deadline must be later than the present one. Choose a later moment."
    ),
    Reason.EMPTY: lambda t, _: t("This is still empty. Please fill it in."),
    Reason.TOO_LONG: lambda t, f: t.n(
        "This is too long: at most {count} character fits. Please shorten it.",
        "This is too long: at most {count} characters fit. Please shorten it.",
        int(f.get("most", 0)),
    ),
    Reason.NO_LETTERS: lambda t, _: t("There is no letter in this name. Please write it out."),
    Reason.LOOKS_LIKE_LINK: lambda t, _: t(
        "This looks like a web address. Please write the name as it shall read on the letter."
    ),
    Reason.NOT_A_NUMBER: lambda t, _: t("Please write a whole number above 0."),
    Reason.NOT_A_DATE: lambda t, _: t("This is not a date. Please write it like 2026-03-31."),
    Reason.DATE_AHEAD: lambda t, _: t("That day is still ahead. Choose the day when it was given."),
    Reason.RULE_WAS_SHOWN: lambda t, _: t(
        "People saw this rule before they signed, so it stays as it is. Only a draft can change it."
    ),
    Reason.EMBARGO_WITHOUT_END: lambda t, _: t(
        "Say when the embargo ends: at a moment, or at a number of signatures."
    ),
    Reason.EMBARGO_NOT_AHEAD: lambda t, _: t(
        "That moment is in the past. Choose one that is still ahead."
    ),
    Reason.UNDER_EMBARGO: lambda t, f: t(
        "The names under “{title}” are under embargo. Only its organisers can have the list now.",
        title=_title(f),
    ),
    Reason.PEOPLE_ONLY: lambda t, _: t(
        "This letter takes signatures of people only. You can sign it as yourself."
    ),
    Reason.ORGANISATIONS_ONLY: lambda t, _: t(
        "This letter takes signatures of organisations only. You can sign it for yours, if you may."
    ),
    Reason.NOT_AUTHORISED: lambda t, _: t(
        "Tick this only if you may sign for the organisation. If not, ask somebody there who may."
    ),
    Reason.ALREADY_SIGNED: lambda t, f: t(
        "You have signed this already as “{line}”. Close this and press Sign again to change it.",
        line=isolate(str(f.get("line", ""))),
    ),
    Reason.NOT_SIGNED: lambda t, _: t(
        "That signature is not there any more. `/letter mine` shows what you have signed."
    ),
    Reason.TEXT_CHANGED: lambda t, _: t(
        "The text of this letter changed while you had it open. Close this, read it again, and sign "
        "if you still agree."
    ),
    Reason.GOES_LATE: lambda t, f: t(
        "“{title}” was handed over while you had it open. Close this and press Sign again: your name "
        "then goes on the late list.",
        title=_title(f),
    ),
    Reason.ORGANISATION_SIGNED: lambda t, f: t(
        "{line} has signed already. You can confirm that signature, or object to it.",
        line=isolate(str(f.get("line", ""))),
    ),
    Reason.ORGANISATION_REMOVED: lambda t, f: t(
        "An organiser took {line} off this list. Please write to an organiser if that is wrong.",
        line=isolate(str(f.get("line", ""))),
    ),
    Reason.NOT_AN_ORGANISATION: lambda t, f: t(
        "{line} is a person: only an organisation can be confirmed or objected to.",
        line=isolate(str(f.get("line") or t("This signatory"))),
    ),
    Reason.ALREADY_CONFIRMED: lambda t, f: t(
        "An organiser has confirmed {line} already. There is nothing to do.",
        line=isolate(str(f.get("line", ""))),
    ),
    Reason.ALREADY_OBJECTED: lambda t, f: t(
        "You have objected to the signature of {line} already. The organisers were told.",
        line=_organisation(t, f),
    ),
    Reason.OWN_SIGNATURE: lambda t, f: t(
        "You signed for {line} yourself. Somebody else has to confirm it; to undo it, take your "
        "signature back with `/letter mine`.",
        line=_organisation(t, f),
    ),
    Reason.NOT_DISPUTED: lambda t, f: t(
        "Nobody objects to {line} any more. There is nothing to decide.",
        line=isolate(str(f.get("line", ""))),
    ),
    Reason.DRAFT_CHANGED: lambda t, f: t(
        "The text of this draft was changed while you looked at it, so nothing was posted. Look at "
        "it with `/letter edit #{number}`, then post it.",
        number=f.get("number", ""),
    ),
    Reason.SAME_TEXT: lambda t, _: t(
        "This is the text as it is now. Change what shall be changed, or close this."
    ),
    Reason.CHANGED_AGAIN: lambda t, _: t(
        "The text changed once more after this was shown to you, so nothing was kept. Your newest "
        "message about it, or `/letter mine`, shows the text as it is now: answer there."
    ),
    Reason.AMENDED_MEANWHILE: lambda t, _: t(
        "The text was changed while you looked at this, so nothing was done. Begin again with "
        "`/letter amend`."
    ),
    Reason.STAYS_WHOSE_IT_IS: lambda t, _: t(
        "The letter takes no new signatures now, so this one cannot become another one’s. For a slip "
        "in the name, ask an organiser to correct it; to withdraw, use `/letter mine`."
    ),
    Reason.NOTHING_TO_ANSWER: lambda t, _: t(
        "Your signature stands for the text as it is. There is nothing to answer."
    ),
    Reason.ANSWER_TOO_LATE: lambda t, _: t(
        "The time to answer is over. `/letter mine` shows how your signature stands."
    ),
    Reason.ANSWER_TOO_SOON: lambda t, _: t(
        "People need at least a day to answer. Choose a later moment."
    ),
    Reason.STILL_TO_ANSWER: lambda t, _: t(
        "Signers may still answer the last amendment. Hand the letter over when that time is up."
    ),
    Reason.NO_SUCH_SIGNATORY: lambda t, f: t(
        "I find nobody called “{name}” on this letter. Write the name as it reads on the list.",
        name=isolate(str(f.get("name", ""))),
    ),
    Reason.SIGNATURE_GONE: lambda t, _: t(
        "That signature is not there any more: it was taken back, or made one with another. Close "
        "this; the list shows what stands."
    ),
    Reason.SEVERAL_SIGNATORIES: lambda t, f: t(
        "Several signatures fit “{name}”: {lines}. Write the whole line.",
        name=isolate(str(f.get("name", ""))),
        lines="; ".join(isolate(str(line)) for line in f.get("lines", [])[:5]),
    ),
    Reason.ALREADY_ADDED: lambda t, f: t(
        "{line} is on this letter already, gathered elsewhere. `/letter correct` changes its line.",
        line=isolate(str(f.get("line", ""))),
    ),
    Reason.TOO_MANY_CORRECTIONS: lambda t, _: t(
        "This window can’t hold more corrections. Add these first, or change the text you pasted."
    ),
    Reason.SAME_SIGNER: lambda t, f: t(
        "{line} has signed already. To add a second person who signed for it, write that person’s "
        "name; otherwise leave it out.",
        line=isolate(str(f.get("line", ""))),
    ),
    Reason.SAME_PERSON: lambda t, f: t(
        "{line} has signed here already, and this is the same person. Leave this one out.",
        line=isolate(str(f.get("line", ""))),
    ),
    Reason.ANOTHER_ORGANISATION: lambda t, f: t(
        "That would be another organisation than {line}. A correction keeps it the same one: write "
        "its own name and country.",
        line=isolate(str(f.get("line", ""))),
    ),
    Reason.SAME_LINE: lambda t, _: t(
        "This is the line as it is now. Change what shall be changed, or close this."
    ),
    Reason.CORRECTION_OVER: lambda t, _: t(
        "That is over: it was answered, or your line was changed since. `/letter mine` shows how it "
        "reads."
    ),
    Reason.SIGNED_HERE: lambda t, f: t(
        "{line} was signed here: only its signer takes it back, with `/letter mine`.",
        line=isolate(str(f.get("line", ""))),
    ),
    Reason.NOT_A_GROUND: lambda t, _: t(
        "Please write one of these here: written_permission, board_decision, public_statement, "
        "spoken_word."
    ),
    Reason.NOT_INVITED: lambda t, _: t(
        "You are not asked about this any more. `/letter list` shows the letters that you can sign."
    ),
    Reason.NO_SUCH_INVITATION: lambda t, _: t(
        "That one is not on the list any more. `/letter invitations` shows who is asked."
    ),
    Reason.INVITATION_SIGNED: lambda t, f: t(
        "{name} has signed already. Whoever signed can take that back with `/letter mine`.",
        name=_name(t, f),
    ),
    Reason.INVITATION_UNSIGNED: lambda t, f: t(
        "{name} has not signed here, and only a signature counts as one. If it was given elsewhere, "
        "add it with `/letter add`.",
        name=_name(t, f),
    ),
    Reason.INVITATION_ANSWERED: lambda t, _: t(
        "You have answered this, so no reminder of it comes. If you changed your mind, press another "
        "answer in the message that asked you."
    ),
    Reason.DAY_PASSED: lambda t, _: t("That day is past. Choose today or a later one."),
    Reason.DAY_TOO_LATE: lambda t, f: t(
        "That is too late for this letter. Choose a day up to {last}.", last=f.get("last", "")
    ),
    Reason.NOBODY_TO_INVITE: lambda t, _: t(
        "I can write to none of them: they are bots, or accounts that were closed. Choose others."
    ),
    Reason.NOT_A_KIND: lambda t, _: t("Please write “person” or “organisation” here."),
    Reason.NOT_A_STATE: lambda t, _: t(
        "Please write “asked”, “reading”, “awaiting” or “declined” here, or nothing."
    ),
    Reason.NOT_A_MEMBER_ID: lambda t, _: t(
        "A handle may be two people’s. Please write the member ID: in Slack open the person’s "
        "profile, “⋮”, “Copy member ID”."
    ),
    Reason.NO_SUCH_MEMBER: lambda t, f: t(
        "Slack knows nobody with the member ID {name} who can be written to. In Slack open the "
        "person’s profile, “⋮”, “Copy member ID”.",
        name=isolate(str(f.get("name", ""))),
    ),
    Reason.NAMED_TWICE: lambda t, f: t(
        "{name} stands in the list twice. Please take one of the two lines out.", name=_name(t, f)
    ),
    Reason.TOO_MANY_ROWS: lambda t, f: t.n(
        "At most {count} line can be taken at once. Please take the rest in a second go.",
        "At most {count} lines can be taken at once. Please take the rest in a second go.",
        int(f.get("most", 0)),
    ),
    Reason.ALREADY_POSTED: lambda t, _: t(
        "The letter is in that channel already. Choose another one."
    ),
    Reason.NOT_POSTED: lambda t, _: t(
        "That card is not there any more. `/letter status` shows which ones are."
    ),
    Reason.NOBODY_TO_REMIND: lambda t, _: t(
        "There is nobody to remind: everybody who could be has signed or answered, or has asked for "
        "no more reminders, or the letter closes before their next working hours."
    ),
    Reason.JUST_REMINDED: lambda t, _: t(
        "Everybody who could be reminded has a reminder on its way, or got one in the last minutes. "
        "To send somebody another one all the same, name them."
    ),
}


def sentence(t: Words, refusal: Refusal) -> str:
    """Say what happened and what can be done, as plain text."""
    return _SENTENCES[refusal.reason](t, dict(refusal.facts))


def trouble(t: Words) -> str:
    """Say that something went wrong on our side."""
    return t(
        "Something went wrong on our side, and nothing was changed. Please try again in a minute; "
        "if it happens again, tell whoever runs Undersigned here."
    )


def unsure(t: Words) -> str:
    """Say that it failed so late that it may have been kept."""
    return t(
        "Something went wrong on our side at the very end, so I cannot say whether this was kept. "
        "Please look in a minute, or do it again: nothing counts twice."
    )


def busy(t: Words) -> str:
    """Say that Slack opens no more windows for a moment."""
    return t(
        "So many people are pressing buttons here that Slack asks us to wait. Please press it again "
        "in a minute; nothing is lost."
    )


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
