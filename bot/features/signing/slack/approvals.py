"""Asking in the Sign form for somebody's approval by mail, and the message with the answer."""

from bot.documents.paper_words import PaperWords
from bot.features.signing.slack.form import Signing
from bot.features.signing.use_cases import approvals
from bot.features.signing.use_cases.approvals import Approval
from bot.features.signing.use_cases.codes import Caller
from bot.letters.endorsement import Signature
from bot.letters.letter import Letter
from bot.letters.notices import LetterTopic
from bot.letters.refusals import Reason, required
from bot.locales import Words
from bot.slack.block_kit import Blocks, Message, button, of_row, section
from bot.slack.features import Envelope, Features
from bot.slack.page_parts import done_view
from bot.slack.payloads import Answer, Click, Submission, update
from bot.slack.text.escaping import escape, isolate, moment
from bot.slack.topic_messages import letter_message, title_of


def register(features: Features) -> None:
    """Register the message with the answer, and the end of a question."""
    features.on_click("approval.end", _end)
    features.on_message(LetterTopic.APPROVAL_ANSWERED, _answer, lambda t, one: answered(t, *one))


async def ask(submission: Submission, signing: Signing, made: Signature, address: str) -> Answer:
    """Ask the person with an address to approve the entry."""
    language, t = PaperWords(signing.language).language, submission.t
    approver = Caller(address=address, network=submission.actor.person.user, language=language)
    until = await approvals.ask(
        submission.database,
        letter=signing.letter,
        actor=submission.actor,
        signature=made,
        agreed={"knows_late": signing.knows_late, "knows_web": signing.knows_web, "source": ""},
        approver=approver,
        keys=required(submission.bot.keys, Reason.CHANGED_MEANWHILE),
        trigger=submission.trigger,
    )
    later = t(
        "We’ll write to you when they answer. They can answer until {when}.", when=moment(t, until)
    )
    again = t("Press *Sign* again to ask someone else, or to withdraw the question.")
    done = f":white_check_mark: {t('We asked for approval.')}\n{later} {again}"
    return update(done_view(t, done))


def asked_blocks(t: Words, waiting: Approval, number: int = 0) -> Blocks:
    """Return what was asked of whom, with a button that withdraws it."""
    domain, when = f"*{escape(isolate(waiting.domain))}*", moment(t, waiting.made_at)
    said = t("You asked for approval at {domain}, {when}.", domain=domain, when=when)
    end = of_row(button(t("Withdraw question"), "approval.end", waiting.id), waiting.domain, number)
    return [section(said) | {"accessory": end}]


async def _end(click: Click) -> None:
    await approvals.withdraw(click.database, number=click.value, actor=click.actor)
    said = click.t("You withdrew the question. Nothing was signed.")
    await click.update(done_view(click.t, said))


async def _answer(envelope: Envelope) -> tuple[Approval, Letter] | None:
    found = await approvals.find(envelope.database, number=str(envelope.facts["approval"]))
    return found and found[:2]


def answered(t: Words, approval: Approval, letter: Letter) -> Message:
    """Return the message that tells a signer what their approver said."""
    facts = {"title": title_of(letter), "domain": escape(isolate(approval.domain))}
    said = t(
        "Approval was declined by email from {domain}, so you haven’t signed *{title}*:", **facts
    )
    if approval.approved is None:
        said = t("*{title}* changed before {domain} answered. You haven’t signed:", **facts)
    elif approval.approved:
        said = t("Your signature on *{title}* was approved by email from {domain}:", **facts)
    lines = [said, escape(isolate(approval.signature.told))]
    if approval.reason:
        lines.append(t("Reason: {reason}", reason=escape(isolate(approval.reason))))
    mine = t("My signature") if approval.approved else t("Sign")
    return letter_message("\n".join(lines), [button(mine, "sign", f"{letter.id}:")])
