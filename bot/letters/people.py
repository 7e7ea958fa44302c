"""People, as far as the rules of letters need to know them."""

from dataclasses import dataclass
from enum import StrEnum


@dataclass(frozen=True, slots=True, order=True)
class Person:
    """One human being, the same wherever they click.

    `team` is the workspace that their account belongs to, not the one they were seen in, so that
    a signer from another organisation is one person in every shared channel. `user` is opaque.
    """

    team: str
    user: str

    def __str__(self) -> str:
        """`team:user`, the form in which a person is written into keys."""
        return f"{self.team}:{self.user}"

    @classmethod
    def parse(cls, text: str) -> "Person":
        """The reverse of `str(person)`.

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
    """Role of a person in one letter. An organiser is one whatever else they are."""

    ORGANISER = "organiser"
    FIRST_SIGNER = "first_signer"
    """Chosen to sign before the card is public, whatever they are to the workspace."""
    MEMBER = "member"
    GUEST = "guest"
    OUTSIDER = "outsider"


def role(membership: Membership, *, organises: bool, founds: bool = False) -> Role:
    """The role that decides what somebody may do with a letter."""
    if organises:
        return Role.ORGANISER
    return Role.FIRST_SIGNER if founds else Role(membership.value)


@dataclass(frozen=True, slots=True, kw_only=True)
class Actor:
    """The person who acts, as the edge knows them."""

    workspace: str
    """The workspace that the bot is installed in, where it happens."""
    person: Person
    membership: Membership
