import csv
import unicodedata
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.names.filing import (
    organisation_country,
    organisation_key,
    organisation_sort_name,
    same_organisation,
)
from bot.names.likeness import ALIKE, likeness

PAIRS = Path(__file__).with_name("organisation_pairs.csv")
LEAST_PRECISION = 0.99

WORDS = (
    "Digital Rights Network Réseau Internet Freedom Union Women Press Fundación Médias Labour "
    "Centre Derechos Organisation Programme Свобода デジタル 인권 حقوق Türkiye Straße 19 Łódź"
)
vocabulary = st.sampled_from(WORDS.split())
plain_names = st.lists(vocabulary, min_size=2, max_size=5).map(" ".join)
forms = st.sampled_from(
    [
        " Inc.",
        ", Inc",
        " Ltd",
        " GmbH",
        " e.V.",
        " e. V.",
        " eV",
        " S.A.",
        " S.A. de C.V.",
        " A.C.",
        " asbl",
        " z.s.",
        " Sp. z o.o.",
        " Pvt. Ltd.",
        " AISBL",
        " A/S",
        " GmbH & Co. KG",
        " (Pty) Ltd",
    ]
)
changes: dict[str, Callable[[str], str]] = {
    "case": str.upper,
    "small": str.lower,
    "accents": lambda name: unicodedata.normalize("NFD", name),
    "spaces": lambda name: f" {name.replace(' ', '   ')} ",
    "no-break space": lambda name: name.replace(" ", "\u00a0"),
    "article": lambda name: f"The {name}",
    "form": lambda name: f"{name}, Ltd.",
    "form in front": lambda name: f"Stichting {name}",
    "country": lambda name: f"{name} (Paraguay)",
    "square country": lambda name: f"{name} [Côte d’Ivoire]",
    "via": lambda name: f"{name} via the Contract for the Web",
    "marks": lambda name: f"«{name}».",
    "centre": lambda name: name.replace("Centre", "Center"),
    "labour": lambda name: name.replace("Labour", "Labor"),
    "organisation": lambda name: name.replace("Organisation", "Organization"),
    "programme": lambda name: name.replace("Programme", "Program"),
}


SETS = ("tune", "held_out", "opened", "fresh", "second", "third", "fourth", "fifth", "sixth")
"""Sets of labelled pairs, in the order in which they were first measured."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Figures:
    """The outcome of a set of labelled pairs."""

    same: int
    blocked_rightly: int
    blocked_wrongly: int
    asked_rightly: int
    asked_wrongly: int

    @property
    def precision(self) -> float:
        return self.blocked_rightly / (self.blocked_rightly + self.blocked_wrongly)

    @property
    def recall(self) -> float:
        return self.blocked_rightly / self.same

    @property
    def recall_with_questions(self) -> float:
        return (self.blocked_rightly + self.asked_rightly) / self.same

    @property
    def precision_of_questions(self) -> float:
        return self.asked_rightly / (self.asked_rightly + self.asked_wrongly)


def measure(*sets: str) -> Figures:
    """The figures of the labelled pairs of some sets."""
    with PAIRS.open(newline="") as file:
        rows = [row for row in csv.DictReader(file) if row["set"] in sets]
    outcomes = Counter((_outcome(row), row["verdict"]) for row in rows)
    return Figures(
        same=sum(row["verdict"] == "same" for row in rows),
        blocked_rightly=outcomes["blocked", "same"],
        blocked_wrongly=outcomes["blocked", "different"],
        asked_rightly=outcomes["asked", "same"],
        asked_wrongly=outcomes["asked", "different"],
    )


def _outcome(row: dict[str, str]) -> str:
    if same_organisation(*_parties(row)):
        return "blocked"
    return "asked" if likeness(row["first"], row["second"]) >= ALIKE else "left alone"


def _parties(row: dict[str, str]) -> tuple[tuple[str, str], tuple[str, str]]:
    return (row["first"], row["first_country"]), (row["second"], row["second_country"])


def _meet(first: str, second: str) -> bool:
    return organisation_key(first) == organisation_key(second)


def test_what_blocks_is_the_same_organisation() -> None:
    """At least 99 in 100 of all labelled pairs that block are one organisation."""
    assert measure(*SETS).precision >= LEAST_PRECISION


# What was labelled before the rules, and seen only once they stood, tells how good these are. At
# first sight the sets gave 0.692 and 0.788 (opened), 0.848 (second), 0.746 (third), 0.757 (fourth),
# 0.955 (fifth) and 0.891 (sixth) with questions; 0.689, 0.833, 0.873, 0.910, 0.980, 0.929 and 0.942
# of the questions were right, and all that blocked. Of the fifth and sixth set 32 and 25 pairs were
# known from an earlier one, or from those that the rules were tuned on; the others alone gave 0.966
# and 0.875, with 0.931 of the questions right in both. The rules were changed by what each showed,
# so that better figures need new pairs. Some recall was then given up, so that universities are not
# asked about in pairs that share only common words. The pairs of the fifth and sixth were written by somebody
# who had not seen the rules; those of all others by who wrote the rules.
@pytest.mark.parametrize(
    ("sets", "recall", "recall_with_questions", "precision_of_questions"),
    [
        (("tune", "held_out"), 0.73, 0.96, 0.61),
        (("opened",), 0.36, 0.94, 0.8),
        (("fresh",), 0.51, 0.96, 0.89),
        (("second",), 0.29, 0.96, 0.88),
        (("third",), 0.15, 0.97, 0.92),
        (("fourth",), 0.29, 0.95, 0.97),
        (("fifth",), 0.36, 0.97, 0.92),
        (("sixth",), 0.3, 0.94, 0.92),
    ],
    ids=["tuned on", "opened", "fresh", "second", "third", "fourth", "fifth", "sixth"],
)
def test_what_neither_blocks_nor_is_asked_about_is_known(
    sets: tuple[str, ...],
    recall: float,
    recall_with_questions: float,
    precision_of_questions: float,
) -> None:
    """So many of the pairs that are one are found, and so many of the questions are right."""
    figures = measure(*sets)
    print(
        f"{'+'.join(sets)}: block precision {figures.precision:.3f}, recall {figures.recall:.3f}, "
        f"with questions {figures.recall_with_questions:.3f}, "
        f"precision of questions {figures.precision_of_questions:.3f}"
    )
    assert figures.recall >= recall
    assert figures.recall_with_questions >= recall_with_questions
    assert figures.precision_of_questions >= precision_of_questions


def test_there_are_pairs_enough() -> None:
    """At least 200 pairs are labelled, of each verdict, and 80 of each in the last two sets."""
    with PAIRS.open(newline="") as file:
        rows = list(csv.DictReader(file))
    assert min(Counter(row["verdict"] for row in rows).values()) >= 200
    for last in SETS[-2:]:
        told = Counter(row["verdict"] for row in rows if row["set"] == last)
        assert min(told["same"], told["different"]) >= 80


@given(plain_names, st.lists(st.sampled_from(sorted(changes)), unique=True, max_size=3))
def test_a_spelling_does_not_make_another_organisation(name: str, picked: list[str]) -> None:
    """Case, accents, spaces, marks, forms, country, "The" and "via the" do not count."""
    changed = name
    # What hangs on the name comes last, so that its own words are not changed.
    for change in sorted(picked, key=list(changes).index):
        changed = changes[change](changed)
    assert organisation_key(changed) == organisation_key(name)


@given(plain_names, forms)
def test_a_legal_form_does_not_count(name: str, form: str) -> None:
    """A legal form of any country at the end makes no other organisation."""
    assert organisation_key(name + form) == organisation_key(name)
    assert organisation_key((name + form).upper()) == organisation_key(name)


@given(plain_names, plain_names, st.sampled_from(["and", "und", "et", "y", "e", "&", "+"]))
def test_and_is_written_in_many_ways(first: str, second: str, link: str) -> None:
    """The sign "&" and the words for it in several languages are one."""
    assert _meet(f"{first} {link} {second}", f"{first} & {second}")
    assert _meet(f"{first}&{second}", f"{first} and {second}")


@given(plain_names, plain_names)
def test_other_words_are_another_organisation(first: str, second: str) -> None:
    """Two names of other words, or of the same words in another order, do not meet."""
    letters = ["".join(name.split()).lower() for name in (first, second)]
    if letters[0] != letters[1]:
        assert not _meet(first, second)


@given(st.text(max_size=30))
def test_what_has_letters_has_a_key(name: str) -> None:
    """The key is never empty where something can be read."""
    if any(unicodedata.category(sign)[0] in "LN" for sign in name):
        assert organisation_key(name)


@pytest.mark.parametrize(
    ("first", "second"),
    [
        ("TEDIC (Paraguay)", "TEDIC"),
        ("Asociación Latinoamericana de Internet – ALAI", "Asociacion Latinoamericana de Internet"),
        ("APC: Association for Progressive Communications", "Association for Progressive Communications (APC)"),
        ("U.S. Council", "US Council"),
        ("The World Wide Web Foundation via the Contract for the Web", "World Wide Web Foundation"),
        ("Article 19", "ARTICLE19"),
        ("CyberPeace Institute", "Cyber-Peace Institute"),
        ("Роскомсвобода", "Roskomsvoboda"),
        ("株式会社サイバー平和", "㈱サイバー平和"),
        ("Amnesty International (Kenya)", "Amnesty International Kenya"),
        ("Vereniging Vrede & Recht", "Vereniging Vrede en Recht"),
    ],
)  # fmt: skip
def test_these_are_one(first: str, second: str) -> None:
    """Spellings that real lists have of one organisation meet."""
    assert _meet(first, second)


@pytest.mark.parametrize(
    ("first", "second"),
    [
        ("Digital Rights Ireland", "Digital Rights Iceland"),
        ("Section E of Attac", "Section Y of Attac"),
        ("Section I of Attac", "Section and Attac"),
        ("Naturfreunde OG Berlin", "Naturfreunde UND Berlin"),
        ("Amnesty International", "Amnesty International Kenya"),
        ("Amnesty International (Ghana)", "Amnesty International (Kenya)"),
        ("Fundación Vía Libre", "Fundación"),
        ("La Vía Campesina", "La Liga Campesina"),
        ("Mujeres en Acción", "Mujeres y Acción"),
        ("La Paz Foundation", "Paz Foundation"),
        ("Press Union (Youth Section)", "Press Union"),
        ("时代公益基金会", "世代公益基金会"),
        ("Oxfam SA", "Oxfam"),
        ("Foundation A", "Foundation B"),
        ("Ltd", "Inc"),
        ("Stichting", "Verein"),
    ],
)
def test_these_are_two(first: str, second: str) -> None:
    """Names that are close, and organisations that are not one, stay apart."""
    assert not _meet(first, second)


@pytest.mark.parametrize(
    ("name", "field", "code"),
    [
        ("TEDIC (Paraguay)", "", "py"),
        ("TEDIC [Paraguay]", "Chile", "py"),
        ("TEDIC (Paraguay), Inc.", "", "py"),
        ("Amnesty International (AI) (Kenya)", "", "ke"),
        ("TEDIC\uff08Paraguay\uff09", "", "py"),
        ("TEDIC", "Paraguay", "py"),
        ("TEDIC", " PY ", "py"),
        ("TEDIC (Tecnología y Comunidad)", "py", "py"),
        ("Red de Mujeres", "Côte d’Ivoire", "ci"),
        ("Golos", "Россия", "ru"),
        ("Golos", "the Netherlands", "nl"),
        ("Amnesty International (AI)", "", ""),
        ("Amnesty International Kenya", "", ""),
        ("Kenya", "", ""),
        ("TEDIC", "Atlantis", ""),
        ("TEDIC", "XX", ""),
        ("TEDIC", "", ""),
    ],
)  # fmt: skip
def test_a_country_is_read_from_brackets_or_else_from_its_field(
    name: str, field: str, code: str
) -> None:
    """The name's own bracket counts before the field; what is no country is none."""
    assert organisation_country(name, field) == code


def test_one_name_in_two_countries_is_two() -> None:
    """Equal names block unless both name a country and these differ."""
    for one, other, expected in (
        (("Open Net", ""), ("Open Net", ""), True),
        (("Open Net", "Korea"), ("Open Net", ""), True),
        (("Open Net", "Korea"), ("The Open Net (South Korea)", "KR"), True),
        (("Open Net", "Korea"), ("Open Net", "Kenya"), False),
        (("Open Net (Korea)", ""), ("Open Net", "ke"), False),
        (("Open Net (Korea)", ""), ("Open Net (Kenya)", ""), False),
        (("Open Net", "Atlantis"), ("Open Net", "Kenya"), True),
        (("Open Net", "Kenya"), ("Open Web", "Kenya"), False),
    ):
        assert same_organisation(one, other) == same_organisation(other, one) == expected


def test_an_organisation_is_sorted_without_its_article() -> None:
    """A leading "The" is left out of what it is sorted under, other articles and words stay."""
    assert organisation_sort_name("The World Wide Web Foundation") == "World Wide Web Foundation"
    assert organisation_sort_name("THE  Open  Net") == "Open Net"
    for name in ("Theatre Union", "La Quadrature du Net", "The", ""):
        assert organisation_sort_name(name) == name
