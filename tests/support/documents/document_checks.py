"""Checkers of documents: each says what is wrong with a file, or nothing.

Those from pip are always there. Programs of the distribution look again where a machine has them
(`tests/documents/checkers`).
"""

import io
import re
import subprocess
import tempfile
import unicodedata
from collections.abc import Iterator
from html.parser import HTMLParser
from pathlib import Path

import pdfua
import pikepdf
import pypdfium2
from openxml_audit import OpenXmlValidator

from tests.support.machine.checkers import program

_GROUPS = ("P", "H1", "H2", "H3", "H4", "LBody", "Span", "Lbl")


def office_faults(data: bytes, folder: Path, ending: str) -> list[str]:
    """Return what openxml-audit finds in a Word document or a spreadsheet."""
    file = folder / f"checked.{ending}"
    file.write_bytes(data)
    return [str(error) for error in OpenXmlValidator().validate(str(file)).errors]


def pdf_faults(data: bytes) -> list[str]:
    """Return what qpdf and a checker of PDF/UA-1 find, and what of both standards is missing."""
    try:
        with pikepdf.open(io.BytesIO(data)) as pdf:
            faults = [str(one) for one in pdf.check_pdf_syntax()]
            faults += list(_undeclared(pdf))
    except pikepdf.PdfError as error:
        return [str(error)]
    with tempfile.NamedTemporaryFile(suffix=".pdf") as file:
        file.write(data)
        file.flush()
        return faults + [
            f"{one.rule_id}: {one.message}" for one in pdfua.validate(file.name).findings
        ]


def _undeclared(pdf: pikepdf.Pdf) -> Iterator[str]:
    root = pdf.Root
    if not bool(root.get("/MarkInfo", {}).get("/Marked", False)):
        yield "it is not tagged"
    if "/Lang" not in root:
        yield "it names no language"
    if "/StructTreeRoot" not in root:
        yield "it has no structure"
    with pdf.open_metadata() as metadata:
        if metadata.get("pdfuaid:part") != "1":
            yield "it does not say PDF/UA-1"
        if (metadata.get("pdfaid:part"), metadata.get("pdfaid:conformance")) != ("2", "A"):
            yield "it does not say PDF/A-2a"


def pdf_pages(data: bytes) -> list[str]:
    """The text of each page, as a reader that searches it has it."""
    document = pypdfium2.PdfDocument(data)
    try:
        return [
            document[number].get_textpage().get_text_bounded() for number in range(len(document))
        ]
    finally:
        document.close()


def pdf_text(data: bytes) -> str:
    """The text of a PDF by poppler, in reading order."""
    done = subprocess.run(
        [program("pdftotext"), "-enc", "UTF-8", "-", "-"],
        input=data,
        capture_output=True,
        check=True,
    )
    return done.stdout.decode()


def folded(text: str) -> str:
    """A text by what is written: NFKC, without spaces and marks of direction."""
    plain = unicodedata.normalize("NFKC", text)
    return re.sub(r"[\s\u200b-\u200f\u2028-\u202e\u2066-\u2069\ufeff\ufffe]+", "", plain)


def roles(data: bytes) -> list[str]:
    """The roles of a PDF's structure in reading order, headings and lists among them."""
    with pikepdf.open(io.BytesIO(data)) as pdf:
        return list(_roles(pdf.Root.StructTreeRoot))


def _roles(node: pikepdf.Object) -> Iterator[str]:
    kids = node.get("/K", [])
    for kid in kids if isinstance(kids, pikepdf.Array) else [kids]:
        if isinstance(kid, pikepdf.Dictionary) and "/S" in kid:
            yield str(kid.S).removeprefix("/")
            yield from _roles(kid)


class _Loading(HTMLParser):
    """A parser that finds what a page would load or run."""

    def __init__(self) -> None:
        super().__init__()
        self.found: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag in {"script", "iframe", "object", "embed", "link", "base", "form"}:
            self.found.append(f"<{tag}>")
        for name, value in attrs:
            loads = name in {"src", "srcset", "poster", "data", "background", "action"}
            if name.startswith("on") or (loads and not (value or "").startswith("data:image/")):
                self.found.append(f"{tag} {name}={value}")
            if name == "href" and not re.match(r"https?://|mailto:|#", value or ""):
                self.found.append(f"{tag} {name}={value}")


def html_faults(data: bytes) -> list[str]:
    """Return what a web page would load from elsewhere or run."""
    text = data.decode()
    loading = _Loading()
    loading.feed(text)
    styles = "".join(re.findall(r"<style>(.*?)</style>", text, re.DOTALL))
    loading.found += re.findall(r"@import|url\(", styles)
    if "Content-Security-Policy" not in text:
        loading.found.append("no policy")
    return loading.found
