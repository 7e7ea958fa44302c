"""A second delegate's views hold Slack's limits, and show the signature's standing."""

from dataclasses import replace
from itertools import product
from typing import Any

import pytest

from bot.features.desk.slack.home_view import home
from bot.features.organisations.use_cases.matches import SignedFor
from bot.features.signing.slack import delegate_views, messages
from bot.features.signing.slack import form as signing_views
from bot.features.signing.slack.own_views import holdings
from bot.features.signing.slack.thanks import thanks
from bot.features.signing.use_cases.own_signature import Own, Receipt
from bot.letters.endorsement import Capacity, Endorsement, Facts, Kind, Signature
from bot.letters.entries import compose
from bot.letters.letter import Letter, Sight
from bot.letters.people import Person
from bot.letters.rules import Confirmation, Rules
from bot.letters.standing import WAITING, Standing, organisation_standing
from bot.locales import Words, words
from bot.slack.words.rules import organiser_standing, signer_standing
from tests.support.live_marks import check_message, check_view
from tests.support.pseudo import spoken
from tests.support.reading import words_of
from tests.support.scenes.worst import a_letter, long_words
from tests.support.scenes.worst_facts import a_held, a_home, a_signatory, an_endorsement

T = words("en-GB")


def composed(text: str, language: str = "en") -> Signature:
    """A signature for an organisation whose every word is this one."""
    facts = Facts(
        name=text[:150], organisation=f"Web {text}"[:150], country=text[:80], role=text[:150],
        authorised=True,
    )  # fmt: skip
    made = compose(
        Person("T0COALITION", "U0MEMBER1"),
        Capacity.ORGANISATION,
        facts,
        sort_name="",
        language=language,
        text_sha256="0" * 64,
        consent="Yes.",
    )
    if not isinstance(made, Signature):  # What is no name of anybody never comes so far.
        return composed("Web Group", language)
    return made


def under_way(letter: Letter, made: Signature) -> signing_views.Signing:
    return signing_views.Signing(
        letter=letter.id,
        text_sha256=letter.text_sha256,
        language=letter.language,
        offered=tuple(Capacity),
        capacity=Capacity.ORGANISATION,
        changes="e" * 26,
        entry=made.entry,
        sort_name=made.sort_name,
        another=made.key,
    )


def signed_for(letter: Letter, speaker: Endorsement, entry: str, **changes: Any) -> SignedFor:
    party = a_signatory(entry, kind=Kind.ORGANISATION, **changes)
    return SignedFor(letter=letter, party=party, speaker=speaker)


@spoken
@pytest.mark.parametrize("text", long_words(150))
@pytest.mark.parametrize("standing", list(Standing))
def test_worst(t: Words, text: str, standing: Standing) -> None:
    """Slack takes every view of a second delegate, whatever people typed."""
    letter = a_letter(title=text[:140], rules=Rules(confirmation=Confirmation.ORGANISER))
    made = composed(text)
    speaker = replace(an_endorsement(), signature=made)
    signed = signed_for(letter, speaker, (text * 2)[:300], standing=standing)
    signing = under_way(letter, made)
    for view in (
        delegate_views.did_you_mean(t, letter, signing, made, [signed.party] * 3),
        delegate_views.signed_already(t, signing, made.facts, made, signed),
        delegate_views.objection(t, signed, (text * 2)[:300], name=text[:150], role=text[:150]),
        delegate_views.objected(t, (text * 2)[:300], is_off=True),
        signing_views.form(t, letter, signing, made.facts, made),
        signing_views.approval(t, letter, signing, made),
        thanks(t, made.entry, changed=False, stands=signer_standing(t, letter, signed.party)),
        holdings(
            t, letter, (speaker,) * 4, {speaker.signatory: signed.party},
            refusal=None, own=Own(may_change=True, asked={}), more=[Capacity.ORGANISATION],
            from_home=False,
        ),
    ):  # fmt: skip
        assert check_view(view) == []
    held = replace(a_held(letter, made.entry), party=signed.party)
    assert check_view(home(t, a_home(signed=(held,) * 20))) == []
    held = ((speaker, signed.party),) * 3
    found = Receipt(letter=letter, phase=letter.phase, held=held, ended=())
    text_said, blocks = messages.receipt(t, found)
    assert check_message(blocks) == []
    assert len(text_said) < 4000


def test_hidden() -> None:
    """A view with hidden names says neither who signed nor with which standing."""
    letter = a_letter(rules=Rules(confirmation=Confirmation.SECOND), seen=Sight.COUNT)
    made = composed("Group")
    signed = signed_for(letter, an_endorsement(), "Secret Entry", standing=Standing.DISPUTED)

    shown = words_of(
        delegate_views.signed_already(T, under_way(letter, made), made.facts, made, signed)
    )

    assert made.entry in shown
    assert "Secret" not in shown
    assert "Signed by" not in shown
    assert "objects" not in shown


def test_every_standing_is_said() -> None:
    """Each way that a confirmation can be incomplete has sentences of its own, for both sides."""
    said: set[tuple[str, str]] = set()
    for confirmation in Confirmation:
        letter = a_letter(rules=Rules(confirmation=confirmation))
        for second, organiser in product((False, True), repeat=2):
            voices = 2 if second else 1
            standing = organisation_standing(
                confirmation, voices=voices, by_organiser=organiser, objections=0, removed=False
            )
            party = a_signatory(
                "TEDIC",
                kind=Kind.ORGANISATION,
                endorsements=voices,
                confirmed=organiser,
                standing=standing,
            )
            told = signer_standing(T, letter, party), organiser_standing(T, letter, party)
            assert ("Not on the list yet" in told[0]) == (standing in WAITING)
            assert ("Needs" in told[1] or "Disputed" in told[1]) == (standing in WAITING)
            said.add(told)
    # Listed; without a second person; without a record.
    assert len(said) == 3


@pytest.mark.parametrize("confirmation", Confirmation)
def test_a_dispute_is_said(confirmation: Confirmation) -> None:
    """Organisers read of a disputed entry that it is one, whatever its letter needs."""
    letter = a_letter(rules=Rules(confirmation=confirmation))
    party = a_signatory("TEDIC", kind=Kind.ORGANISATION, standing=Standing.DISPUTED)
    assert organiser_standing(T, letter, party).startswith("Disputed.")
    assert "objected" in signer_standing(T, letter, party)


def test_needs_are_said_before_signing() -> None:
    """The form for an organisation says what its signature needs, and that for a person nothing."""
    letter = a_letter(rules=Rules(confirmation=Confirmation.SECOND))
    made = composed("Group")
    signing = under_way(letter, made)
    shown = words_of(signing_views.form(T, letter, signing, made.facts, None))
    assert "second person" in shown
    assert "anyone who starts to sign for this organisation can see it" in shown
    own = replace(signing, capacity=Capacity.INDIVIDUAL)
    assert "second person" not in words_of(signing_views.form(T, letter, own, made.facts, None))
    assert "anyone else" not in words_of(signing_views.form(T, letter, own, made.facts, None))
