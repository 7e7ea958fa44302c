"""Refusals: the reasons why rules forbid something.

A refusal is a value: a reason, the form field it concerns if any, and the facts for its sentence,
which the code for Slack and for the command line words. Rules return a refusal; a use case raises
it as `Refused`, which rolls back the transaction, so that a refusal never writes anything.
"""

import dataclasses
from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Any, TypeVar

T = TypeVar("T")


class Reason(StrEnum):
    """Reason why something cannot be done. Each has one sentence (`slack/refusal_words`)."""

    NO_SUCH_LETTER = "no_such_letter"
    NOT_ORGANISER = "not_organiser"
    OUT_OF_REACH = "out_of_reach"
    GUESTS_CANNOT_START = "guests_cannot_start"
    ORGANISER_MUST_BE_MEMBER = "organiser_must_be_member"
    LAST_ORGANISER = "last_organiser"
    ALREADY_ORGANISER = "already_organiser"
    NO_SUCH_ORGANISER = "no_such_organiser"

    STILL_DRAFT = "still_draft"
    NOT_A_DRAFT = "not_a_draft"
    IS_OPEN = "is_open"
    IS_CLOSED = "is_closed"
    IS_CANCELLED = "is_cancelled"
    IS_FOUNDING = "is_founding"
    IS_DELIVERED = "is_delivered"
    NOT_DELIVERED = "not_delivered"
    NO_SUCH_COPY = "no_such_copy"
    TOLD_ALREADY = "told_already"
    NOT_LATE = "not_late"
    LIST_CHANGED = "list_changed"
    DELIVERY_STAYS = "delivery_stays"
    CLOSE_FIRST = "close_first"
    ALREADY_PUBLIC = "already_public"
    DEADLINE_PASSED = "deadline_passed"
    DEADLINE_NOT_AHEAD = "deadline_not_ahead"

    EMPTY = "empty"
    TOO_LONG = "too_long"
    TOO_SHORT = "too_short"
    NO_LETTERS = "no_letters"
    HEAPED_MARKS = "heaped_marks"
    CLAIMS_A_MARK = "claims_a_mark"
    LOOKS_LIKE_LINK = "looks_like_link"
    LOOKS_LIKE_MENTION = "looks_like_mention"
    NO_ADDRESS = "no_address"
    CODE_EMPTY = "code_empty"
    CODE_WRONG = "code_wrong"
    CODE_TRIES = "code_tries"
    CODE_OVER = "code_over"
    MANY_CODES = "many_codes"
    MANY_FORMS = "many_forms"
    MANY_UNCONFIRMED = "many_unconfirmed"
    DOMAIN_REFUSED = "domain_refused"
    APPROVER_REFUSED = "approver_refused"
    APPROVAL_OVER = "approval_over"
    APPROVED_IN_VAIN = "approved_in_vain"
    OWN_ADDRESS = "own_address"
    NOT_A_NUMBER = "not_a_number"
    NOT_A_WEB_ADDRESS = "not_a_web_address"
    LONG_HEADINGS = "long_headings"
    NO_SUCH_HEADING = "no_such_heading"
    NO_SUCH_LANGUAGE = "no_such_language"
    LETTERS_LANGUAGE = "letters_language"
    NOT_A_DATE = "not_a_date"
    DATE_AHEAD = "date_ahead"

    UNUSABLE_CHOICES = "unusable_choices"
    INVITED_ONLY = "invited_only"
    NAMES_ARE_SHOWN = "names_are_shown"
    NAME_IS_WITHHELD = "name_is_withheld"
    RULE_WAS_SHOWN = "rule_was_shown"
    EMBARGO_WITHOUT_END = "embargo_without_end"
    EMBARGO_NOT_AHEAD = "embargo_not_ahead"
    EMBARGO_NEEDS_NOTICE = "embargo_needs_notice"
    PAGE_NEEDS_RESPONSIBLE = "page_needs_responsible"
    NO_PAGE = "no_page"
    DEADLINE_TOO_SOON = "deadline_too_soon"
    UNDER_EMBARGO = "under_embargo"

    PEOPLE_ONLY = "people_only"
    ORGANISATIONS_ONLY = "organisations_only"
    NOT_AUTHORISED = "not_authorised"
    ALREADY_SIGNED = "already_signed"
    MANY_ORGANISATIONS = "many_organisations"
    NOT_SIGNED = "not_signed"
    TEXT_CHANGED = "text_changed"
    GOES_LATE = "goes_late"
    GOES_ON_THE_WEB = "goes_on_the_web"
    ORGANISATION_SIGNED = "organisation_signed"
    READS_LIKE_ORGANISATION = "reads_like_organisation"
    ENTRY_REMOVED = "entry_removed"
    NOT_REMOVED = "not_removed"
    NOTHING_TO_UNDO = "nothing_to_undo"
    UNDO_LATER_FIRST = "undo_later_first"
    NOT_AN_ORGANISATION = "not_an_organisation"
    ALREADY_CONFIRMED = "already_confirmed"
    ALREADY_OBJECTED = "already_objected"
    MANY_OBJECTIONS = "many_objections"
    OWN_SIGNATURE = "own_signature"
    NOT_DISPUTED = "not_disputed"
    SAME_TEXT = "same_text"
    DRAFT_CHANGED = "draft_changed"
    CHANGED_AGAIN = "changed_again"
    AMENDED_MEANWHILE = "amended_meanwhile"
    STAYS_WHOSE_IT_IS = "stays_whose_it_is"
    NOTHING_TO_ANSWER = "nothing_to_answer"
    ANSWER_TOO_LATE = "answer_too_late"
    ANSWER_TOO_SOON = "answer_too_soon"
    ANSWER_TOO_FAR = "answer_too_far"
    NO_ANSWERS_OPEN = "no_answers_open"
    ANSWER_NOT_SOONER = "answer_not_sooner"
    STILL_TO_ANSWER = "still_to_answer"
    STILL_DROPPING = "still_dropping"
    NO_SUCH_SIGNATORY = "no_such_signatory"
    SIGNATURE_GONE = "signature_gone"
    SEVERAL_SIGNATORIES = "several_signatories"

    ALREADY_ADDED = "already_added"
    WITHDREW = "withdrew"
    SAME_SIGNER = "same_signer"
    SAME_PERSON = "same_person"
    TOO_MANY_CORRECTIONS = "too_many_corrections"
    NOT_A_GROUND = "not_a_ground"
    ANOTHER_ORGANISATION = "another_organisation"
    SAME_ENTRY = "same_entry"
    CORRECTION_OVER = "correction_over"
    NOTHING_CHOSEN = "nothing_chosen"
    SIGNED_HERE = "signed_here"

    NOT_INVITED = "not_invited"
    NO_SUCH_INVITATION = "no_such_invitation"
    INVITATION_SIGNED = "invitation_signed"
    INVITATION_UNSIGNED = "invitation_unsigned"
    INVITATION_ANSWERED = "invitation_answered"
    DAY_PASSED = "day_passed"
    DAY_TOO_LATE = "day_too_late"
    NOBODY_TO_INVITE = "nobody_to_invite"
    CHANNEL_UNSEEN = "channel_unseen"
    NOT_IN_CHANNEL = "not_in_channel"
    NOT_A_KIND = "not_a_kind"
    NOT_A_STATE = "not_a_state"
    NOT_A_MEMBER_ID = "not_a_member_id"
    NO_SUCH_MEMBER = "no_such_member"
    NAMED_TWICE = "named_twice"

    ALREADY_POSTED = "already_posted"
    NOT_POSTED = "not_posted"
    NOBODY_TO_REMIND = "nobody_to_remind"
    JUST_REMINDED = "just_reminded"
    NO_EMBARGO = "no_embargo"
    CANNOT_READ = "cannot_read"
    CHANGED_MEANWHILE = "changed_meanwhile"
    """A form's data have changed since they were read. The fact `entry` is then the current entry,
    and `yours` the typed one."""
    CHANGED_UNSEEN = "changed_unseen"
    ANSWER_UNSEEN = "answer_unseen"
    """The object of a decision changed since it was shown: `was` and `now` (`use_cases/seen`)."""


@dataclass(frozen=True, slots=True)
class Refusal:
    """One reason why something cannot be done.

    `field` is the name of the form field, or None if the refusal concerns the whole form.
    `facts` are values for the sentence (a limit, an entry, a date), never markup.
    """

    reason: Reason
    field: str | None = None
    facts: Mapping[str, Any] = dataclasses.field(default_factory=dict[str, Any])


class Refused(Exception):  # noqa: N818 - it is the past participle of what happened, not an error
    """Raised by a use case to roll back its transaction and pass the refusal to the caller."""

    def __init__(self, refusal: Refusal) -> None:
        super().__init__(refusal.reason.value)
        self.refusal = refusal

    @classmethod
    def because(cls, reason: Reason, field: str | None = None, **facts: Any) -> "Refused":
        """Return a `Refused` for a reason, a field and facts."""
        return cls(Refusal(reason, field, facts))


def raise_for(refusal: Refusal | None) -> None:
    """Raise a refusal, if there is one."""
    if refusal is not None:
        raise Refused(refusal)


def required(found: T | None, reason: Reason, **facts: Any) -> T:
    """Return what was looked up; refuse if it is None."""
    if found is None:
        raise Refused.because(reason, **facts)
    return found
