"""Direct messages say what matters, within Slack's limits."""

import re
from dataclasses import replace
from datetime import timedelta

import pytest

from bot.features.reminders.slack.messages import reminder
from bot.features.signing.slack.messages import receipt
from bot.features.signing.use_cases.own_signature import Receipt
from bot.letters.endorsement import Endorsement, State
from bot.letters.letter import Letter
from bot.letters.notices import TRAITS, LetterTopic, NoticeKind, SignatureTopic, Way
from bot.letters.phases import Phase
from bot.locales import words
from bot.outbox.retry import VERDICTS, Verdict
from bot.slack.api_errors import advice, personal_advice
from bot.slack.block_kit import Message
from bot.use_cases.addressees import Reminding
from tests.support.live_marks import check_message, live_marks
from tests.support.reading import fields, words_of
from tests.support.scenes.telling import FEATURES, letter_message
from tests.support.scenes.worst import a_letter, long_words
from tests.support.scenes.worst_facts import NOW, a_signatory, an_endorsement

T = words("en-GB")
FACTS = {
    "by": "U0ORGANISER",
    "channel": "C0STEERING",
    "posting": "p1",
    "error": "not_in_channel",
    "deadline": NOW.isoformat(),
    "at": NOW.isoformat(),
    "entry": "Web Group",
    "old": "Web Grup",
    "which": "c1",
}


TO_OTHERS = {
    LetterTopic.DEADLINE_SOONER,
    LetterTopic.APPROVAL_ANSWERED,
    LetterTopic.REMOVED_ORGANISER,
    LetterTopic.BY_ANOTHER,
}
TO_ORGANISERS = [topic for topic in LetterTopic if topic not in TO_OTHERS]


def shown(message: Message) -> str:
    return words_of({"blocks": message[1]})


def signed_as(letter: Letter, signed: Endorsement) -> Receipt:
    held = ((signed, a_signatory()),)
    return Receipt(letter=letter, phase=letter.phase, held=held, ended=())


def _written(facts: dict[str, str]) -> Message:
    message = FEATURES.messages[LetterTopic.BY_ANOTHER].write(T, facts)
    assert isinstance(message, tuple)
    return message


def worst_receipts(letter: Letter, text: str) -> list[Receipt]:
    """Make receipts for very many capacities, and for many that were removed."""
    signed, party = an_endorsement((text * 9)[:1200]), a_signatory(entry=(text * 9)[:1200])
    ended = (replace(signed, ended=State.REMOVED, withdrawn_at=signed.signed_at),) * 40
    many = Receipt(letter=letter, phase=letter.phase, held=((signed, party),) * 40, ended=ended)
    return [many, replace(many, held=(), why=(text * 9)[:300])]


@pytest.mark.parametrize("text", long_words(140))
def test_worst_messages(text: str) -> None:
    """Slack takes every direct message, whatever people had written."""
    letter = a_letter(title=text, summary=(text * 5)[:600], sender=text[:120])

    for message in (
        *(receipt(T, one) for one in worst_receipts(letter, text)),
        reminder(T, letter, Reminding(), "d7@1"),
        *(
            _written({"title": text, "by": "U1", "done": done, "who": "U2"})
            for done in ("organiser_removed", "cancelled", "discarded")
        ),
        *(letter_message(T, about, letter, FACTS | {"error": text}) for about in TO_ORGANISERS),
    ):
        assert check_message(message[1]) == []
        assert live_marks(message[0]) == []
        assert 0 < len(message[0]) <= 3900


def test_every_kind_has_words() -> None:
    """Every kind of notice has its traits; it and every topic is registered, and nothing else."""
    with_topics = {kind for kind, traits in TRAITS.items() if traits.topics}
    registered = {*FEATURES.messages, *FEATURES.cards, *FEATURES.homes}
    registered |= {kind for kind, traits in TRAITS.items() if traits.way in {Way.EDIT, Way.MAIL}}

    everything = {*NoticeKind, *LetterTopic, *SignatureTopic}
    assert registered - with_topics == everything - with_topics
    assert set(TRAITS) == set(NoticeKind)


@pytest.mark.parametrize("about", TO_ORGANISERS)
def test_words_help(about: LetterTopic) -> None:
    """A word to an organiser names the letter and has a button for what to do."""
    text, blocks = letter_message(T, about, a_letter(), FACTS)

    assert "One Internet" in text
    assert list(fields(blocks))


def test_card_that_failed() -> None:
    """The word of a failed card names the channel and says what to do there."""
    text, _ = letter_message(T, LetterTopic.CARD_FAILED, a_letter(), FACTS)

    assert "<#C0STEERING>" in text
    assert "/invite @Undersigned" in text


def test_people_who_left() -> None:
    """A member who left is not a reason to tell anybody to invite the bot to a channel."""
    said = personal_advice(T, "channel_not_found")

    assert "/invite" not in said
    assert "I can’t message these people. Their accounts are" in said


@pytest.mark.parametrize("error", sorted(VERDICTS))
def test_advice(error: str) -> None:
    """Every error that ends a notice is told in whole sentences that say what to do."""
    for said in (advice(T, error), personal_advice(T, error)):
        assert said.endswith(".")
        assert re.search("[Aa]sk|tell|[Pp]ost|/invite|[Cc]hoose|check|can delete|don’t need", said)


@pytest.mark.parametrize(
    "error", [name for name, is_ in VERDICTS.items() if is_ in {Verdict.TARGET, Verdict.WORKSPACE}]
)
def test_own_advice(error: str) -> None:
    """An error that somebody can mend has words of its own, not the general ones."""
    assert error not in advice(T, error)


@pytest.mark.parametrize("error", ["", "x" * 99, "<!channel>"])
def test_any_other_error(error: str) -> None:
    """A name that nobody has heard of is told as it is, and is dead."""
    said = advice(T, error)
    assert said.endswith(".")
    assert "<!" not in said


def test_reminder_says_how_to_stop() -> None:
    """A reminder names the letter, who asks, the deadline, and the ways out."""
    said = shown(reminder(T, a_letter(), Reminding(), "d3@1"))
    labels = [e["text"]["text"] for _, e in fields(reminder(T, a_letter(), Reminding(), "d3@1")[1])]

    assert "The Coalition" in said
    assert "One Internet" in said
    assert "31 Mar 2026, 15:00 UTC" in said
    assert labels == ["Read letter", "Sign", "Remind me later", "Stop reminders"]


@pytest.mark.parametrize(
    ("step", "why"),
    [
        ("d3@1774260000", "you’re in a channel with this letter."),
        ("later@1774260000", "you asked to be reminded."),
        ("1337.42", "an organiser of this letter sent a reminder."),
    ],
)
def test_reminder_says_why(step: str, why: str) -> None:
    """A reminder to somebody whom nobody invited says what it is because of, and invites nobody."""
    for letter in (a_letter(), replace(a_letter(), sender="")):
        said = shown(reminder(T, letter, Reminding(), step))

        assert f"You’re getting this because {why}" in said
        assert "Reminder: you can still sign this letter" in said
        assert "invited" not in said


def test_receipt_is_for_people() -> None:
    """A receipt holds the entry, and neither the signature's id nor the text's hash."""
    signed = an_endorsement("First Member")
    said = shown(receipt(T, signed_as(a_letter(), signed)))

    assert "First Member" in said
    assert signed.id not in said
    assert signed.signature.text_sha256[:16] not in said


def test_receipt_of_a_closed_letter() -> None:
    """A receipt that comes after the deadline names no time to sign; only a removed entry can't be changed."""
    letter = a_letter(phase=Phase.CLOSED, deadline=NOW - timedelta(days=1))
    said = shown(receipt(T, signed_as(letter, an_endorsement())))

    assert "sign until" not in said
    assert "You can change or withdraw your signature at any" in said

    held = signed_as(letter, an_endorsement())
    gone = tuple((one, replace(party, removed=True)) for one, party in held.held)
    assert "You can change" not in shown(receipt(T, replace(held, held=gone)))
