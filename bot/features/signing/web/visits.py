"""A visit to the pages on which people sign, and the pages that answer it.

Without script and cookie: each form holds a signed token that says what its sender may do.
"""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass, replace
from datetime import datetime, timedelta
from functools import partial
from typing import Any

from starlette.requests import Request
from starlette.responses import Response

from bot.documents import phrases
from bot.documents.direction import direction_of_language
from bot.documents.paper_words import PaperWords
from bot.features.signing import rules
from bot.features.signing.use_cases import codes
from bot.features.signing.use_cases.codes import Asked, Caller
from bot.features.signing.web import requests
from bot.features.signing.web.words import consent_words, notes_before, refusal_words, sentence
from bot.letters.endorsement import Capacity, Facts, Signature, refuse_kind
from bot.letters.entries import compose
from bot.letters.letter import Letter
from bot.letters.people import MAIL, Person
from bot.letters.refusals import Reason, Refusal, Refused
from bot.letters.rules import Names
from bot.pages.rendering import render
from bot.slack.bot import Bot
from bot.use_cases import Database
from bot.use_cases.mail import Keyring

READING = timedelta(hours=24)
"""Time for which a form can be filled in."""
NOBODY = Person(MAIL, "nobody")
MANY = {Reason.MANY_CODES, Reason.MANY_FORMS, Reason.MANY_UNCONFIRMED}
HEADERS = {
    "Cache-Control": "no-store",
    "Content-Security-Policy": "default-src 'none'; style-src 'self'; form-action 'self'; "
    "frame-ancestors 'none'; base-uri 'none'",
    # Not "no-referrer", with which browsers would not say that a form is from this site.
    "Referrer-Policy": "same-origin",
    "X-Content-Type-Options": "nosniff",
    "X-Robots-Tag": "noindex",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Visit:
    """One request for a letter's pages, with its language and the keys for its tokens."""

    bot: Bot
    request: Request
    key: bytes
    letter: Letter
    refusal: Refusal | None
    """Why the letter cannot be signed on the web now."""
    now: datetime
    words: PaperWords
    form: Mapping[str, str]

    @property
    def database(self) -> Database:
        """Return the database."""
        return self.bot.database

    @property
    def keys(self) -> Keyring:
        """Return the keys of addresses."""
        assert self.bot.keys is not None  # noqa: S101 - these pages are served only with keys
        return self.bot.keys

    @property
    def say(self) -> partial[str]:
        """Translate a sentence into the page's language."""
        return partial(self.words.say, "web")

    def sealed(self, step: str, subject: str = "", lives: timedelta = rules.LIVES) -> str:
        """Return a token for a step."""
        return rules.sealed(self.key, step, self.letter.id, subject, self.now + lives)

    def unsealed(self, step: str) -> str | None:
        """Return the subject of the form's token, if it is for this step."""
        token = self.form.get("token", "")
        return rules.unsealed(self.key, token, step, self.letter.id, self.now)

    def caller(self, address: str) -> Caller:
        """Return who asks for a code."""
        caller = requests.caller_of(self.request, self.bot.trusted_proxies)
        network = rules.network_of(self.key, caller)
        return Caller(address=address, network=network, language=self.words.language)

    def page(
        self,
        template: str,
        title: str,
        status: int = 200,
        *,
        wrong: Mapping[str, str] | None = None,
        **facts: Any,
    ) -> Response:
        """Return a page; `wrong` says what is wrong with fields."""
        letter, language = self.letter, self.words.language
        is_seen = letter.web_sight(self.now) is not None
        if not is_seen and self.unsealed("mine") is None:
            letter = replace(letter, title="")
        empty = (
            "problem given reads acts kept link before after consent done change address asks code"
        )
        return answer(
            template,
            status,
            **{
                **dict.fromkeys(empty.split(), ""),
                "title": title,
                "say": self.say,
                "letter": letter,
                "root": "../",
                "query": f"?lang={language}" if "lang" in self.request.query_params else "",
                "links": {"sign": self.refusal is None, "mine": True, "letter": is_seen},
                "foot": phrases.foot_words(
                    self.words, responsible=letter.responsible, contact=self.bot.contact
                ),
                "language": language,
                "direction": direction_of_language(language),
                "text_direction": direction_of_language(letter.language),
                **facts,
                "wrong": defaultdict(str, wrong or {}),
            },
        )

    def refused(self, refusal: Refusal | Reason) -> Response:
        """Return a page that says why something cannot be done."""
        reason = refusal if isinstance(refusal, Reason) else refusal.reason
        anew = reason in {Reason.CODE_OVER, Reason.CODE_TRIES}
        link = (self.say("Start again for a new code"), "./") if anew else ()
        said = refusal_words(self.words, reason)
        return self.page("said.html", said, status_of(reason), link=link)

    def composed(self, facts: Facts, capacity: Capacity) -> Signature | tuple[Refusal, ...]:
        """Return the signature that was typed, not yet of anybody, or all that is wrong with it."""
        if refusal := refuse_kind(self.letter, capacity.kind, "capacity"):
            return (refusal,)
        made = compose(
            NOBODY,
            capacity,
            facts,
            sort_name="",
            language=self.letter.language,
            text_sha256=self.letter.text_sha256,
            consent="",
            locale=self.words.language,
        )
        wrong = () if isinstance(made, Signature) else made
        question = self.letter.rules.question
        if question and question.required and not facts.answer:
            wrong = (*wrong, Refusal(Reason.EMPTY, "answer"))
        if wrong or not isinstance(made, Signature):
            return wrong
        return replace(made, consent=consent_words(self.words, self.letter, made))

    def typed(self) -> tuple[Facts, Capacity]:
        """Return what the fields of a signature hold."""
        form, question = self.form, self.letter.rules.question
        chosen, organisation = form.get("capacity"), form.get("organisation", "")
        answered: dict[str, Any] = {}
        answer = form.get("answer", "")
        if question and answer and (not question.choices or answer in question.choices):
            language = self.words.language
            answered = {"answer": answer, "question": question.asked, "answer_language": language}
            answered["quotable"] = question.quoted and "quotable" in form
        withheld = phrases.withheld_words(PaperWords(self.letter.language))
        facts = Facts(
            **{
                name: form.get(name, "")
                for name in ("name", "title", "country", "role", "organisation")
            },
            affiliation=organisation,
            note=withheld if chosen == Capacity.WITHHELD else "",
            authorised=True,
            news="news" in form,
            **answered,
        )
        if chosen in {Capacity.WITHHELD, Capacity.ORGANISATION}:
            return facts, Capacity(chosen)
        bare = not facts.title and not organisation
        return facts, Capacity.INDIVIDUAL if bare else Capacity.AFFILIATED

    async def code(self, number: str) -> tuple[Letter, Asked] | Refusal:
        """Check the typed code; return what it is for, or what is wrong with it at a next try."""
        digits = rules.digits_of(self.form.get("code", ""))
        if len(digits) != rules.DIGITS:
            return Refusal(Reason.CODE_EMPTY)
        found = await codes.typed(self.database, number=number, code=digits, keys=self.keys)
        if isinstance(found, Refusal) and found.reason is not Reason.CODE_WRONG:
            raise Refused(found)
        return found

    def own_form(
        self,
        sealed: str,
        facts: Facts,
        capacity: Capacity | None,
        refusals: Sequence[Refusal] = (),
        **more: Any,
    ) -> Response:
        """Return the form for a signature, filled in, with what is wrong beside the fields."""
        letter, say = self.letter, self.say
        labels = {
            Capacity.INDIVIDUAL: say("As myself"),
            Capacity.WITHHELD: say("As myself, with my name withheld"),
            Capacity.ORGANISATION: say("For an organisation"),
        }
        if letter.rules.names is Names.SHOWN and capacity is not Capacity.WITHHELD:
            del labels[Capacity.WITHHELD]
        offered = [one for one in labels if not refuse_kind(letter, one.kind, "capacity")]
        shown = asdict(facts) | {"organisation": facts.organisation or facts.affiliation}
        shown["name"] = facts.own_name
        fields = {"affiliation": "organisation", "sort": "name", "withheld": "name"}
        chosen = capacity if capacity and capacity in offered else offered[0]
        statuses = {status_of(one.reason) for one in refusals if one.reason in MANY} or {422}
        return self.page(
            "sign.html",
            say("Change your signature") if more.get("change") else say("Sign this letter"),
            statuses.pop() if refusals else 200,
            sealed=sealed,
            facts=shown,
            capacities=[(one.value, labels[one]) for one in offered],
            capacity=chosen.value,
            who_sees=sentence(self.words, "consent/sees") if Capacity.WITHHELD in offered else "",
            wrong={
                fields.get(one.field or "", one.field or ""): refusal_words(self.words, one)
                for one in refusals
            },
            **more,
        )

    def approval(
        self,
        sealed: str,
        made: Signature,
        wrong: str = "",
        *,
        button: str = "",
        given: Sequence[tuple[str, str]] = (),
        address: str = "",
    ) -> Response:
        """Return the page of an entry as it will be listed, with the consent.

        It asks for a code, or sends the fields `given` again; `address` is wrong with an approver.
        """
        asks = self.form.get("act") in {"asks", "approval"}
        return self.page(
            "code.html",
            self.say("Ask for approval" if asks else "Check your entry"),
            422 if wrong or address else 200,
            sealed=sealed,
            reads=made.entry,
            consent=made.consent,
            notes=notes_before(self.words, self.letter, made),
            button=button or self.say("Sign"),
            given=given,
            asks=asks,
            address=self.form.get("address", "") if asks else "",
            code="" if wrong else self.form.get("code", ""),
            wrong={"code": wrong, "address": address},
        )


def status_of(reason: Reason) -> int:
    """Return the status of a page that says a refusal."""
    return 429 if reason in MANY else 409


def answer(template: str, status: int, **facts: Any) -> Response:
    """Return a rendered page that nobody keeps."""
    body = render(template, **facts)
    return Response(body, status, media_type="text/html; charset=utf-8", headers=HEADERS)
