"""Text that LibreOffice reads in a file that Word or Excel is meant to open."""

import subprocess
import tempfile
from collections.abc import Mapping
from pathlib import Path

from tests.support.documents.document_checks import folded, pdf_text
from tests.support.documents.papers import SCRIPTS, an_organisation
from tests.support.machine.checkers import program

NAMES = [an_organisation(name, number) for number, name in enumerate(SCRIPTS.values())]


def converted(files: Mapping[str, bytes], folder: Path) -> dict[str, str]:
    """Return the text of each file that LibreOffice could open, by its name."""
    for name, data in files.items():
        (folder / name).write_bytes(data)
    # A profile of its own, so that it neither finds nor leaves anything.
    with tempfile.TemporaryDirectory() as profile:
        subprocess.run(
            [program("soffice"), f"-env:UserInstallation=file://{profile}", "--headless",
             "--convert-to", "pdf", "--outdir", folder, *(folder / name for name in files)],
            check=True, capture_output=True, timeout=120,
        )  # fmt: skip
    made = {name: (folder / name).with_suffix(".pdf") for name in files}
    return {
        name: folded(pdf_text(file.read_bytes())) for name, file in made.items() if file.exists()
    }


def missing(found: str) -> list[str]:
    """Return the names that a text lacks.

    Shapes of letters as a page shows them are not always what was written.
    """
    return [
        line for script, line in SCRIPTS.items()
        if script in {"Latin", "Greek", "Cyrillic", "Vietnamese"} and folded(line) not in found
    ]  # fmt: skip
