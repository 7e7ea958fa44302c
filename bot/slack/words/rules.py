"""Sentences about a letter's rules, and about the standing of a signature under them."""

from enum import StrEnum
from pathlib import Path

from pydantic import TypeAdapter

from bot.letters.endorsement import Endorsement, Kind, State
from bot.letters.letter import Letter
from bot.letters.people import Person
from bot.letters.phases import Phase
from bot.letters.rules import (
    Confirmation,
    Embargo,
    Hidden,
    Look,
    OwnQuestion,
    PublicPage,
    Rules,
    Silence,
    WithdrawnEntry,
)
from bot.letters.signatory import Signatory
from bot.letters.standing import Standing, Waits
from bot.locales import Words
from bot.slack.text.escaping import escape, isolate, moment
from bot.slack.words.sentences import read_sentences

RULES = (
    "confirmation", "silence", "withdrawn", "embargo", "reminded", "order", "page", "names",
    "may_sign", "question", "printing",
)  # fmt: skip
"""Names of the rules, in the order of their sentences."""
_RULES = TypeAdapter(Rules)
_SENTENCES = read_sentences(Path(__file__).with_name("rules.txt"))


def rule_sentences(t: Words, letter: Letter) -> list[str]:
    """Return a sentence for each rule of a letter, for organisers; `mrkdwn`, ordered as `RULES`."""
    return _sentences(t, letter.rules, embargo_words(t, letter))


def changed_sentences(t: Words, before: object, after: object) -> list[str]:
    """Return the old and the new sentence of each rule that changed; `mrkdwn`.

    Both are `Rules` as JSON; a rule that is missing is the usual one.
    """
    said: list[list[str]] = []
    for rules in map(_RULES.validate_python, (before, after)):
        embargo = rules.embargo
        hidden = _hidden_words(t, embargo) if embargo else veiled_words(t, None)
        said.append(_sentences(t, rules, hidden))
    was, now = said
    return [f"{one} → {other}" for one, other in zip(was, now, strict=True) if one != other]


def _sentences(t: Words, rules: Rules, embargo: str) -> list[str]:
    labels = printing_labels(t)
    added = t(", ").join(labels[name] for name in rules.printing.chosen)
    return [
        choice_words(t, rules.confirmation),
        choice_words(t, rules.silence),
        choice_words(t, rules.withdrawn_entry),
        embargo,
        choice_words(t, rules.reminded),
        f"{choice_words(t, rules.ordering)} {grouping_words(t, grouped=rules.grouped)}",
        _page_words(t, rules),
        choice_words(t, rules.names),
        choice_words(t, rules.may_sign),
        question_words(t, rules.question),
        (
            t("Documents and the page also have: {parts}", parts=added)
            if added
            else t("Documents and the page have nothing extra.")
        ),
    ]


def _page_words(t: Words, rules: Rules) -> str:
    said = [choice_words(t, rules.page)]
    if rules.page is not PublicPage.OFF and rules.unindexed:
        said.append(t("Search engines are asked to leave out the list."))
    if rules.page is PublicPage.SIGNING:
        said.append(choice_words(t, rules.look))
        if rules.look is not Look.EVERYONE:
            many = t.n(
                "After {count} signature in an hour, any more wait for you to accept them.",
                "After {count} signatures in an hour, any more wait for you to accept them.",
                rules.hourly,
            )
            said.append(many)
    return " ".join(said)


def choice_words(t: Words, chosen: StrEnum) -> str:
    """Return what a choice of a rule means, as a sentence; what a standing is, in a few words."""
    return t(_SENTENCES[f"{type(chosen).__name__}.{chosen.name}"][0])


def silence_means(t: Words, silence: Silence) -> str:
    """Return what happens to the reader's own signature if they do not answer."""
    if silence is Silence.KEEP:
        return t("If you don’t answer, you stay on the list, for the version you signed.")
    return t("If you don’t answer in time, your signature comes off the list.")


def answers_words(t: Words, *, kept: int, withdrew: int, dropped: int, silent: int) -> str:
    """Return how many signers gave each answer to a text change, as plain text."""
    said = [
        t.n("{count} kept", "{count} kept", kept),
        t.n("{count} withdrew", "{count} withdrew", withdrew),
    ]
    if dropped:
        said.append(t.n("{count} removed (no answer)", "{count} removed (no answer)", dropped))
    if silent:
        said.append(t.n("{count} without an answer", "{count} without an answer", silent))
    return t(", ").join(said)


def before_signing(t: Words, letter: Letter) -> str:
    """Return how text changes and withdrawals are handled, for a person about to sign."""
    if letter.delivered_at is not None:
        return t("The letter has been delivered, so its text can’t change any more.")
    asked = t("If the meaning changes, we’ll ask you again.")
    keeps = letter.rules.silence is Silence.KEEP
    # Shorter than the message about a change, because this stands in every Sign form.
    silent = t("If you don’t answer, you stay listed.") if keeps else silence_means(t, Silence.DROP)
    said = f"{asked} {silent}"
    if letter.rules.withdrawn_entry is WithdrawnEntry.REMOVED:
        # Everybody expects a withdrawn name to be removed, so that rule needs no sentence.
        return said
    return f"{said} {choice_words(t, letter.rules.withdrawn_entry)}"


def embargo_words(t: Words, letter: Letter, *, plain_text: bool = False) -> str:
    """Return what an embargo hides, and until when, as `mrkdwn` or plain text."""
    embargo = letter.rules.embargo
    if embargo is None or letter.unveiled_at is not None:
        return veiled_words(t, None)
    delivered = letter.phase is Phase.DELIVERED
    return _hidden_words(t, embargo, tz=letter.tz, delivered=delivered, plain_text=plain_text)


def _hidden_words(
    t: Words,
    embargo: Embargo,
    *,
    tz: str = "UTC",
    delivered: bool = False,
    plain_text: bool = False,
) -> str:
    until, listed = embargo.until, embargo.until_listed or 0
    when = "" if until is None else moment(t, until, tz, plain_text=plain_text)
    if until is None and delivered:
        # No further signatures can reach the number.
        ends = t("They appear when an organiser shows them.")
    elif until is None:
        ends = t.n(
            "They appear once {count} person has signed.",
            "They appear once {count} people have signed.",
            listed,
        )
    elif not listed:
        ends = t("They appear on {when}.", when=when)
    else:
        ends = t.n(
            "They appear on {when} or once {count} person has signed, whichever comes first.",
            "They appear on {when} or once {count} people have signed, whichever comes first.",
            listed,
            when=when,
        )
    return f"{veiled_words(t, embargo.hides)} {ends}"


def veiled_words(t: Words, hides: Hidden | None) -> str:
    """Return what an embargo hides from everybody but the organisers."""
    return t("Everyone can see who signed.") if hides is None else choice_words(t, hides)


def grouping_words(t: Words, *, grouped: bool) -> str:
    """Return whether organisations and people are listed separately, as a sentence."""
    return t("Organisations come first.") if grouped else t("Organisations and people are mixed.")


def printing_labels(t: Words) -> dict[str, str]:
    """Return the label of each field of `Printing`, in its order."""
    return {
        "place": t("Place"),
        "day_last": t("Place and date below the text"),
        "copies": t("Copies to"),
        "press": t("Press contact"),
        "identification": t("“Affiliations are given for identification only.”"),
        "numbered": t("Numbers before the names"),
        "web": t("Web addresses of organisations, if they give them"),
        "groups": t("Headings of your own"),
        "firsts": t("First signers under the first of your headings"),
        "shown_first": t("Names before the annex"),
        "represented": t("“Represented by” with the signer’s name, if they wish"),
    }


def question_words(t: Words, question: OwnQuestion | None) -> str:
    """Return what signers are asked besides, and who reads the answers, as `mrkdwn`."""
    if question is None:
        return t("Signers aren’t asked anything else.")
    said = [t("Signers are asked: “{question}”", question=escape(isolate(question.asked)))]
    said += [f"({escape(' / '.join(question.choices))})"] if question.choices else []
    said += [t("Everyone has to answer.")] if question.required else []
    return " ".join([*said, answers_read(t, question)])


def answers_read(t: Words, question: OwnQuestion) -> str:
    """Return who reads the answers to a letter's own question."""
    if question.quoted:
        return t("Organisers see the answers, and can quote those that signers allow.")
    return t("Only organisers see the answers.")


def web_words(t: Words) -> str:
    """Return the part of a consent about a letter's public page."""
    return t("The list is also published on the web, where anyone can read it.")


def who_sees_words(t: Words) -> str:
    """Return who sees a withheld name all the same."""
    return t(
        "Organisers, now and later, can still see the name. So can the person who runs "
        "Undersigned. Workspace owners may be able to export the app’s messages, which show who "
        "signed."
    )


def signer_standing(t: Words, letter: Letter, party: Signatory) -> str:
    """Return the standing of a signer's own entry, as plain text; "" for a person on the list."""
    if party.waits is not Waits.NO and party.standing is Standing.UNCONFIRMED:
        return t("Not on the list yet. An organiser needs to accept it first.")
    if party.kind is Kind.PERSON and party.standing is Standing.UNCONFIRMED:
        # Under an embargo it would tell that an organisation of this name signed.
        said = t("Not on the list yet. An organiser needs to confirm this name.")
        return "" if letter.is_veiled else said
    if party.kind is Kind.PERSON and party.standing is not Standing.REMOVED:
        return ""
    said = organiser_standing(t, letter, party)
    match party.standing:
        case Standing.UNCONFIRMED | Standing.CONFIRMED:
            needs = (
                t("A second person at the organisation needs to press Sign and confirm.")
                if letter.rules.confirmation is Confirmation.SECOND
                else t("An organiser needs to record who gave permission.")
            )
            then = t("We’ll update our message to you once it’s on the list.")
            return f"{t('Not on the list yet.')} {needs} {then}"
        case Standing.DISPUTED:
            off = t("It’s off the list until an organiser decides.")
            return f"{t('Someone objected to your organisation’s signature.')} {off}"
        case Standing.REMOVED:
            return f"{said}. {t('If that’s wrong, please contact an organiser.')}"
        case Standing.MARKED | Standing.GONE:
            return ""
        case _:
            return said


def organiser_standing(t: Words, letter: Letter, party: Signatory) -> str:
    """Return the standing of an entry in a few words for organisers, as plain text."""
    if party.standing is Standing.UNCONFIRMED and party.waits is not Waits.NO:
        if party.waits is Waits.NAME:
            return t("Signed on the web. Someone with this name signed in Slack.")
        return t("Waiting for an organiser to accept or refuse it.")
    if party.standing is Standing.UNCONFIRMED and party.doubted:
        return t("Needs an organiser to check the name")
    if party.standing not in {Standing.UNCONFIRMED, Standing.CONFIRMED}:
        return choice_words(t, party.standing)
    if letter.rules.confirmation is Confirmation.SECOND:
        return t("Needs a second signer")
    return t("Needs proof of permission")


def ended_words(t: Words, letter: Letter, signed: Endorsement) -> str:
    """Return how the reader's signature ended, as `mrkdwn`."""
    title = escape(isolate(letter.title))
    if signed.ended is State.DROPPED:
        return dropped_words(t, title)
    if signed.ended is State.REMOVED:
        said = t("An organiser removed your signature from *{title}*.", title=title)
        return f"{said} {t('If that’s wrong, please contact an organiser.')}"
    said = t("You withdrew your signature from *{title}*.", title=title)
    if signed.ended is State.WITHDRAWN_AFTER_DELIVERY:
        rule = choice_words(t, letter.rules.withdrawn_entry)
        return f"{said} {t('The delivered copy can’t change.')} {rule}"
    return said


def where_from(t: Words, given: Endorsement) -> str:
    """Return where a signature came from, as `mrkdwn`."""
    if given.in_slack and given.person:
        return f"<@{given.person.user}>"
    return t("Signed on the web") if given.person else t("Collected outside Slack")


def mention(t: Words, person: Person) -> str:
    """Return a person as `mrkdwn`."""
    return t("Someone on the web") if person.by_mail else f"<@{person.user}>"


def dropped_words(t: Words, title: str) -> str:
    """Return that silence ended the reader's signature; `title` is escaped, the entry follows."""
    return t(
        "The text of *{title}* changed, and we didn’t hear from you in time. Under the "
        "letter’s rules, your signature was removed:",
        title=title,
    )
