import hashlib
import json
from pathlib import Path

import pytest

from tests.documents.strangers.score import CATALOGUE, Entry, Score, compare, score

TRUTH: list[Entry] = [
    {"name": "Ada Example", "kind": "person", "title": "Prof. Dr."},
    {"name": "Harbour Forum (HF)", "kind": "organisation", "country": "Iceland"},
    {"name": "Movimento Exemplo – MEX", "kind": "organisation"},
    {"name": "Bo Sample", "kind": "person"},
]


def test_a_name_is_found_with_or_without_its_honorific_country_and_acronym() -> None:
    read = [
        ("person", "Prof. Dr. Ada  EXAMPLE"),
        ("organisation", "Harbour Forum, Iceland"),
        ("organisation", "Movimento Exemplo"),
        ("organisation", "Bo Sample"),
    ]
    assert compare(TRUTH, read) == Score(found=1.0, found_and_kind_right=0.75, extra=0.0)


def test_a_name_turned_around_is_the_same() -> None:
    truth: list[Entry] = [{"name": "Example, Ada", "kind": "person"}]
    assert compare(truth, [("person", "Ada Example")]) == Score(1.0, 1.0, 0.0)


def test_a_name_with_its_affiliation_is_not_found_and_counts_as_extra() -> None:
    read = [("person", "Ada Example, Harbour University"), ("person", "Share this page")]
    assert compare(TRUTH, read) == Score(found=0.0, found_and_kind_right=0.0, extra=0.5)


def test_a_file_that_has_changed_is_not_scored(tmp_path: Path) -> None:
    truth = json.dumps(TRUTH)
    (tmp_path / "01.in.txt").write_text("Ada Example\n")
    (tmp_path / "01.truth.json").write_text(truth)
    listed = {
        "number": 1,
        "input": "01.in.txt",
        "sha256": {
            "input": hashlib.sha256(b"Ada Example\n").hexdigest(),
            "truth": hashlib.sha256(truth.encode()).hexdigest(),
        },
    }
    catalogue = tmp_path / "lists.json"
    catalogue.write_text(json.dumps({"lists": [listed]}))

    ((_, one),) = score(tmp_path, lambda text: [("person", text.strip())], catalogue)
    assert one.found_and_kind_right == 0.25

    (tmp_path / "01.in.txt").write_text("Bo Sample\n")
    with pytest.raises(SystemExit, match=r"01\.in\.txt"):
        score(tmp_path, lambda text: [("person", text.strip())], catalogue)


@pytest.mark.parametrize("first", [101, 201])
def test_a_third_of_a_later_set_is_seen_and_the_rest_unseen(first: int) -> None:
    lists = json.loads(CATALOGUE.read_text(encoding="utf-8"))["lists"]
    those = [listed for listed in lists if first <= listed["number"] < first + 100]
    parts = [listed["part"] for listed in those]
    assert len(those) >= 30
    assert parts.count("unseen") >= parts.count("seen") * 2
    assert len({listed["language"] for listed in those}) >= 7
