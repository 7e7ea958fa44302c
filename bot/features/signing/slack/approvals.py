"""Asking in the Sign form for somebody's approval by mail, and the message with the answer."""

from bot.documents.paper_words import PaperWords
from bot.features.signing.slack.form import Signing
from bot.features.signing.use_cases import approvals
from bot.features.signing.use_cases.approvals import Approval
from bot.features.signing.use_cases.codes import Caller
from bot.letters.endorsement import Signature
from bot.letters.letter import Letter
from bot.letters.notices import LetterTopic
from bot.letters.refusals import Reason, Refused, required
from bot.locales import Words
from bot.slack.block_kit import Message, button
from bot.slack.features import Envelope, Features
from bot.slack.page_parts import done_view
from bot.slack.payloads import Answer, Submission, field_errors, update
from bot.slack.refusal_words import sentence, unmarked
from bot.slack.text.escaping import escape, isolate
from bot.slack.topic_messages import letter_message, title_of


def register(features: Features) -> None:
    """Register the message with the answer."""
    features.on_message(LetterTopic.APPROVAL_ANSWERED, _answer, lambda t, one: answered(t, *one))


async def ask(submission: Submission, signing: Signing, made: Signature, address: str) -> Answer:
    """Ask the person with an address to approve the entry."""
    language, t = PaperWords(signing.language).language, submission.t
    approver = Caller(address=address, network=submission.actor.person.user, language=language)
    try:
        await approvals.ask(
            submission.database,
            letter=signing.letter,
            actor=submission.actor,
            signature=made,
            agreed={"knows_late": signing.knows_late, "knows_web": signing.knows_web, "source": ""},
            approver=approver,
            keys=required(submission.bot.keys, Reason.CHANGED_MEANWHILE),
            trigger=submission.trigger,
        )
    except Refused as refused:
        if refused.refusal.field != "address":
            raise
        return field_errors({"address": unmarked(sentence(t, refused.refusal))})
    later = t(
        "We’ll write to you when they answer. They have 30 days, as long as the letter can be "
        "signed."
    )
    return update(
        done_view(t, f":white_check_mark: {t('We asked for approval.')}\n{escape(later)}")
    )


async def _answer(envelope: Envelope) -> tuple[Approval, Letter] | None:
    found = await approvals.find(envelope.database, number=str(envelope.facts["approval"]))
    return found and found[:2]


def answered(t: Words, approval: Approval, letter: Letter) -> Message:
    """Return the message that tells a signer what their approver said."""
    facts = {"title": title_of(letter), "domain": escape(isolate(approval.domain))}
    said = t(
        "Approval was declined by email from {domain}, so you haven’t signed *{title}*:", **facts
    )
    if approval.approved:
        said = t("Your signature on *{title}* was approved by email from {domain}:", **facts)
    lines = [said, escape(isolate(approval.signature.told))]
    if approval.reason:
        lines.append(t("Reason: {reason}", reason=escape(isolate(approval.reason))))
    mine = t("My signature") if approval.approved else t("Sign")
    return letter_message("\n".join(lines), [button(mine, "sign", f"{letter.id}:")])
