"""People and their roles in a letter."""

from dataclasses import dataclass
from enum import StrEnum

MAIL = "mail"
"""The team of people who are known by a mail address. No workspace has this id."""


@dataclass(frozen=True, slots=True, order=True)
class Person:
    """A person, the same in every channel.

    `team` is the workspace of their account, not the one where they were seen: a signer from
    another organisation is one person in every shared channel. `user` is opaque.
    """

    team: str
    user: str

    @property
    def by_mail(self) -> bool:
        """Return whether they are known by a mail address and not by an account in Slack."""
        return self.team == MAIL

    def __str__(self) -> str:
        """Return `team:user`, the form of a person within keys."""
        return f"{self.team}:{self.user}"

    @classmethod
    def parse(cls, text: str) -> "Person":
        """Parse the text that `str(person)` returned.

        Raises:
            ValueError: `text` is not of the form `team:user`.
        """
        team, colon, user = text.partition(":")
        if not (team and colon and user):
            raise ValueError(f"not a person: {text!r}")
        return cls(team, user)


class Membership(StrEnum):
    """Membership of a person in the workspace of a letter."""

    MEMBER = "member"
    GUEST = "guest"
    OUTSIDER = "outsider"
    """Someone of another organisation who shares a channel."""


class Role(StrEnum):
    """Role of a person in one letter. An organiser has no other role, and is a full member."""

    ORGANISER = "organiser"
    FIRST_SIGNER = "first_signer"
    """Chosen to sign before the card is public, whatever their membership."""
    MEMBER = "member"
    GUEST = "guest"
    OUTSIDER = "outsider"
    SIGNER = "signer"
    """Signed a letter that they can't reach any more: its text and their own signature are left."""
    STRANGER = "stranger"
    """Somebody who must not learn that the letter exists."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Ties:
    """A person's connections to one letter."""

    organises: bool = False
    chosen: bool = False
    """Chosen to sign before a card is posted."""
    invited: bool = False
    signed: bool = False
    """Has a signature on the letter that hasn't ended."""
    present: bool = False
    """Known to be in a channel that has or had its card."""


NO_TIES = Ties()


def role(membership: Membership, ties: Ties, *, posted: bool, public: bool) -> Role:
    """Return a person's role in a letter, which determines all that they may see and do.

    This is the only rule about who may see a letter; everything uses it through `use_cases/gate`.

    `posted`: whether a card was ever posted; before, only organisers and chosen first signers see
    the letter. The phase cannot tell, as a letter can close and reopen without a card. `public`:
    whether a card is or was in a public channel, which every full member may open.
    """
    if ties.organises and membership is Membership.MEMBER:
        return Role.ORGANISER
    if not posted:
        return Role.FIRST_SIGNER if ties.chosen else Role.STRANGER
    by_name = ties.chosen or ties.invited
    if by_name or ties.present or (public and membership is Membership.MEMBER):
        return Role(membership.value)
    return Role.SIGNER if ties.signed else Role.STRANGER


@dataclass(frozen=True, slots=True, kw_only=True)
class Actor:
    """The person who acts, with the workspace and their membership in it."""

    workspace: str
    """The workspace that the bot is installed in."""
    person: Person
    membership: Membership
