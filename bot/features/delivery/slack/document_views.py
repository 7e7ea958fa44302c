"""The window in which an organiser requests the letter as a file."""

import re
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from bot.documents.making import Failure, available
from bot.documents.paper import ENDING, Format
from bot.documents.paper_words import LANGUAGES
from bot.features.delivery.paper import Late
from bot.letters.letter import Letter
from bot.locales import Words, language_name
from bot.slack.api_errors import advice
from bot.slack.block_kit import (
    Blocks,
    View,
    context,
    field_block,
    modal,
    option,
    radio,
    section,
)
from bot.slack.models.shapes import OfLetter, OpenView
from bot.slack.refusal_words import trouble
from bot.slack.text.escaping import escape, isolate
from bot.slack.uploads import SCOPE
from bot.slack.words.phases import title_line

_BETWEEN_WORDS = re.compile(r"[^\w]+")

EVERYTHING, STATUS, ANSWERS = "everything", "status", "answers"
"""The press pack, the working list, and the answers to the letter's own question, as formats."""
_NAME_MOST = 60
_FORMATS = (Format.DOCX, Format.PDF, Format.XLSX, Format.HTML, Format.MARKDOWN)


@dataclass(frozen=True, slots=True, kw_only=True)
class Wish:
    """An organiser's choices for the file."""

    letter: int
    what: str
    """A `Format`, `EVERYTHING`, `STATUS` or `ANSWERS`."""
    present: bool
    late: Late
    language: str

    def command(self, *, delivered: bool) -> list[str]:
        """Return the arguments of the command that makes the file, for an organiser."""
        number = str(self.letter)
        if self.what == EVERYTHING:
            made = ["press", number]
        elif self.what in {STATUS, ANSWERS}:
            which = "--all" if self.what == STATUS else "--answers"
            made = ["document", number, "--format", Format.XLSX.value, which]
        else:
            made = ["document", number, "--format", self.what, "--language", self.language]
        made += ["--late", self.late.value, "--embargoed"]
        return [*made, "--present"] if self.present or not delivered else made


def wish(view: OpenView) -> Wish:
    """Return the choices made in the form."""
    values = view.values
    return Wish(
        letter=OfLetter.of(view).letter,
        what=values.choice("what"),
        present=values.choice("list") == "present",
        late=Late(values.choice("late") or Late.APART),
        language=values.choice("language") or "en",
    )


def offered() -> list[str]:
    """Return the formats for which the libraries are installed, the most popular first."""
    formats = [form.value for form in _FORMATS if available(form)]
    if available(Format.XLSX):
        formats.append(STATUS)
    return [*formats, EVERYTHING] if all(map(available, _FORMATS)) else formats


def getting(t: Words, letter: Letter, *, embargoed: bool) -> View:
    """Return the form that asks for a file format, a list and a language."""
    said = {
        Format.DOCX.value: option(t("Word"), Format.DOCX),
        Format.PDF.value: option(t("PDF"), Format.PDF),
        Format.XLSX.value: option(t("Spreadsheet"), Format.XLSX),
        Format.HTML.value: option(t("Web page"), Format.HTML),
        Format.MARKDOWN.value: option(t("Text"), Format.MARKDOWN),
        STATUS: option(
            t("All entries, with status"),
            STATUS,
            t("A spreadsheet for organisers: don’t publish it."),
        ),
        EVERYTHING: option(t("Press pack, with headings in seven languages"), EVERYTHING),
    }
    choices = {what: said[what] for what in offered()}
    if letter.rules.question is not None and STATUS in choices:
        note = t("A spreadsheet for organisers: don’t publish it.")
        choices[ANSWERS] = option(t("Answers to your question"), ANSWERS, note)
    first = Format.PDF.value if Format.PDF.value in choices else Format.DOCX.value
    blocks: Blocks = [
        section(title_line(letter)),
        field_block("what", t("Format"), radio("choice", choices, first)),
    ]
    if letter.delivered_at is not None:
        lists = {
            "copy": option(t("Delivered copy"), "copy"),
            "present": option(t("Today’s list, marked as a draft"), "present"),
        }
        blocks.append(field_block("list", t("The list"), radio("choice", lists, "copy")))
    if letter.tally.late:
        late = {
            Late.APART.value: option(t("After the others"), Late.APART),
            Late.DATED.value: option(t("With the others, each with its date"), Late.DATED),
        }
        blocks.append(field_block("late", t("Late signatures"), radio("choice", late, "apart")))
    own = letter.language.replace("_", "-").partition("-")[0].lower()
    languages: dict[str, dict[str, Any]] = {}
    for language in LANGUAGES:
        name = language_name(language)
        languages[language] = option(name[:1].upper() + name[1:], language)
    picker = {
        "type": "static_select",
        "action_id": "choice",
        "options": list(languages.values()),
        "initial_option": languages.get(own, languages[LANGUAGES[0]]),
    }
    blocks.append(field_block("language", t("Language"), picker))
    if letter.delivered_at is None:
        blocks.append(
            context(t("The letter isn’t delivered yet, so every page says it’s a draft."))
        )
    if embargoed:
        blocks.append(
            context(
                t(":lock: The names are under embargo. Only organisers can see this list for now.")
            )
        )
    return modal(
        t("Get the letter"),
        blocks,
        close=t("Cancel"),
        submit=t("Send me the file"),
        callback="documents.get",
        meta=OfLetter(letter=letter.id).kept(),
    )


def making(t: Words, letter: Letter, progress: tuple[int, int] | None = None) -> View:
    """Return the view while a file is being made, with the progress if known."""
    title = escape(isolate(letter.title))
    said = t(":hourglass_flowing_sand: We’re making your file of *{title}*.", title=title)
    if progress is not None:
        number, count = (t.number(one) for one in progress)
        far = t("{total} of {goal}", total=number, goal=count)
        said = f"{said}\n{far}"
    then = t("We’ll send you the file in a direct message. You can close this window.")
    return _result(t, [section(said), context(then)])


def sent(t: Words) -> View:
    """Return the confirmation that the file was sent."""
    said = t(":white_check_mark: We’ve sent you the file in a direct message.")
    return _result(t, [section(said)])


def failed(t: Words, why: str) -> View:
    """Return the view with the reason why no file was made or sent; `why` is `mrkdwn`."""
    return _result(t, [section(why)])


def _result(t: Words, blocks: Sequence[dict[str, Any]]) -> View:
    return modal(t("Get the letter"), list(blocks), close=t("Close"), callback="documents.done")


def failure_words(t: Words, failure: Failure) -> str:
    """Return why no file was made and what to do."""
    if failure in {Failure.TOO_SLOW, Failure.TOO_LARGE}:
        return t("The list is too long for this format. Try a spreadsheet or a web page.")
    return trouble(t)


def upload_words(t: Words, name: str) -> str:
    """Return why Slack refused a file and what to do; `name` is Slack's error code."""
    if name in {"missing_scope", "not_allowed_token_type"}:
        return grant_words(t)
    if name in {"file_uploads_disabled", "file_upload_size_restricted", "restricted_action"}:
        return advice(t, "file_uploads_disabled")
    return advice(t, name)


def grant_words(t: Words) -> str:
    """Return what an admin can grant so that files can be sent."""
    return t(
        "To get files here, ask an admin to give Undersigned the optional permission `{scope}`.",
        scope=SCOPE,
    )


def file_name(letter: Letter, what: str) -> str:
    """Return a name for the file, from the letter's title."""
    ending = (
        "zip"
        if what == EVERYTHING
        else ENDING[Format.XLSX if what in {STATUS, ANSWERS} else Format(what)]
    )
    plain = unicodedata.normalize("NFKC", letter.title).lower()
    stem = _BETWEEN_WORDS.sub("-", plain).strip("-_")[:_NAME_MOST].strip("-_")
    return f"{stem or f'letter-{letter.id}'}.{ending}"
