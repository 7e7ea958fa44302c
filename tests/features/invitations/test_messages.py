"""An invitation says who asks for what and until when, with one click for each answer."""

from typing import Any

import pytest

from bolt_understudy.block_kit import total_text
from bot.features.invitations.slack import messages as invitation_messages
from bot.features.invitations.slack.messages import MOST
from bot.letters.invitation import InvitationState
from bot.letters.letter import Sight, Tally
from bot.letters.phases import Phase
from bot.locales import Words, words
from tests.support.live_marks import check_message
from tests.support.pseudo import spoken
from tests.support.reading import fields, words_of
from tests.support.scenes.worst import HOSTILE, a_letter, long_words
from tests.support.scenes.worst_invitations import an_addressee, an_invitation

T = words("en-GB")


def shown(message: invitation_messages.Message) -> str:
    return words_of({"blocks": message[1]})


def labels(message: invitation_messages.Message) -> list[str]:
    """List what can be pressed, with the options of menus."""
    found: list[str] = []
    for _, element in fields(message[1]):
        of = element.get("options") or [element]
        found += [(one.get("text") or one["placeholder"])["text"] for one in of]
    return found


@spoken
@pytest.mark.parametrize("text", long_words(150))
@pytest.mark.parametrize("count", [1, 2, MOST, 3 * MOST])
def test_worst_messages(t: Words, text: str, count: int) -> None:
    """Slack takes the message and the reminder of any letter, for any number of organisations."""
    letter = a_letter(title=text[:140], summary=(text * 5)[:600], sender=text[:120])
    states = list(InvitationState)
    invitations = [
        an_invitation(number, states[number % len(states)], organisation=text)
        for number in range(count)
    ]
    for phase in Phase:
        addressee = an_addressee(*invitations, letter=letter, phase=phase)
        for message in (
            invitation_messages.invited(t, addressee),
            invitation_messages.reminded(t, addressee),
        ):
            assert check_message(message[1]) == []
            assert total_text(message[1]) < 13_000
            assert 0 < len(message[0]) <= 3900


def test_first_message() -> None:
    """It names who asks, the letter, the deadline and why it comes, with each answer in one click."""
    message = invitation_messages.invited(T, an_addressee())
    said = shown(message)
    for part in (
        "You’re invited to sign. From \u2068The Coalition\u2069:",
        "One Internet",
        "Please sign.",
        "31 Mar 2026, 15:00 UTC",
        "<@U0ORGANISER> invited you to sign",
        "invited you to sign. Only the organisers see your",
    ):
        assert part in said
    assert labels(message) == [
        "Read letter", "Sign", "No, thank you", "Reading it", "Waiting for approval…",
    ]  # fmt: skip
    answers = [block for block in message[1] if block["type"] == "actions"]
    assert [len(block["elements"]) for block in answers] == [4], "one row"
    assert (
        "You’re invited to sign. From \u2068The Coalition\u2069: \u2068One Internet\u2069."
        in message[0]
    )


def test_for_an_organisation() -> None:
    """A contact is invited for the signature of their organisation."""
    message = invitation_messages.invited(T, an_addressee(an_invitation(organisation="Web Group")))
    assert "*\u2068Web Group\u2069* is invited to sign" in shown(message)
    assert "Waiting for approval…" in labels(message)


def test_day_of_an_approval() -> None:
    """Somebody who needs an approval picks its day in the message."""
    asked = an_addressee(an_invitation(1), an_invitation(2, organisation="A Group"))
    message = invitation_messages.invited(T, asked, picking=asked.invitations[1].id)
    assert labels(message).count("When will you know?") == 1
    assert check_message(message[1]) == []


def test_several() -> None:
    """A person invited for several has the answers of each beside its name."""
    invitations = [
        an_invitation(1),
        an_invitation(2, organisation="A Group"),
        an_invitation(3, organisation="B Group"),
    ]
    message = invitation_messages.reminded(T, an_addressee(*invitations))
    for name in ("You", "A Group", "B Group"):
        assert name in shown(message)
    assert labels(message).count("No, thank you") == 3
    assert labels(message)[-4:] == ["Read letter", "Sign", "Remind me later", "Stop reminders"]


@pytest.mark.parametrize(
    ("state", "said", "left"),
    [
        (
            InvitationState.READING,
            "eyes: Thanks for letting us know you’re reading it",
            ["No, thank you", "Waiting for approval…"],
        ),
        (
            InvitationState.AWAITING,
            "You expect approval by *Thu, 19 Mar 2026*",
            ["No, thank you", "Reading it", "Waiting for approval…"],
        ),
        (
            InvitationState.DECLINED,
            "You declined. Thanks for letting us know – we won’t",
            list[str](),
        ),
    ],
)
def test_after_an_answer(state: InvitationState, said: str, left: list[str]) -> None:
    """It shows what they said, thanks them, and lets them say something else; after No only sign."""
    message = invitation_messages.invited(T, an_addressee(an_invitation(1, state)))
    assert said in shown(message)
    assert said.partition(" *")[0] in message[0]
    assert labels(message) == ["Read letter", "Sign", *left]


def test_after_signing() -> None:
    """An invitation that has been signed thanks them, and has no buttons: the receipt has them."""
    message = invitation_messages.invited(T, an_addressee(an_invitation(1, InvitationState.SIGNED)))
    assert "white_check_mark: Thank you! You’ve signed." in shown(message)
    assert labels(message) == []
    group = an_invitation(1, InvitationState.SIGNED, organisation="Web Group")
    assert "\u2068Web Group\u2069*\n:white_check_mark: Signed" in shown(
        invitation_messages.invited(T, an_addressee(group))
    )


def test_no_reminders_to_end() -> None:
    """A reminder whose every ask has a final answer offers no later one."""
    message = invitation_messages.reminded(
        T, an_addressee(an_invitation(1, InvitationState.DECLINED))
    )
    assert not {"Remind me later", "Stop reminders"} & set(labels(message))


@pytest.mark.parametrize("phase", [one for one in Phase if not one.takes_signatures])
def test_closed(phase: Phase) -> None:
    """A letter that takes no signatures takes no answers: the message names its phase."""
    letter = a_letter(phase=phase, reason="It was answered.")
    message = invitation_messages.invited(T, an_addressee(letter=letter, phase=phase))
    assert labels(message) == []


def test_under_embargo() -> None:
    """A reader who may not see the number of signatures is not told it here either."""
    letter = a_letter(seen=Sight.NOTHING, tally=Tally(people=41))
    message = invitation_messages.invited(T, an_addressee(letter=letter))
    assert "The number of signatures isn’t public yet." in shown(message)
    assert "41" not in shown(message) + message[0]


@pytest.mark.parametrize("text", HOSTILE)
def test_nothing_typed_is_live(text: str) -> None:
    """Names of organisations, titles and askers stay words."""
    addressee = an_addressee(
        an_invitation(organisation=text), an_invitation(2, organisation=text),
        letter=a_letter(title=text, sender=text), by=False,
    )  # fmt: skip
    said, blocks = invitation_messages.reminded(T, addressee)
    for live in ("<!channel>", "<@U0ORGANISER>", "<https://example.org|"):
        assert live not in said
        for block in blocks:
            whole: Any = block.get("text") or {}
            assert live not in whole.get("text", "") or whole["type"] == "plain_text"
