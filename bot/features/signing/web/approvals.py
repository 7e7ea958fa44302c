"""Approvals on the web: what somebody without an account is asked, and their yes or no."""

from dataclasses import replace

from starlette.responses import Response

from bot.documents.paper_words import PaperWords
from bot.documents.writers.html import text_facts
from bot.features.signing.use_cases import approvals
from bot.features.signing.use_cases.approvals import Approval
from bot.features.signing.use_cases.codes import Caller
from bot.features.signing.web.visits import READING, Visit, status_of
from bot.features.signing.web.words import refusal_words, standing_words
from bot.letters.refusals import Reason, Refusal, Refused
from bot.letters.signatory import Signatory


async def approval(visit: Visit) -> Response:
    """Show the letter, the entry and who asks; with the code from the mail, take the answer."""
    number, act = visit.request.query_params.get("of", ""), visit.form.get("act", "")
    found = await approvals.find(visit.database, number=number)
    if found is None or found[1].id != visit.letter.id:
        return visit.refused(Reason.APPROVAL_OVER)
    asked, letter, body = found
    if asked.approved is not None:
        return _done(visit, asked, approved=asked.approved)
    if not letter.phase.takes_signatures:
        return visit.refused(Reason.IS_CLOSED)
    if asked.signature.text_sha256 != letter.text_sha256:
        return visit.refused(Reason.APPROVED_IN_VAIN)
    wrong, sent, keys = None, "", visit.keys
    if visit.unsealed("approval") == number and act in {"yes", "no", "again"}:
        try:
            if act == "again":
                to = approver(visit)
                await approvals.send_again(visit.database, number=number, to=to, keys=keys)
                # The same for every address.
                sent = visit.say("If that’s the address we wrote to, we’ve sent a new code there.")
            elif isinstance(typed := await visit.code(asked.code), Refusal):
                wrong = typed
        except Refused as refused:
            wrong = refused.refusal
        if wrong is None and not sent:
            yes, why = act == "yes", visit.form.get("reason", "")
            party = await approvals.answer(
                visit.database, number=number, approved=yes, reason=why, keys=keys
            )
            return _done(visit, asked, approved=yes, party=party)
    role = asked.signature.facts.role
    who = f"{asked.name} ({role})" if role else asked.name
    field = "address" if act == "again" else "code"
    return visit.page(
        "approval.html",
        visit.say("Do you approve?"),
        max(422, status_of(wrong.reason)) if wrong else 200,
        sealed=visit.sealed("approval", number, READING),
        done=sent,
        reason=visit.form.get("reason", ""),
        asks=visit.say("{name} wants to sign this letter and asks for your approval.", name=who),
        letter=letter,
        reads=asked.signature.entry,
        told=visit.say("{name} reads your answer.", name=asked.name),
        wrong={field: refusal_words(visit.words, wrong)} if wrong else {},
        **text_facts(body),
    )


def _done(
    visit: Visit, asked: Approval, *, approved: bool, party: Signatory | None = None
) -> Response:
    stands = standing_words(visit.words, visit.letter, party) if party else ""
    yes, no = visit.say("Thank you! You approved this entry."), visit.say("You said no.")
    nothing = "" if approved else visit.say("Nothing was signed.")
    told = visit.say("We’ve told {name}.", name=asked.name)
    after, reads = filter(None, (stands, nothing, told)), asked.signature.entry
    return visit.page("said.html", yes if approved else no, reads=reads, after=[*after])


def approver(visit: Visit) -> Caller:
    """Return the typed address of an approver, whose mails are in the letter's language."""
    language = PaperWords(visit.letter.language).language
    return replace(visit.caller(visit.form.get("address", "")), language=language)
