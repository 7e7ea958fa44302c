import random
import subprocess
import sys

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.names.filing import KEY_MOST, collation_key, organisation_sort_name, person_sort_name
from tests.support.scenes.published import LETTERS, Published

LANGUAGES = ["en", "sv", "da", "de-AT", "es", "et", "cs", "ar", "zh-Hant", "ja", "ru", "tlh", "?"]

languages = st.sampled_from(LANGUAGES)
names = st.text(max_size=30) | st.text("aÅä ñch,-19", max_size=12)


def _in_order(names: list[str], language: str) -> list[str]:
    came = names[::-1]
    random.Random(0).shuffle(came)
    return sorted(came, key=lambda name: collation_key(name, language))


@pytest.mark.parametrize(
    ("language", "expected"),
    [
        ("sv", ["Arena", "Zenit", "Åland", "Ärlig", "Öppet Nät"]),
        ("da", ["Ananas", "Zebra", "Æble", "Østen", "Aarhus", "Århus Net"]),
        ("nb", ["Ananas", "Zebra", "Ærlig", "Østen", "Åpen"]),
        ("fi", ["Avoin", "Zeta", "Åbo", "Äly", "Öljy"]),
        ("de", ["Affe", "Ägypten", "Ahorn", "Ofen", "Öffnung", "Straßen", "Strassenbau"]),
        ("de-AT", ["Affe", "Ägypten", "Ahorn"]),
        ("es", ["Nube", "Nzi", "Ñandú", "Oso"]),
        ("et", ["Sada", "Šokk", "Zoo", "Žanr", "Tuul", "Vesi", "Õigus", "Ärkamine", "Öö", "Üks"]),
        ("cs", ["Cena", "Čas", "Dům", "Hora", "Chata", "Ihned"]),
        ("pl", ["Lwów", "Łódź", "Mazury", "Zamek", "Źródło", "Żaba"]),
        ("tr", ["Ceviz", "Çalar", "Irmak", "İzmir", "Sivas", "Şehir"]),
        ("lt", ["Ida", "Yla", "Inga", "Jonas"]),
        ("en", ["Åland", "Ananas", "Chile", "Ñandú", "Öffnung", "Zenit", "Голос"]),
        ("ru", ["Голос", "Ёлка", "Жизнь", "Access"]),
        ("uk", ["Геть", "Ґанок", "Дім", "Європа", "Їжак"]),
        ("ja", ["あさひ", "カメラ", "さくら"]),
        ("ko", ["가나", "나라", "한국"]),
    ],
)
def test_each_language_has_its_own_order(language: str, expected: list[str]) -> None:
    """Letters of an alphabet are sorted as the readers of a letter expect."""
    assert _in_order(expected, language) == expected


@pytest.mark.parametrize("language", ["", "tlh", "xx-unknown", "%%", "no such tag", "en_"])
def test_an_unknown_language_has_the_order_of_all(language: str) -> None:
    """A tag that nobody knows is no error: the order is that of ICU's root."""
    for name in ("Åland", "Chata", "Ñandú", "10 Women"):
        assert collation_key(name, language) == collation_key(name, "und")


def test_a_tag_may_be_written_with_an_underscore() -> None:
    """The tags of message catalogues mean the same languages."""
    assert collation_key("Åland", "sv_SE") == collation_key("Åland", "sv-SE")


@pytest.mark.parametrize("language", LANGUAGES)
def test_it_goes_letter_by_letter(language: str) -> None:
    """A leading "The", spaces and marks decide only between names that are else the same."""
    expected = ["The Eire", "Eire-Land", "Eire Net", "eire: next", "  the  Eire o", "Eirepen"]
    assert _in_order(expected, language) == expected


def test_the_first_comma_ends_the_family() -> None:
    """A shorter family name comes first, in any script's comma; no other comma counts."""
    for comma in (",", "\uff0c", "\u060c"):
        expected = [f"Li{comma} Wei", f"Li-Ming{comma} An", f"Lin{comma} An", f"Liu{comma} An"]
        assert _in_order(expected, "en") == expected
    expected = ["Muller, Ada", "Müller, Bea", "Muller, Cleo"]
    assert _in_order(expected, "en") == expected
    assert _in_order(["Li, A, Zed", "Li, Al, Bo"], "en") == ["Li, A, Zed", "Li, Al, Bo"][::-1]


@pytest.mark.parametrize("language", LANGUAGES)
def test_numbers_stand_first_by_their_value(language: str) -> None:
    """Numbers sort before letters and by value, whatever is in front of them or inside."""
    sections = ["5Rights", "Article 007", "Article 9", "Article 19", "Article 021", "Articulate"]
    numbers = ["0", "9", "19", "350.org", "1,000 Women", "12.345", "12 346", "9" * 30, "A"]
    if language != "ar":  # its letters stand before Latin ones, which changes nothing here
        for expected in (sections, numbers):
            assert _in_order(expected, language) == expected


@pytest.mark.parametrize("letter", LETTERS, ids=str)
def test_the_published_letters_list_comes_out_of_any_order(letter: Published) -> None:
    """Under English the signatories are in their published order, behind their convener."""
    organisations, people = letter.organisations, letter.people

    def by_name(line: str) -> str:
        return collation_key(organisation_sort_name(line), "en")

    def by_family(line: str) -> str:
        return collation_key(person_sort_name(line.partition(",")[0]), "en")

    for seed in range(50):
        chance = random.Random(seed)
        assert sorted(chance.sample(organisations, k=len(organisations)), key=by_name) == (
            organisations
        )
        assert sorted(chance.sample(people, k=len(people)), key=by_family) == people


@given(names, names, languages)
def test_keys_are_texts_of_hexadecimal_digits(one: str, other: str, language: str) -> None:
    """A key is never empty, fits an index, is the same every time, and sorts by its bytes."""
    keys = [collation_key(name, language) for name in (one, other)]
    for name, key in zip((one, other), keys, strict=True):
        assert 0 < len(key) <= KEY_MOST
        assert set(key) <= set("0123456789abcdef")
        assert collation_key(name, language) == key
    assert (keys[0] < keys[1]) == (keys[0].encode() < keys[1].encode())


@given(st.lists(st.text("abcåÄñ1 ,-", min_size=1, max_size=8), unique=True), st.randoms())
def test_the_order_is_one_whatever_came_first(names: list[str], chance: random.Random) -> None:
    """The keys of a list have one order, however its names come."""
    expected = sorted(collation_key(name, "sv") for name in names)
    chance.shuffle(names)
    assert sorted(collation_key(name, "sv") for name in names) == expected


@given(st.text("abcdeåñßж中 ", min_size=1, max_size=8), languages)
def test_names_that_differ_have_keys_that_differ(name: str, language: str) -> None:
    """Another letter, accent, case or mark gives another key; only the very same have one."""
    for changed in (f"{name}x", f"é{name}", f"{name}-", f"Q{name}"):
        assert collation_key(changed, language) != collation_key(name, language)


def test_the_longest_names_fit_an_index() -> None:
    """A key stops where an index would refuse it, and what it has left still sorts."""
    first, second = "台" * 300, "灣" * 300
    assert len(collation_key(first, "zh-Hant")) == KEY_MOST
    assert collation_key("X" + first, "zh-Hant") != collation_key("X" + second, "zh-Hant")


def test_nothing_is_loaded_before_something_is_sorted() -> None:
    """A process that sorts nothing does not carry the tables of all languages."""
    asked = "import sys, bot.names.filing; sys.exit('icu' in sys.modules)"
    subprocess.run([sys.executable, "-c", asked], check=True)
