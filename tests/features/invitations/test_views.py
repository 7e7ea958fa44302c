"""The list of invitations shows each state within Slack's limits, and nothing in it is live."""

from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest

from bot.features.desk.slack.status_views import report
from bot.features.invitations.slack import outside, table_handlers, views
from bot.features.invitations.slack.words import name_words
from bot.features.invitations.use_cases.invitations import Entered
from bot.letters.endorsement import Kind
from bot.letters.invitation import Invitation, InvitationState
from bot.letters.people import MAIL, Person
from bot.letters.phases import Phase
from bot.locales import Words, words
from bot.slack.letter_picker import as_modal
from bot.slack.text.escaping import escape, isolate
from bot.slack.words.invitations import pipeline_words
from tests.support.live_marks import check_message, check_view, live_marks
from tests.support.pseudo import spoken
from tests.support.reading import fields, words_of
from tests.support.scenes.worst import HOSTILE, a_letter, long_words
from tests.support.scenes.worst_facts import NOW, a_status
from tests.support.scenes.worst_invitations import an_invitation, an_invitation_page

T = words("en-GB")


def changes(state: InvitationState) -> list[str]:
    """List what can be said of an invitation by hand."""
    view = views.page(T, an_invitation_page(an_invitation(1, state)))
    (overflow,) = [one for _, one in fields(view["blocks"]) if one["type"] == "overflow"]
    return [option["text"]["text"] for option in overflow["options"]]


def _by_mail(text: str) -> list[Invitation]:
    """Those who can be, or were, invited by mail, in each state of that."""
    anna = Person(MAIL, "a" * 32)
    told: list[dict[str, Any]] = [
        {"person": None}, {"person": anna}, {"person": anna, "mailed_at": NOW},
        {"person": anna, "mail_error": "mail_refused"}, {"person": anna, "mail_error": "barred"},
    ]  # fmt: skip
    return [
        an_invitation(at, name=text, words=text, contact="anna@example.org", **told[at % 5])
        for at in range(15)
    ]


@spoken
@pytest.mark.parametrize("text", long_words(150))
def test_worst_views(t: Words, text: str) -> None:
    """Slack takes every page and form, whatever people had written."""
    letter = a_letter(title=text[:140])
    states = list(InvitationState)
    invitations = [
        an_invitation(
            number, states[number % 5], organisation=text if number % 2 else "", name=text,
            country=text[:80], contact=text, note=(text * 2)[:300],
            person=None if number % 3 else an_invitation().person,
        )
        for number in range(views.PAGE)
    ]  # fmt: skip
    counts = dict.fromkeys(InvitationState, 5000)
    for view in (
        views.page(t, an_invitation_page(letter=letter)),
        views.page(
            t,
            an_invitation_page(*invitations, letter=letter, number=2, pages=3, counts=counts),
            escape(isolate(text)),
        ),
        views.page(t, an_invitation_page(*invitations, letter=letter, may_change=False)),
        views.page(t, an_invitation_page(*_by_mail(text), letter=letter, has_addresses=True)),
        views.mail_form(t, letter, _by_mail(text), ""),
        views.mail_form(t, letter, [], ""),
        views.invite_form(t, letter),
        views.invite_form(t, letter, whole=True),
        *(
            views.page(t, an_invitation_page(*invitations, letter=letter), asks=f"{what}:{one.id}")
            for what in (views.UNTIL, views.REMOVE)
            for one in invitations
        ),
        outside.message_view(t, replace(letter, sender=text[:150], responsible=text)),
        table_handlers.WINDOW.empty(t, letter),
    ):
        assert check_view(view) == []


def test_whose_words() -> None:
    """The form for several says that mails without words of its own have their invitations'."""
    worded = _by_mail("Ada")[:2]
    plain = [replace(one, words="") for one in worded]
    said = "each email has the words of its invitation"
    forms = [views.mail_form(T, a_letter(), asked, "") for asked in (worded, worded[:1], plain)]
    assert [said in words_of(one) for one in forms] == [True, False, False]


def test_row() -> None:
    """A row has the one invited, the contact, the state, and the note."""
    invitations = [
        an_invitation(1),
        an_invitation(
            2,
            InvitationState.AWAITING,
            organisation="Web Group",
            country="Germany",
            note="Ask Tue.",
        ),
        an_invitation(
            3, InvitationState.DECLINED, person=None, name="A Colleague", contact="by telephone"
        ),
    ]
    said = words_of(views.page(T, an_invitation_page(*invitations)))
    assert "*<@U0MEMBER1>*\n:white_circle: Invited" in said
    group = "\u2068Web Group\u2069 (\u2068Germany\u2069) (contact: <@U0MEMBER1>)"
    assert (
        f"*{group}*\n:hourglass_flowing_sand: Waiting for approval, expected by *Thu, 19 Mar 2026*"
        in said
    )
    assert "\u2068Ask Tue.\u2069" in said
    assert (
        "*\u2068A Colleague\u2069 (contact: \u2068by telephone\u2069)*\n:no_entry_sign: Declined"
        in said
    )
    counted = "1 not answered yet · 1 waiting for approval · 1 declined"
    assert counted in said


def test_nobody() -> None:
    """An empty list says what it is for, and offers to fill it but nothing to copy."""
    view = views.page(T, an_invitation_page())
    assert "No one is invited yet. Invite people from this" in words_of(view)
    labels = [element["text"]["text"] for _, element in fields(view["blocks"])]
    assert labels[4:] == ["Invite", "Invite from a list"]


@pytest.mark.parametrize(
    ("state", "may_change", "top"),
    [
        (
            InvitationState.INVITED,
            True,
            [("Remind", "primary"), ("Invite", None), ("Invite from a list", None)],
        ),
        (InvitationState.SIGNED, True, [("Invite", "primary"), ("Invite from a list", None)]),
        (InvitationState.SIGNED, False, []),
    ],
)
def test_top(
    state: InvitationState, *, may_change: bool, top: list[tuple[str, str | None]]
) -> None:  # fmt: skip
    """Remind, if somebody has not answered, and both ways to invite are above the list."""
    found = an_invitation_page(an_invitation(1, state), may_change=may_change)
    blocks = views.page(T, found)["blocks"]
    above = blocks[: [one.get("block_id") for one in blocks].index(f"invitation.{'a'}{1:025}")]
    shown = [
        (e["text"]["text"], e.get("style")) for b, e in fields(above) if b["block_id"] == "next"
    ]
    assert shown == top


def test_changes() -> None:
    """By hand one sets any state but the present one, none once signed, or takes it off."""
    reading, until, declined, back, off = (
        "Reading it", "Waiting for approval…", "Declined",
        "No answer yet", "Remove from list",
    )  # fmt: skip
    assert changes(InvitationState.INVITED) == [reading, until, declined, off]
    assert changes(InvitationState.READING) == [until, declined, back, off]
    assert changes(InvitationState.AWAITING) == [reading, until, declined, back, off]
    assert changes(InvitationState.DECLINED) == [reading, until, back, off]
    assert changes(InvitationState.SIGNED) == [off]


def test_closed() -> None:
    """Once the letter has closed the list can be read and copied, and nothing changed."""
    letter = a_letter(phase=Phase.CLOSED)
    view = views.page(T, an_invitation_page(an_invitation(), letter=letter, may_change=False))
    labels = [element.get("text", {}).get("text") for _, element in fields(view["blocks"])]
    # After the parts of the window: the choice of states, which has no text of its own.
    assert labels[5:] == [None, "Get the letter"]


def test_what_follows() -> None:
    """People put on the list of a draft hear of it later, and the organiser is told so."""
    draft = a_letter(phase=Phase.DRAFT)
    assert "when you post the letter" in words_of(views.invite_form(T, draft))
    assert "says you invited them" in words_of(views.invite_form(T, a_letter()))
    entered = Entered(added=2, known=1)
    said = views.entered_words(T, entered, draft, unreachable=1)
    assert said == (
        "2 added. 1 was already invited. 1 can’t get messages (a bot or a "
        "deactivated account). They get a message when you post the letter."
    )
    signed = views.entered_words(T, Entered(added=1, signed=1), draft)
    assert signed == "1 has already signed, so we sent no message."


@pytest.mark.parametrize("text", HOSTILE)
def test_nothing_typed_is_live(text: str) -> None:
    """Names, contacts and notes stay words."""
    invitation = an_invitation(
        1, organisation=text, contact=text, note=text, country=text, person=None
    )
    for view in (
        views.page(T, an_invitation_page(invitation)),
        outside.message_view(T, a_letter(title=text, sender=text, responsible=text)),
    ):
        assert live_marks(view) == []
    assert "<!channel>" not in name_words(T, invitation)


def test_pipeline_in_status() -> None:
    """A letter's status counts invitations by state, has the next approval's day, and offers to invite."""
    counts = {InvitationState.INVITED: 3, InvitationState.AWAITING: 2, InvitationState.SIGNED: 1}
    status = a_status(invitations=counts, awaited=NOW + timedelta(days=2))
    reply = report(T, status)
    assert check_message(list(reply.blocks)) == []
    assert check_view(as_modal(T, reply)) == []
    shown = words_of({"blocks": list(reply.blocks)})
    for said in (shown, reply.text):
        assert "*Invited to sign*\n3 not answered yet · 2 waiting for approval · 1 signed" in said
        assert "next approval expected: Thu, 12 Mar 2026" in said
    assert ("invite", "7") in {
        (element["action_id"], element.get("value")) for _, element in fields(list(reply.blocks))
    }
    assert "Invited to sign" not in words_of({"blocks": list(report(T, a_status()).blocks)})


@pytest.mark.parametrize("state", list(InvitationState))
def test_every_state_has_words(state: InvitationState) -> None:
    """Each state is told in the counts, in a row, and after somebody said it by hand."""
    invitation = an_invitation(1, state, kind=Kind.PERSON)
    assert "7 " in pipeline_words(T, {state: 7})
    assert "<@U0MEMBER1>" in views.said_words(T, invitation)
    assert len(words_of(views.page(T, an_invitation_page(invitation)))) > 0
