"""The people, organisations and channels of the demonstration; all of them are made up."""

from typing import Any

from bot.letters.people import Actor, Membership, Person

TEAM = "T0COALITION"
ELSEWHERE = "T0ELSEWHERE"
BOT_USER = "U0BOT"

ORGANISER = "U0ORGANISER"
SECOND = "U0SECOND"
JUNIPER, SAFFRON, ROWAN, CLEMENTINE = "U0MEMBER1", "U0MEMBER2", "U0MEMBER3", "U0MEMBER4"
FENNEL, SORREL, ESTRAGON, MARJORAM = "U0MEMBER5", "U0MEMBER6", "U0MEMBER7", "U0MEMBER8"
TANSY, SAGE, YARROW = "U0MEMBER9", "U0MEMBER10", "U0MEMBER11"
GUEST = "U0GUEST"
VISITOR = "U0VISITOR"

NEWCOMER = TANSY
"""A member who has neither signed nor been invited."""

GENERAL, OPEN_INTERNET, STEERING, PARTNERS = (
    "C0GENERAL",
    "C0OPENINTERNET",
    "C0STEERING",
    "C0PARTNERS",
)


def _person(user: str, name: str, role: str, tz: str, color: str, **more: Any) -> dict[str, Any]:
    return {"id": user, "real_name": name, "role": role, "tz": tz, "color": color, **more}


PEOPLE = [
    _person(ORGANISER, "Olive Lantern", "Organiser", "Europe/Berlin", "7c3aed"),
    _person(SECOND, "Basil Harbour", "Organiser", "America/New_York", "b45309"),
    _person(JUNIPER, "Juniper Vale", "Member", "Africa/Nairobi", "047857"),
    _person(SAFFRON, "Saffron Bell", "Member", "America/Sao_Paulo", "be123c"),
    _person(ROWAN, "Rowan Quill", "Member", "Asia/Kolkata", "1d4ed8"),
    _person(CLEMENTINE, "Clementine Frost", "Member", "Pacific/Auckland", "0e7490"),
    _person(FENNEL, "Fennel Ashby", "Member", "Europe/London", "9333ea"),
    _person(SORREL, "Sorrel Dunn", "Member", "Europe/Dublin", "c2410c"),
    _person(ESTRAGON, "Estragón Peña", "Member", "America/Bogota", "15803d"),
    _person(MARJORAM, "Marjoram Pike", "Member", "America/Toronto", "a21caf"),
    _person(TANSY, "Tansy Weir", "Member", "Europe/Berlin", "0369a1"),
    _person(SAGE, "Sage Öztürk", "Member", "Europe/Istanbul", "4d7c0f"),
    _person(YARROW, "Yarrow Finch", "Member", "Europe/Paris", "be185d"),
    _person(GUEST, "Dill Hopper", "Guest", "Europe/London", "6b7280", is_restricted=True),
    _person(
        VISITOR, "Bay Laurel", "From another organisation", "Europe/Paris", "a16207", team=ELSEWHERE
    ),
]  # fmt: skip

_MEMBERS = [str(person["id"]) for person in PEOPLE[:-2]]

CHANNELS: list[dict[str, Any]] = [
    {
        "id": GENERAL,
        "name": "general",
        "kind": "public",
        "members": _MEMBERS,
        "topic": "News for everyone in the coalition",
    },
    {
        "id": OPEN_INTERNET,
        "name": "open-internet",
        "kind": "public",
        "members": [*_MEMBERS, GUEST, BOT_USER],
        "topic": "Letters and actions for an open internet",
    },
    {
        "id": STEERING,
        "name": "steering-group",
        "kind": "private",
        "members": [ORGANISER, SECOND, JUNIPER],
        "topic": "Type /invite @Undersigned to use the app here",
    },
    {
        "id": PARTNERS,
        "name": "partners",
        "kind": "shared",
        "members": [ORGANISER, SECOND, SAFFRON, VISITOR, BOT_USER],
        "topic": "Shared with another organisation",
    },
]

GUIDE: dict[str, Any] = {
    "title": "Three things to try",
    "steps": [
        {
            "words": "Sign the letter. You’re Tansy Weir: press *Sign* on its card.",
            "person": NEWCOMER,
            "place": OPEN_INTERNET,
        },
        {
            "words": "Run the letter. As Olive Lantern, the organiser, look at what needs you.",
            "person": ORGANISER,
            "place": "app-home",
        },
        {
            "words": "Answer an invitation. Clementine Frost has one among her messages.",
            "person": CLEMENTINE,
            "place": "app-messages",
        },
    ],
}
"""Things to try, shown to a newcomer on the page, each with a person to be and a place."""


def name_of(user: str) -> str:
    """Return a user's full name."""
    return next(str(one["real_name"]) for one in PEOPLE if one["id"] == user)


def person(user: str) -> Person:
    """Return the `Person` of a user, with their workspace."""
    return Person(ELSEWHERE if user == VISITOR else TEAM, user)


def actor(user: str) -> Actor:
    """Return a user as the actor of a use case."""
    membership = {GUEST: Membership.GUEST, VISITOR: Membership.OUTSIDER}
    return Actor(
        workspace=TEAM,
        person=person(user),
        membership=membership.get(user, Membership.MEMBER),
    )
