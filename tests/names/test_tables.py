"""Words and names are read from files beside the code."""

from pathlib import Path

import pytest

from bot.names.tables import WORDS, read_table


def test_read_table(tmp_path: Path) -> None:
    """Items stand between commas, may have spaces, and go on in lines that are indented."""
    file = tmp_path / "words.txt"
    file.write_text(
        "# People: a comment.\n\ntitles: dr, prof,\n  # 1,\n"
        "\tvice president\nnobody:\ntitles: ms\n=ke: кения, سوق: x\n",
        encoding="utf-8",
    )
    assert read_table(file) == {
        "titles": ["dr", "prof", "# 1", "vice president", "ms"],
        "nobody": [],
        "=ke": ["кения", "سوق: x"],
    }


@pytest.mark.parametrize("file", sorted(WORDS.glob("*.txt")), ids=lambda file: file.stem)
def test_a_file_says_what_is_in_it(file: Path) -> None:
    """Each file of words starts with a comment, and gives each heading once."""
    text = file.read_text(encoding="utf-8")
    headings = [
        line.partition(":")[0] for line in text.split("\n") if line[:1] not in {"", " ", "#"}
    ]
    assert text.startswith("# ")
    assert headings == list(read_table(file))
