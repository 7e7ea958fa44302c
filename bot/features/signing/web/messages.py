"""Mails to people who sign on the web: the code, the receipt, and what concerns their signature."""

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Any

from bot.documents import phrases
from bot.documents.paper_words import PaperWords
from bot.features.amendments.use_cases import texts
from bot.features.corrections import use_cases as corrections
from bot.features.signing import rules
from bot.features.signing.use_cases import approvals, codes, own_signature
from bot.features.signing.use_cases.approvals import Approval
from bot.features.signing.use_cases.own_signature import Receipt
from bot.features.signing.web.words import asked_words, read_words, sentence, standing_words
from bot.letters.endorsement import State
from bot.letters.letter import Letter, Sight
from bot.letters.mail import Mail
from bot.letters.notices import LetterTopic, MailTopic, NoticeKind, SignatureTopic
from bot.letters.send_windows import NotNow
from bot.slack.features import Envelope, Features
from bot.use_cases import addressees

_RUN = re.compile(rf"\d{{{6},}}")
_ABOUT_TEXT = {
    SignatureTopic.ASKED_TO_KEEP: texts.to_tell,
    SignatureTopic.TEXT_CORRECTED: texts.to_tell,
    SignatureTopic.ANSWER_SOONER: texts.to_tell,
    SignatureTopic.STILL_TO_ANSWER: texts.to_remind,
}
_ENDED = {State.DROPPED: "dropped", State.REMOVED: "removed", State.MERGED: "merged"}


@dataclass(frozen=True, slots=True, kw_only=True)
class Said:
    """A mail before it is written: what it is about, and its facts."""

    envelope: Envelope
    letter: Letter
    about: str
    """Its heading in `mails.txt`."""
    entries: tuple[str, ...] = ()
    code: str = ""
    asked: bool = False
    """Whether its reader is asked about a text change."""
    receipt: Receipt | None = None
    approval: Approval | None = None


def register(features: Features) -> None:
    """Register the mails."""
    features.on_mail(MailTopic.CODE, _code, write)
    features.on_mail(MailTopic.APPROVAL, _approval, write)
    features.on_mail(LetterTopic.APPROVAL_ANSWERED, _approval, write)
    features.on_mail(NoticeKind.RECEIPT, _receipt, write)
    features.on_mail(NoticeKind.RECEIPT_CHANGED, _receipt, write)
    features.on_mail(LetterTopic.OBJECTION_DECIDED, _about_objection, write)
    for topic in SignatureTopic:
        features.on_mail(topic, _about_text if topic in _ABOUT_TEXT else _about_signature, write)


async def _code(envelope: Envelope) -> Said | None:
    if envelope.keys is None:
        return None
    number = str(envelope.facts["code"])
    found = await codes.sent(envelope.database, number=number, keys=envelope.keys)
    if found is None:
        return None
    about = "code" if found.signs else "opens"
    return Said(envelope=envelope, letter=found.letter, about=about, code=found.code)


async def _approval(envelope: Envelope) -> Said | None:
    database, keys = envelope.database, envelope.keys
    found = await approvals.find(database, number=str(envelope.facts["approval"]))
    if found is None or keys is None:
        return None
    (asked, letter, _), code = found, str(envelope.facts.get("code", ""))
    given = "given" if envelope.person == asked.approver else "yes" if asked.approved else "no"
    given = "over" if asked.approved is None else given
    if code:
        if asked.approved is not None or asked.code != code:
            return None
        secret = await codes.secret(database, keys=keys, workspace=letter.workspace)
        code = rules.code_of(secret, code)
    about = "approval" if code else f"approval/{given}"
    return Said(envelope=envelope, letter=letter, about=about, code=code, approval=asked)


async def _receipt(envelope: Envelope) -> Said | None:
    subject = envelope.subject
    first = subject.get("kind") == NoticeKind.RECEIPT and not subject.get("anew")
    found = await own_signature.receipt(
        envelope.database,
        letter=subject["letter"],
        person=envelope.person,
        first=first,
        why=str(subject.get("why", "")),
    )
    if found is None:
        return None
    ended = found.ended[0].ended if found.ended and not found.held else None
    about = (
        ("receipt" if first else "stands")
        if found.held
        else _ENDED.get(ended or State.WITHDRAWN, "withdrawn")
    )
    return Said(envelope=envelope, letter=found.letter, about=about, receipt=found)


async def _about_text(envelope: Envelope) -> Said | NotNow | None:
    about = SignatureTopic(envelope.subject["about"])
    found = await _ABOUT_TEXT[about](
        envelope.database,
        endorsement=envelope.subject["endorsement"],
        person=envelope.person,
        amendment=envelope.facts["amendment"],
    )
    if found is None or isinstance(found, NotNow):
        return found
    return Said(
        envelope=envelope,
        letter=found.letter,
        about=about,
        entries=(found.endorsement.signature.told,),
        asked=found.state is State.ASKED,
    )


async def _about_signature(envelope: Envelope) -> Said | None:
    found = await addressees.signer(
        envelope.database, endorsement=envelope.subject["endorsement"], person=envelope.person
    )
    if found is None:
        return None
    letter, signed = found
    entry = str(envelope.facts.get("now") or signed.signature.told)
    if "correction" in envelope.facts:
        proposed = await corrections.standing(
            envelope.database, correction=envelope.facts["correction"], person=envelope.person
        )
        entry = proposed[1].entry if proposed else entry
    about = str(envelope.subject["about"])
    return Said(envelope=envelope, letter=letter, about=about, entries=(entry,))


async def _about_objection(envelope: Envelope) -> Said | None:
    found = await addressees.objector(envelope.database, signatory=str(envelope.facts["signatory"]))
    if found is None:
        return None
    letter, party = found
    how = "removed" if party.removed else "kept" if party.endorsements else "gone"
    entries = (party.entry,) if letter.seen is Sight.ALL else ()
    return Said(envelope=envelope, letter=letter, about=f"objection_{how}", entries=entries)


def write(language: str, said: Said) -> Mail:
    """Return a mail. That with a code has no other run of digits, no link, and nobody's words."""
    words, letter, envelope = PaperWords(language), said.letter, said.envelope

    def say(sentence: str, **facts: str) -> str:
        return words.say("web", sentence, **facts)

    if said.approval:
        return _about_approval(words, said, said.approval)
    if said.code:
        ignore = (
            "It works for 30 minutes. If you didn’t ask for it, ignore this email. Nothing "
            "happens without the code."
        )
        bare = replace(letter, title=_RUN.sub("…", letter.title))
        mail = framed(words, envelope, bare, said.about, [say(ignore)], code=said.code)
        return replace(mail, foot=tuple(one for one in mail.foot if not _RUN.search(one)))
    rest: list[str] = list(said.entries)
    if said.asked:
        rest += asked_words(words, letter)
        rest.append(say("Open “My signature” to read the new text, and to keep or withdraw."))
    if said.receipt is not None:
        rest += _receipt_words(words, said.receipt, first=said.about == "receipt")
    stays = said.receipt is None or any(not party.removed for _, party in said.receipt.held)
    if stays and not said.asked and not said.about.startswith("objection"):
        rest.append(say("You can change or withdraw it at any time under “My signature”."))
    link = (say("My signature"), f"{envelope.public_url}{letter.page_path}/mine/")
    asks = said.receipt is None
    return framed(words, envelope, letter, said.about, rest, link=link, unsubscribe=asks)


def _about_approval(words: PaperWords, said: Said, asked: Approval) -> Mail:
    """Return a mail with who asks and the entry; that with a code has no other run of digits."""

    def cut(text: str) -> str:
        return _RUN.sub("…", text) if said.code else text

    entry, link = cut(asked.signature.entry), None
    letter, rest = replace(said.letter, title=cut(said.letter.title)), [entry]
    if said.code:
        day = words.local_day(approvals.ends(letter, asked.made_at), letter.tz)
        rest += [sentence(words, "approval/code", day=day), sentence(words, "approval/unknown")]
        page = f"{said.envelope.public_url}{letter.page_path}/approval/?of={asked.id}"
        link = (words.say("web", "Read the letter and answer"), page)
    elif said.about == "approval/yes":
        page = f"{said.envelope.public_url}{letter.page_path}/mine/"
        link = (words.say("web", "My signature"), page)
    elif said.about == "approval/no" and asked.reason:
        rest.append(words.say("web", "Reason: {reason}", reason=f"\u2068{asked.reason}\u2069"))
    more: dict[str, Any] = {
        "name": cut(asked.name),
        "code": said.code,
        "link": link,
        "unsubscribe": True,
    }
    mail = framed(words, said.envelope, letter, said.about, rest, **more)
    return replace(mail, foot=tuple(one for one in mail.foot if cut(one) == one))


def framed(
    words: PaperWords,
    envelope: Envelope,
    letter: Letter,
    about: str,
    said: Sequence[str],
    name: str = "",
    **more: Any,
) -> Mail:
    """Return a mail `about` something of `mails.txt`, with who is responsible, and its end."""
    title = f"\u2068{letter.title}\u2069"
    who = f"\u2068{letter.sender or sentence(words, 'asked/organisers')}\u2069"
    subject, first = (
        words.say("web", one, title=title, who=who, name=name)
        for one in read_words("mails.txt")[about].split(" | ")
    )
    foot = phrases.foot_words(words, responsible=letter.responsible, contact=envelope.contact)
    return Mail(
        subject=subject,
        paragraphs=(first, *(one for one in said if one)),
        foot=tuple(foot),
        never=words.say("web", "Never write to this address again"),
        **more,
    )


def _receipt_words(words: PaperWords, found: Receipt, *, first: bool) -> list[str]:
    said: list[Any] = []
    for one, party in found.held:
        stands = standing_words(words, found.letter, party)
        # A mail can be read by others, so it doesn't tell whose description an entry is.
        said += [
            one.signature.told if one.signature.is_withheld else party.entry,
            stands or ("" if first else sentence(words, "listed")),
        ]
    if not found.held:
        said.append(found.ended[0].signature.told)
    if found.why and found.is_removed:
        said.append(words.say("web", "Reason: {reason}", reason=f"\u2068{found.why}\u2069"))
    return [one for one in said if one]
