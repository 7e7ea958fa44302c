"""Word documents with real styles, headings and footnotes, right-to-left where needed."""

import re
from collections.abc import Iterator, Sequence
from importlib.resources import files
from itertools import count
from xml.sax.saxutils import escape, quoteattr

from bot.documents.characters import sound
from bot.documents.direction import Direction, direction_of
from bot.documents.logos import picture_size
from bot.documents.making import packed
from bot.documents.markdown_reading import read_markdown
from bot.documents.paper import Entry, Mark, Paper, Section
from bot.documents.passages import Kind, Passage, Span
from bot.documents.writers.blocks import heading_levels
from bot.documents.writers.marked import (
    FEW,
    before_web,
    isolated_entry,
    kept_together,
    number_before,
    signed_behind,
)

_PARTS = (
    "[Content_Types].xml", "_rels/.rels", "docProps/app.xml", "docProps/core.xml",
    "word/document.xml", "word/styles.xml", "word/settings.xml", "word/fontTable.xml",
    "word/theme/theme1.xml", "word/numbering.xml", "word/footnotes.xml", "word/header1.xml",
    "word/footer1.xml", "word/footer2.xml", "word/_rels/document.xml.rels",
)  # fmt: skip
"""The parts of the template, in which `{name}` marks what is written into each document."""
_PLACE = re.compile(r"\{([a-z_]+)\}")
_EMU_PER_CM = 360_000
_LOGO_CM = (7.0, 1.7)
"""The largest width and height of a logo."""
_BULLETS, _NUMBERS = 1, 2
"""The abstract lists of `numbering.xml`."""
_LEVELS_MOST = 8
_FIELD = re.compile(r"(\{[a-z]{1,9}\})")
_FIELDS = {"{page}": "PAGE", "{pages}": "NUMPAGES"}


def docx(paper: Paper) -> bytes:
    """Write a letter and its list as a Word document."""
    writing = _Writing(paper)
    # The body first: it collects the links, lists and notes of the other parts.
    # Word has one language for each of three groups of scripts and chooses fonts by it.
    language = paper.text_language.replace("_", "-")
    is_rtl, is_east_asian = paper.text_direction is Direction.RTL, _is_east_asian(language)
    words = {
        "body": "".join(writing.body()),
        "lists": writing.lists(),
        "notes": writing.notes(),
        "links": writing.links(),
        "header": writing.header(),
        "footer": writing.footer(first=False),
        "first_footer": writing.footer(first=True),
        "title": _text(paper.title),
        "letterhead": _text(paper.letterhead),
        "moment": paper.cut_at.strftime("%Y-%m-%dT%H:%M:%SZ"),
        "text_language": escape(paper.text_language),
        "language": "en-GB" if is_rtl or is_east_asian else escape(language),
        "east_asian": escape(language) if is_east_asian else "zh-CN",
        "bidi": escape(language) if is_rtl else "ar-SA",
        # East Asian fonts have no italics: only the digits among them would be slanted.
        "slant": "" if _is_east_asian(paper.language) else "<w:i/>",
    }
    template = files("bot.documents.writers").joinpath("template.docx")
    parts = {
        name: _PLACE.sub(
            lambda place: words.get(place[1], place[0]),
            template.joinpath(name).read_text("utf-8"),
        ).encode()
        for name in _PARTS
    }
    if paper.logo is not None:
        parts[f"word/media/logo.{paper.logo.ending}"] = paper.logo.image
    return packed(parts, paper.cut_at)


def _is_east_asian(language: str) -> bool:
    return language.partition("-")[0].lower() in {"zh", "ja", "ko"}


def _text(text: str) -> str:
    """Return a text as XML, without the characters that XML cannot represent."""
    return escape(sound(text))


class _Writing:
    """A document being written, with the links, lists and notes it refers to so far."""

    def __init__(self, paper: Paper) -> None:
        self._paper = paper
        self._links: dict[str, str] = {}
        self._lists: list[tuple[int, int]] = []
        self._noted: dict[Mark, int] = {}
        self._sections = 0

    def body(self) -> Iterator[str]:
        """Write the paragraphs, and the sections that separate one column from two."""
        paper = self._paper
        yield from self._head()
        yield from self._letter(paper.body)
        for said in paper.after_text:
            yield self._plain("BodyText", said)
        yield self._plain("Heading1", paper.heading)
        before = self._plain("Count", paper.count)
        if paper.remark:
            said = self._plain("BodyText", paper.remark)
            before += said.replace("/>", "/><w:keepNext/>", 1)
        if paper.short:
            yield from self._list(before, paper.short)
            yield self._plain("BodyText", paper.others)
            breaks = _run(paper.annex, paper.direction)
            before = _paragraph("Heading1", breaks, paper.direction, "<w:pageBreakBefore/>")
        yield from self._list(before, paper.sections)
        for said in paper.after_list:
            yield self._plain("BodyText", said)
        for one in paper.translations:
            text = "".join(self._letter(one.markdown)).replace("/>", "/><w:pageBreakBefore/>", 1)
            yield _in_language(text, one.language, one.direction)
        yield self._section()

    def _list(self, before: str, sections: Sequence[Section]) -> Iterator[str]:
        for section in sections:
            if section.heading:
                yield before
                before = self._plain("Heading2", section.heading)
            yield _ending(before, self._section())
            *entries, before = map(self._entry, section.entries)
            yield from entries
            yield _ending(before, self._section(columns=1 if len(section.entries) <= FEW else 2))
            before = ""
        yield before

    def _head(self) -> Iterator[str]:
        paper = self._paper
        if paper.logo is not None:
            yield self._logo()
        if paper.letterhead:
            yield self._plain("Letterhead", paper.letterhead)
        if paper.day:
            yield self._plain("Date", paper.day)
        if paper.addressee:
            yield self._plain("BodyText", paper.addressee)
        yield self._plain("Title", paper.title, paper.text_direction)
        if paper.subject:
            bold = Span(paper.subject, frozenset({"bold"}))
            own = direction_of(paper.subject, paper.text_direction)
            yield self._paragraph("BodyText", [bold], own)

    def _letter(self, body: str) -> Iterator[str]:
        passages = read_markdown(body)
        levels = heading_levels(passages)
        kinds: list[int] = []
        for at, (passage, level) in enumerate(zip(passages, levels, strict=True)):
            if passage.kind is Kind.ITEM:
                before = passages[at - 1] if at else None
                yield self._item(
                    passage, kinds, goes_on=before is not None and before.kind is Kind.ITEM
                )
            else:
                yield self._passage(passage, level)

    def _passage(self, passage: Passage, level: int) -> str:
        direction = direction_of(passage.text, self._paper.text_direction)
        if passage.kind is Kind.HEADING:
            return self._paragraph(f"Heading{level}", passage.spans, direction)
        if passage.kind is Kind.CODE:
            return self._paragraph("Code", passage.spans, Direction.LTR)
        if passage.kind is Kind.RULE:
            return _paragraph("Rule", "", direction)
        return self._paragraph("Quote" if passage.quoted else "BodyText", passage.spans, direction)

    def _item(self, passage: Passage, kinds: list[int], *, goes_on: bool) -> str:
        """Write an item; `kinds` are the kinds of the open lists, by level."""
        level = min(passage.level, _LEVELS_MOST)
        if not goes_on:
            kinds.clear()
        del kinds[level + 1 :]
        wanted = _BULLETS if passage.number is None else _NUMBERS
        if len(kinds) == level + 1 and self._lists[kinds[level] - 1][0] != wanted:
            kinds.pop()
        while len(kinds) <= level:
            self._lists.append((wanted if len(kinds) == level else _BULLETS, passage.number or 1))
            kinds.append(len(self._lists))
        numbered = f'<w:numPr><w:ilvl w:val="{level}"/><w:numId w:val="{kinds[level]}"/></w:numPr>'
        direction = direction_of(passage.text, self._paper.text_direction)
        return self._paragraph("ListParagraph", passage.spans, direction, numbered)

    def _paragraph(
        self, style: str, spans: Sequence[Span], direction: Direction, extra: str = ""
    ) -> str:
        runs = "".join(self._span(span, direction) for span in spans)
        return _paragraph(style, runs, direction, extra)

    def _span(self, span: Span, direction: Direction) -> str:
        styles = "".join(
            mark
            for style, mark in (
                ("bold", "<w:b/><w:bCs/>"),
                ("italic", "<w:i/><w:iCs/>"),
                ("strike", "<w:strike/>"),
            )
            if style in span.styles
        )
        character = "Hyperlink" if span.url else "CodeText" if "code" in span.styles else ""
        run = _run(span.text, direction, styles, character)
        if not span.url:
            return run
        identity = self._links.setdefault(span.url, f"rIdLink{len(self._links) + 1}")
        return f'<w:hyperlink r:id="{identity}" w:history="1">{run}</w:hyperlink>'

    def _plain(self, style: str, text: str, direction: Direction | None = None) -> str:
        own = direction_of(text, direction or self._paper.direction)
        return _paragraph(style, _run(text, own), own, align=self._align(own, direction))

    def _align(self, own: Direction, page: Direction | None = None) -> str:
        """Return the alignment that starts a paragraph at the same side as its page."""
        return "" if own is (page or self._paper.direction) else '<w:jc w:val="right"/>'

    def _entry(self, entry: Entry) -> str:
        own = direction_of(entry.reads)
        number, behind = number_before(entry), kept_together(signed_behind(entry))
        if entry.web:
            linked = self._span(Span(entry.web, url=f"https://{entry.web}"), own)
            runs = _run(number + before_web(entry), own) + linked + _run(behind, own)
        else:
            runs = _run(f"{number}{isolated_entry(entry)}{behind}", own)
        runs += "".join(map(self._mark, entry.marks))
        return _paragraph("Signatory", runs, own, align=self._align(own))

    def _mark(self, mark: Mark) -> str:
        """Write a mark: as a footnote the first time, afterwards only as its sign."""
        sign = f"<w:t>{mark.value}</w:t>"
        if mark in self._noted:
            return f'<w:r><w:rPr><w:rStyle w:val="FootnoteReference"/></w:rPr>{sign}</w:r>'
        self._noted[mark] = number = len(self._noted) + 1
        return (
            '<w:r><w:rPr><w:rStyle w:val="FootnoteReference"/></w:rPr>'
            f'<w:footnoteReference w:customMarkFollows="1" w:id="{number}"/>{sign}</w:r>'
        )

    def _section(self, columns: int = 1) -> str:
        self._sections += 1
        bidi = "<w:bidi/>" if self._paper.direction is Direction.RTL else ""
        number = f' w:num="{columns}"' if columns > 1 else ""
        begins = self._sections == 1
        first = '<w:footerReference w:type="first" r:id="rIdFirstFooter"/>' if begins else ""
        first_head = '<w:headerReference w:type="first" r:id="rIdHeader"/>' if begins else ""
        return (
            f'<w:sectPr><w:headerReference w:type="default" r:id="rIdHeader"/>{first_head}'
            f'<w:footerReference w:type="default" r:id="rIdFooter"/>{first}'
            '<w:type w:val="continuous"/><w:pgSz w:w="11906" w:h="16838"/>'
            '<w:pgMar w:top="1418" w:right="1418" w:bottom="1304" w:left="1418" w:header="680" '
            f'w:footer="680" w:gutter="0"/><w:cols{number} w:space="510"/>'
            f'{"<w:titlePg/>" if begins else ""}{bidi}<w:docGrid w:linePitch="360"/></w:sectPr>'
        )

    def _logo(self) -> str:
        logo = self._paper.logo
        if logo is None:
            return ""
        width, height = picture_size(logo.image, logo.ending) or (1, 1)
        most_wide, most_high = _LOGO_CM
        scale = min(most_wide / width, most_high / height)
        wide, high = int(width * scale * _EMU_PER_CM), int(height * scale * _EMU_PER_CM)
        alt = quoteattr(sound(logo.alt))
        drawing = (
            f'<w:drawing><wp:inline distT="0" distB="0" distL="0" distR="0">'
            f'<wp:extent cx="{wide}" cy="{high}"/><wp:docPr id="1" name="Logo" descr={alt}/>'
            '<a:graphic><a:graphicData uri="http://schemas.openxmlformats.org/drawingml/2006/picture">'
            f'<pic:pic><pic:nvPicPr><pic:cNvPr id="1" name="Logo" descr={alt}/><pic:cNvPicPr/>'
            '</pic:nvPicPr><pic:blipFill><a:blip r:embed="rIdLogo"/><a:stretch><a:fillRect/>'
            "</a:stretch></pic:blipFill><pic:spPr><a:xfrm>"
            f'<a:off x="0" y="0"/><a:ext cx="{wide}" cy="{high}"/></a:xfrm>'
            '<a:prstGeom prst="rect"><a:avLst/></a:prstGeom></pic:spPr></pic:pic>'
            "</a:graphicData></a:graphic></wp:inline></w:drawing>"
        )
        return _paragraph("Logo", f"<w:r>{drawing}</w:r>", self._paper.direction)

    def header(self) -> str:
        """Write the page header: the label of a draft, or nothing."""
        paper = self._paper
        own = direction_of(paper.draft, paper.direction)
        style = "Draft" if paper.draft else "Header"
        return _paragraph(style, _run(paper.draft, own) if paper.draft else "", own)

    def footer(self, *, first: bool) -> str:
        """Write the page footer: the page number, and the title except on the first page."""
        paper = self._paper
        title = _run(paper.title, direction_of(paper.title, paper.text_direction))
        pages = "".join(
            f'<w:fldSimple w:instr=" {_FIELDS[part]} "><w:r><w:t>1</w:t></w:r></w:fldSimple>'
            if part in _FIELDS
            else _run(part, paper.direction)
            for part in _FIELD.split(paper.page_words)
            if part
        )
        runs = f"{'' if first else title}<w:r><w:tab/></w:r>{pages}"
        return _paragraph("Footer", runs, paper.direction)

    def notes(self) -> str:
        """Write the explanation of each mark as a footnote."""
        words = dict(self._paper.notes)
        return "".join(
            f'<w:footnote w:id="{number}">'
            + _paragraph(
                "FootnoteText",
                '<w:r><w:rPr><w:rStyle w:val="FootnoteReference"/></w:rPr>'
                f"<w:t>{mark.value}</w:t></w:r>"
                + _run(f" {words[mark]}", direction_of(words[mark], self._paper.direction)),
                direction_of(words[mark], self._paper.direction),
            )
            + "</w:footnote>"
            for mark, number in self._noted.items()
        )

    def lists(self) -> str:
        """Write each list of the document, of one of two kinds."""
        return "".join(
            f'<w:num w:numId="{number}"><w:abstractNumId w:val="{kind}"/>'
            + "".join(
                f'<w:lvlOverride w:ilvl="{level}"><w:startOverride w:val="{start}"/></w:lvlOverride>'
                for level in range(_LEVELS_MOST + 1)
                if kind == _NUMBERS
            )
            + "</w:num>"
            for number, (kind, start) in zip(count(1), self._lists, strict=False)
        )

    def links(self) -> str:
        """Write the document's relations to its logo and to the addresses of its links."""
        base = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
        logo, written = self._paper.logo, ""
        if logo is not None:
            target = f"media/logo.{logo.ending}"
            written = f'<Relationship Id="rIdLogo" Type="{base}/image" Target="{target}"/>'
        return written + "".join(
            f'<Relationship Id="{identity}" Type="{base}/hyperlink" '
            f'Target={quoteattr(sound(url))} TargetMode="External"/>'
            for url, identity in self._links.items()
        )


def _paragraph(
    style: str, runs: str, direction: Direction, extra: str = "", align: str = ""
) -> str:
    bidi = "<w:bidi/>" if direction is Direction.RTL else ""
    return f'<w:p><w:pPr><w:pStyle w:val="{style}"/>{extra}{bidi}{align}</w:pPr>{runs}</w:p>'


def _run(text: str, direction: Direction, styles: str = "", character: str = "") -> str:
    rtl = "<w:rtl/>" if direction is Direction.RTL else ""
    named = f'<w:rStyle w:val="{character}"/>' if character else ""
    described = f"<w:rPr>{named}{styles}{rtl}</w:rPr>" if named or styles or rtl else ""
    lines = "<w:br/>".join(
        f'<w:t xml:space="preserve">{_text(line)}</w:t>' for line in text.split("\n")
    )
    return f"<w:r>{described}{lines}</w:r>"


def _in_language(written: str, language: str, direction: Direction) -> str:
    """Return paragraphs whose words are in another language than the document."""
    kind = "eastAsia" if _is_east_asian(language) else "val"
    kind = "bidi" if direction is Direction.RTL else kind
    said = f"<w:lang w:{kind}={quoteattr(language)}/></w:rPr>"
    return written.replace("</w:rPr>", said).replace("<w:r><w:t", f"<w:r><w:rPr>{said}<w:t")


def _ending(paragraph: str, section: str) -> str:
    return paragraph.replace("</w:pPr>", f"{section}</w:pPr>", 1)
