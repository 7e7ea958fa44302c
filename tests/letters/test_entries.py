import unicodedata
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.letters.endorsement import Capacity, Facts
from bot.letters.entries import (
    COUNTRY_MOST,
    ENTRY_MOST,
    NAME_MOST,
    clean_facts,
    entry,
    organisation_entry,
    person_entry,
    refuse_facts,
    refuse_part,
)
from bot.letters.refusals import Reason
from bot.names.cleaning import OWN_MARKS, clean, has_letters, looks_like_link

ORGANISATION = Facts(name="Ada King", organisation="TEDIC", country="Paraguay", role="Director")


@pytest.mark.parametrize(
    ("typed", "kept"),
    [
        ("https://WWW.Example.org/", "www.example.org"),
        ("example.org/Über", None),
        ("http://a-b.example.org/About/us?x=1#y", "a-b.example.org/About/us?x=1#y"),
        ("xn--bcher-kva.example", "xn--bcher-kva.example"),
        ("", ""),
        ("example", None),
        ("me@example.org", None),
        ("javascript:alert(1)", None),
        ("example.org/(x)", None),
        ("ftp://example.org", None),
        ("example.org:8080", None),
        ("203.0.113.7", None),
        (f"example.org/{'x' * 89}", None),
    ],
)
def test_web_address(typed: str, kept: str | None) -> None:
    """A web address is kept without its scheme, at the end of the entry; anything else is refused."""
    facts = clean_facts(replace(ORGANISATION, web=typed))
    wrong = [one.reason for one in refuse_facts(Capacity.ORGANISATION, facts)]
    assert wrong == ([Reason.NOT_A_WEB_ADDRESS] if kept is None else [])
    if kept is not None:
        assert facts.web == kept
        reads = entry(Capacity.ORGANISATION, replace(facts, represented="represented by Ada King"))
        ends = f", {kept}" if kept else ""
        assert reads == f"TEDIC (Paraguay), represented by Ada King{ends}"


NASTY = "ab é\u0301\u200b\u200d\u200c\u202e\u2066\u2069\u00ad\n\t\u3164\ufeff\x00\u2800😀कहم"


def test_a_person_reads_with_what_there_is() -> None:
    """Name, title and affiliation, parted by commas, without gaps for what is missing."""
    assert person_entry("Vint Cerf", "e.g. Internet pioneer") == "Vint Cerf, e.g. Internet pioneer"
    assert person_entry("Given Family", "Title", "Employer") == "Given Family, Title, Employer"
    assert person_entry("Given Family", affiliation="Employer") == "Given Family, Employer"
    assert person_entry("Given Family") == "Given Family"


@pytest.mark.parametrize(
    ("name", "country", "reads"),
    [
        ("TEDIC", "Paraguay", "TEDIC (Paraguay)"),
        ("TEDIC (Paraguay)", "Paraguay", "TEDIC (Paraguay)"),
        ("TEDIC [paraguay]", "Paraguay", "TEDIC [paraguay]"),
        ("TEDIC", "", "TEDIC"),
        ("Open Net (ON)", "Kenya", "Open Net (ON) (Kenya)"),
        ("(Kenya)", "Kenya", "(Kenya) (Kenya)"),
        ("Open Net Kenya", "Kenya", "Open Net Kenya (Kenya)"),
    ],
)
def test_a_country_is_named_once(name: str, country: str, reads: str) -> None:
    """The country follows the name in brackets unless the name holds it already."""
    assert organisation_entry(name, country) == reads


def test_the_capacity_decides_what_is_read() -> None:
    """A person alone, with title and affiliation, or the organisation: never a role."""
    facts = Facts(
        name="Given Family",
        title="Title",
        affiliation="Employer",
        organisation="TEDIC",
        country="Paraguay",
        role="Director",
    )
    assert entry(Capacity.INDIVIDUAL, facts) == "Given Family"
    assert entry(Capacity.AFFILIATED, facts) == "Given Family, Title, Employer"
    assert entry(Capacity.ORGANISATION, facts) == "TEDIC (Paraguay)"


@pytest.mark.parametrize(
    ("typed", "kept"),
    [
        ("  Open \n\t Net\u00a0\u2028 ", "Open Net"),
        ("Cafe\u0301", "Café"),
        ("Op\u200ben\ufeff \u00adN\u2060et", "Open Net"),
        ("\u202eteN\u202c nepO\u200f", "teN nepO"),
        ("\u2067منظمة\u2069 Net", "\u2067منظمة\u2069 Net"),
        ("\u2067منظمة Net", "منظمة Net"),
        ("Net\u2069\u2066", "Net"),
        ("a\u200db\u200cc", "abc"),
        ("می\u200cخواهم", "می\u200cخواهم"),  # noqa: RUF001 - Persian is meant
        ("क्\u200dष", "क्\u200dष"),
        ("👩\u200d💻 Net", "👩\u200d💻 Net"),
        ("❤\ufe0f\u200d🔥", "❤\ufe0f\u200d🔥"),
        ("👩🏽\u200d💻", "👩🏽\u200d💻"),
        ("Net\u200d", "Net"),
        ("\u3164\u115fNet\x00\x1b\ue000\ud800", "Net"),
        ("\u2800 \u3000", ""),
    ],
)
def test_what_is_typed_is_cleaned(typed: str, kept: str) -> None:
    """Spaces become one, what cannot be seen goes, joiners and isolates stay where they work."""
    assert clean(typed) == kept


@given(st.text(st.sampled_from(NASTY) | st.characters(), max_size=20))
def test_what_is_clean_stays_clean(typed: str) -> None:
    """Cleaning twice is cleaning once, and gives one composed line without open isolates."""
    once = clean(typed)
    assert clean(once) == once
    assert unicodedata.is_normalized("NFC", once)
    assert "\n" not in once
    assert "  " not in once
    assert sum(sign in "\u2066\u2067\u2068" for sign in once) == once.count("\u2069")


@given(st.text(st.sampled_from(NASTY) | st.characters(), max_size=20))
def test_the_short_way_is_the_long_one(typed: str) -> None:
    """A mark that cannot be seen behind a text, which is looked at sign by sign, changes nothing."""
    assert clean(typed + "\u00ad") == clean(typed)


@given(st.text(st.sampled_from(NASTY), max_size=20))
def test_letters_survive_cleaning(typed: str) -> None:
    """No letter that can be seen is lost."""

    def letters(text: str) -> list[str]:
        return [sign for sign in unicodedata.normalize("NFD", text) if sign in "abeकहم😀"]

    assert letters(clean(typed)) == letters(typed)


def test_facts_are_cleaned_whole() -> None:
    """Every fact that is text is cleaned and the signer's word is kept."""
    dirty = Facts(name=" a\n", title=" b", affiliation="c ", organisation="d\u200b", country="\te",
                  role="f ", authorised=True)  # fmt: skip
    clean_ones = Facts(
        name="a", title="b", affiliation="c", organisation="d", country="e", role="f",
        authorised=True,
    )  # fmt: skip
    assert clean_facts(dirty) == clean_ones


@pytest.mark.parametrize(
    ("value", "reason"),
    [
        ("", Reason.EMPTY),
        ("x" * (NAME_MOST + 1), Reason.TOO_LONG),
        ("--- !", Reason.NO_LETTERS),
        ("😀", Reason.NO_LETTERS),
        ("https://example.org", Reason.LOOKS_LIKE_LINK),
        ("See www.example.org", Reason.LOOKS_LIKE_LINK),
        ("someone@example.org", Reason.LOOKS_LIKE_LINK),
        ("<!channel>", Reason.LOOKS_LIKE_MENTION),
        ("Ada <@U012345>", Reason.LOOKS_LIKE_MENTION),
        ("<#C012345|general>", Reason.LOOKS_LIKE_MENTION),
        ("x" * NAME_MOST, None),
        ("350.org", None),
        ("epicenter.works", None),
        ("D@dalos Net", None),
        ("清", None),
        ("1234", Reason.NO_LETTERS),
        ("Z" + "\u0301" * 70 + "ed", Reason.HEAPED_MARKS),
        ("Nguyễn Thị Ánh", None),
        ("Open Net (withdrawn after delivery)", Reason.CLAIMS_A_MARK),
        ("Open Net (For an earlier version) ", Reason.CLAIMS_A_MARK),
        ("Open Net (for an earlier start)", None),
        ("R&D <Lab>", None),
    ],
)
def test_a_name_that_cannot_stand_is_refused(value: str, reason: Reason | None) -> None:
    """Nothing, too much, no letters, or a link is refused at its field; all else is taken."""
    refusal = refuse_part("organisation", value)
    assert (refusal.reason if refusal else None) == reason
    assert refusal is None or refusal.field == "organisation"


def test_own_marks_are_known() -> None:
    """Nobody may write behind an entry the words that the app writes there."""
    catalogue = (Path(__file__).parents[2] / "bot/locales/undersigned.pot").read_text()
    assert all(f"({one})" in catalogue for one in OWN_MARKS)


def test_what_is_not_needed_may_be_empty() -> None:
    """A title may be missing; one that is there is held to the same rules."""
    assert refuse_part("title", "", needed=False) is None
    assert refuse_part("title", "!!", needed=False) is not None


def test_every_fact_that_is_wrong_is_named() -> None:
    """All refusals come together, each with its field and the limit that was passed."""
    facts = Facts(name="", organisation="!!", country="x" * (COUNTRY_MOST + 1))
    found = {refusal.field: refusal for refusal in refuse_facts(Capacity.ORGANISATION, facts)}
    assert {field: refusal.reason for field, refusal in found.items()} == {
        "name": Reason.EMPTY,
        "organisation": Reason.NO_LETTERS,
        "country": Reason.TOO_LONG,
    }
    assert found["country"].facts == {"most": COUNTRY_MOST, "length": COUNTRY_MOST + 1}
    assert refuse_facts(Capacity.INDIVIDUAL, Facts(name="Given Family")) == ()


def test_an_entry_has_its_own_limit() -> None:
    """An entry may be as long as two names, and no longer."""
    assert refuse_part("entry", "x" * ENTRY_MOST, most=ENTRY_MOST) is None
    refusal = refuse_part("entry", "x" * (ENTRY_MOST + 1), most=ENTRY_MOST)
    assert refusal is not None
    assert (refusal.field, refusal.reason) == ("entry", Reason.TOO_LONG)


def test_marks_alone_are_no_name() -> None:
    """Letters and digits of any script can be read aloud; marks and pictures cannot."""
    assert not has_letters("…½")
    assert has_letters("م")
    assert not has_letters("\u0301—😀")
    assert looks_like_link("mailto:x")
    assert not looks_like_link("Article 19: Free Expression")
