from collections import Counter

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.names.filing import person_sort_name

# No given name here is a degree: nobody can tell "Family, MA" from one that stands the right way.
words = st.text("xyzéXYZÉ'-", min_size=1, max_size=6)
particles = st.sampled_from(["van", "van der", "de la", "von", "bin", "Al", "y", "Dr.", "Prof."])
endings = st.sampled_from(
    ["", " 🌍", " | APC", " - EFF", ", Jr.", " III", ", PhD", " (APC)", ", MP, PhD"]
)


@pytest.mark.parametrize(
    ("name", "sorted_under"),
    [
        ("Vint Cerf", "Cerf, Vint"),
        ("Konstantinos Komaitis", "Komaitis, Konstantinos"),
        ("Vincent van Gogh", "Gogh, Vincent van"),
        ("Ludwig Mies van der Rohe", "Rohe, Ludwig Mies van der"),
        ("Martin Van Buren", "Van Buren, Martin"),
        ("Vera Van den Broeck", "Van den Broeck, Vera"),
        ("Vera Van Den Broeck", "Van Den Broeck, Vera"),
        ("Vera Van de Velde", "Van de Velde, Vera"),
        ("Hugo Von der Heide", "Von der Heide, Hugo"),
        ("Ana De la Cruz", "De la Cruz, Ana"),
        ("Ines van den Broeck", "Broeck, Ines van den"),
        ("Charles de Gaulle", "Gaulle, Charles de"),
        ("Jean de La Fontaine", "La Fontaine, Jean de"),
        ("Joachim du Bellay", "du Bellay, Joachim"),
        ("Gabriele d'Annunzio", "d'Annunzio, Gabriele"),
        ("Juan de la Cruz", "Cruz, Juan de la"),
        ("José Ortega y Gasset", "Ortega y Gasset, José"),
        ("Tawfiq al-Hakim", "Hakim, Tawfiq al-"),
        ("Gamal Abdel Nasser", "Abdel Nasser, Gamal"),
        ("Antoine de Saint Exupéry", "Saint Exupéry, Antoine de"),
        ("João Silva Filho", "Silva Filho, João"),
        ("Rui da Costa Neto", "Costa Neto, Rui da"),
        ("Ivo Prado Júnior", "Prado Júnior, Ivo"),
        ("Rui Neto", "Neto, Rui"),
        ("Jan Novák ml.", "Novák, Jan, ml."),
        ("Ada Lind geb. Roth", "Lind, Ada geb. Roth"),
        ("Ada Lind née Roth", "Lind, Ada née Roth"),
        ("Otto von und zu Habsburg", "Habsburg, Otto von und zu"),
    ],
)
def test_a_person_is_filed_under_the_family(name: str, sorted_under: str) -> None:
    """Particles stay behind or lead as libraries have it."""
    assert person_sort_name(name) == sorted_under


@pytest.mark.parametrize(
    ("name", "sorted_under"),
    [
        ("Martin Luther King, Jr.", "King, Martin Luther, Jr."),
        ("Martin Luther King Jr", "King, Martin Luther, Jr"),
        ("Prof. Dr. Given Family", "Family, Given, Prof., Dr."),
        ("Dr Given Family PhD", "Family, Given, Dr, PhD"),
        ("Given Family III, MP", "Family, Given, III, MP"),
        ("Given Family (she/her), MEP", "Family, Given (she/her), MEP"),
        ("Jane Goodall DBE", "Goodall, Jane, DBE"),
        ("Jane Goodall, DBE, FRS", "Goodall, Jane, DBE, FRS"),
        ("Dame Jane Goodall GBE", "Goodall, Jane, Dame, GBE"),
        ("Given Family FRSA", "Family, Given, FRSA"),
        ("Given Family 🌍", "Family, Given 🌍"),
        ("Given Family 🏳️‍🌈✊🏽", "Family, Given 🏳️‍🌈✊🏽"),
        ("🌍 Given Family", "Family, Given 🌍"),
        ("Maria Silva | APC", "Silva, Maria | APC"),
        ("Maria Silva |APC", "Silva, Maria |APC"),
        ("Maria Silva|APC", "Silva, Maria |APC"),
        ("Maria Silva @APC", "Silva, Maria @APC"),
        ("Juan Pérez - EFF", "Pérez, Juan - EFF"),
        ("Juan Pérez – Red en Defensa", "Pérez, Juan – Red en Defensa"),
        ("Ann Roe / Open Net", "Roe, Ann / Open Net"),
        ("Ann Roe @ Open Net", "Roe, Ann @ Open Net"),
        ("Ann Smith-Jones", "Smith-Jones, Ann"),
        ("Dr. Maria Silva 🌍 | APC", "Silva, Maria 🌍 | APC, Dr."),
        ("Given Ma", "Ma, Given"),
        ("Given FAMILY NAME", "FAMILY NAME, Given"),
        ("FAMILY Given Second", "FAMILY, Given Second"),
        ("JD Family", "Family, JD"),
        ("GIVEN FAMILY", "FAMILY, GIVEN"),
    ],
)
def test_titles_and_suffixes_go_to_the_end(name: str, sorted_under: str) -> None:
    """Titles and suffixes go behind family and given names; capitals mark a family."""
    assert person_sort_name(name) == sorted_under


@pytest.mark.parametrize(
    "name",
    [
        "王小明",
        "王 小明",
        "山田 太郎",
        "홍길동",
        "Mononym",
        "van Gogh",
        "Van den Broeck",
        "🌍",
        "Silva, Maria | APC",
        "Cerf, Vint",
        "Family, MA",
        "",
    ],
)
def test_what_cannot_be_turned_stays(name: str) -> None:
    """One word, a family alone, a name with its comma, and East Asian names stay as they are."""
    assert person_sort_name(name) == name


@pytest.mark.parametrize(
    ("name", "locale", "sorted_under"),
    [
        ("Jón Þór Pálsson", "is-IS", "Jón Þór Pálsson"),
        ("Anna Jónsdóttir", "is", "Anna Jónsdóttir"),
        ("Dr. Anna Jónsdóttir", "is-IS", "Anna Jónsdóttir, Dr."),
        ("Anna Jónsdóttir, PhD", "is-IS", "Anna Jónsdóttir, PhD"),
        ("Anna Jónsdóttir | APC", "is-IS", "Anna Jónsdóttir | APC"),
        ("Anna Jónsdóttir", "en-GB", "Jónsdóttir, Anna"),
        ("Gabriela García Márquez", "es-CO", "García Márquez, Gabriela"),
        ("María José García Márquez", "es-ES", "García Márquez, María José"),
        ("Juan Pérez", "es-ES", "Pérez, Juan"),
        ("José Ortega y Gasset", "es-ES", "Ortega y Gasset, José"),
        ("Ana de la Vega Ruiz", "es-MX", "Vega Ruiz, Ana de la"),
        ("Ana García de la Torre", "es-MX", "García de la Torre, Ana"),
        ("Dra. Ana García López PhD", "es-419", "García López, Ana, Dra., PhD"),
        ("Juan Carlos Ruiz", "es-MX", "Ruiz, Juan Carlos"),
        ("Juan Carlos Ruiz Soto", "es-MX", "Ruiz Soto, Juan Carlos"),
        ("Ana de la Cruz", "es-MX", "Cruz, Ana de la"),
        ("Gabriela García Márquez", "en-US", "Márquez, Gabriela García"),
        ("Gabriela García Márquez", "pt-BR", "Márquez, Gabriela García"),
        ("Ana GARCÍA López", "es-ES", "GARCÍA López, Ana"),
    ],
)
def test_a_locale_knows_its_own_names(name: str, locale: str, sorted_under: str) -> None:
    """Icelandic names file by the first name, Spanish ones by the first of two family names."""
    assert person_sort_name(name, locale) == sorted_under


@pytest.mark.parametrize(
    ("locale", "language", "sorted_under"),
    [
        ("en-GB", "es-AR", "García Márquez, Gabriela"),
        ("es-CO", "en", "García Márquez, Gabriela"),
        ("", "es", "García Márquez, Gabriela"),
        ("is-IS", "es", "Gabriela García Márquez"),
        ("en-GB", "is", "Márquez, Gabriela García"),
    ],
)
def test_a_spanish_letter_has_spanish_names(locale: str, language: str, sorted_under: str) -> None:
    """Two family names are two where the letter or the signer is Spanish."""
    assert person_sort_name("Gabriela García Márquez", locale, language) == sorted_under


@given(st.lists(words | particles, min_size=1, max_size=5), endings)
def test_every_letter_stays(parts: list[str], ending: str) -> None:
    """A suggestion has all the letters of the name and no others."""
    name = " ".join(parts) + ending
    before = Counter(sign for sign in name if sign.isalpha())
    after = Counter(sign for sign in person_sort_name(name) if sign.isalpha())
    assert after == before


@given(st.lists(words | particles, min_size=2, max_size=5), endings, st.sampled_from(["", "es"]))
def test_a_suggestion_stays_what_it_is(parts: list[str], ending: str, locale: str) -> None:
    """A name that is the right way round is not turned again."""
    once = person_sort_name(" ".join(parts) + ending, locale)
    assert person_sort_name(once, locale) == once
