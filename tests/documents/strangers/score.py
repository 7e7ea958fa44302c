"""Score a reader of lists on the published lists that lists.json names.

python -m tests.documents.strangers.score FOLDER MODULE:FUNCTION

FOLDER holds the inputs and the truths; the function takes the text of an input and gives
(kind, name) for each entry, the kind being "person" or "organisation".
"""

import argparse
import hashlib
import importlib
import json
import re
import unicodedata
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import TypedDict, cast

Reader = Callable[[str], Iterable[tuple[str, str]]]

CATALOGUE = Path(__file__).with_name("lists.json")

HONORIFICS = re.compile(
    r"(dra?|drs|prof|profa|profª|professora?|associate|assistant|adjunct|emeritus|pd|priv|doz|hc|apl"
    r"|jun|habil|dipl|ing|sir|mr|mrs|ms|hon|rev|bishop|judge|senator|senadora?|deputad[oa])"
)
BRACKET = re.compile(r"\s*[(\[][^()\[\]]*[)\]]\s*$")
ADDRESS = re.compile(r"[\s,–-]*(?:https?://|www\.)\S+\s*$")
ACRONYM = r"(?=\S*[A-Z]\S*[A-Z])[A-Z][\w&/.+-]{1,14}"
ACRONYM_BEFORE = re.compile(rf"^{ACRONYM}\s*[–—-]\s+")
ACRONYM_AFTER = re.compile(rf"(?:,|\s*[–—-])\s*{ACRONYM}$")


class Entry(TypedDict, total=False):
    """An entry of a truth: the published name, its kind, and what else the source says."""

    name: str
    kind: str
    title: str
    affiliation: str
    country: str


class Listed(TypedDict):
    """Facts of a list in lists.json, as far as a score needs it."""

    number: int
    language: str
    kind: str
    shape: str
    input: str
    sha256: dict[str, str]


@dataclass(frozen=True)
class Score:
    """Shares of a list's true entries."""

    found: float
    found_and_kind_right: float
    extra: float


def normal(name: str) -> str:
    return re.sub(r"\W+", "", unicodedata.normalize("NFKC", name).casefold())


def without_honorifics(name: str) -> str:
    words = name.split()
    while len(words) > 1 and all(
        HONORIFICS.fullmatch(part) for part in re.split(r"\W+", words[0].casefold()) if part
    ):
        words = words[1:]
    return " ".join(words)


def forms(name: str, country: str = "") -> frozenset[str]:
    """Give the spellings that count as the same name.

    An honorific, a country at the end, an acronym beside the name, a bracket and a web address
    at the end may be there or not, and "Family, Given" may be turned around.
    """
    bare = ADDRESS.sub("", name.strip())
    family, comma, given = bare.partition(", ")
    variants = {bare, without_honorifics(bare), BRACKET.sub("", bare)}
    variants |= {f"{given} {family}"} if comma else set()
    variants |= {ACRONYM_BEFORE.sub("", bare), ACRONYM_AFTER.sub("", bare)}
    spelled = {normal(variant) for variant in variants}
    if country:
        spelled |= {spelling + normal(country) for spelling in spelled}
    return frozenset(spelled - {""})


def compare(truth: Iterable[Entry], read: Iterable[tuple[str, str]]) -> Score:
    entries = list(truth)
    holders: dict[str, list[int]] = {}
    for place, entry in enumerate(entries):
        for form in forms(entry.get("name", ""), entry.get("country", "")):
            holders.setdefault(form, []).append(place)
    found: set[int] = set()
    right: set[int] = set()
    extra = 0
    for kind, name in read:
        places = {place for form in forms(name) for place in holders.get(form, [])}
        found |= places
        right |= {place for place in places if entries[place].get("kind") == kind}
        extra += not places
    count = len(entries)
    return Score(len(found) / count, len(right) / count, extra / count)


def checked(path: Path, sha256: str) -> str:
    content = path.read_bytes()
    if hashlib.sha256(content).hexdigest() != sha256:
        raise SystemExit(f"{path} is not the file that lists.json names")
    return content.decode()


def score(folder: Path, read: Reader, catalogue: Path = CATALOGUE) -> list[tuple[Listed, Score]]:
    """Score the reader on each list of the catalogue whose input lies in the folder."""
    lists = cast("list[Listed]", json.loads(catalogue.read_text(encoding="utf-8"))["lists"])
    scores: list[tuple[Listed, Score]] = []
    for listed in lists:
        if not (folder / listed["input"]).exists():
            continue
        pasted = checked(folder / listed["input"], listed["sha256"]["input"])
        truth_path = folder / f"{listed['number']:02}.truth.json"
        truth = cast("list[Entry]", json.loads(checked(truth_path, listed["sha256"]["truth"])))
        scores.append((listed, compare(truth, read(pasted))))
    return scores


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0] if __doc__ else None)
    parser.add_argument("folder", type=Path)
    parser.add_argument("reader", help="module:function")
    arguments = parser.parse_args()
    module, _, function = cast("str", arguments.reader).partition(":")
    read = cast("Reader", getattr(importlib.import_module(module), function))
    scores = score(cast("Path", arguments.folder), read)
    if not scores:
        raise SystemExit("The folder holds none of the lists.")
    for listed, one in scores:
        about = f"{listed['language']} {listed['shape']} {listed['kind']}"
        print(f"{listed['number']:02}  {about:36}{in_percent(one)}")
    shares = [one for _, one in scores]
    average = Score(
        sum(one.found for one in shares) / len(shares),
        sum(one.found_and_kind_right for one in shares) / len(shares),
        sum(one.extra for one in shares) / len(shares),
    )
    print(f"{'average':40}{in_percent(average)}")


def in_percent(one: Score) -> str:
    return (
        f"found {one.found:6.1%}   found and kind right {one.found_and_kind_right:6.1%}   "
        f"extra {one.extra:6.1%}"
    )


if __name__ == "__main__":
    main()
