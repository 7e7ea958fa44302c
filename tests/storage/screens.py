"""Every screen that somebody can open, by the use cases that read for it."""

import importlib
import inspect
import pkgutil
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from inspect import getclosurevars, isfunction
from typing import Any

import bot
from bot.letters.endorsement import Facts
from bot.letters.letter import Letter
from bot.letters.people import Person
from bot.letters.phases import Action
from bot.storage.database import Database, Transaction
from tests.support.clock import START
from tests.support.letters import MEMBER, ORGANISER, WORKSPACE, an_actor, for_organisation
from tests.support.scenes.long_letters import entry, signatory

Ask = Callable[[Transaction], object]
Given = Callable[["Scene"], dict[str, Any]]

WHOLE = {
    "bot.features.delivery.use_cases.exports.every_letter",
    "bot.features.delivery.use_cases.exports.export",
    "bot.features.delivery.use_cases.papers._finished",
    "bot.features.delivery.use_cases.papers.quotes",
    "bot.features.invitations.use_cases.tables.rows",
    "bot.features.privacy.use_cases.history.whole",
}
"""Whole lists, for the command line: a process of its own."""
BY_ID = {
    "bot.features.amendments.use_cases.proposals.before_fix",
    "bot.features.cards.use_cases.card",
    "bot.features.corrections.use_cases.asked",
    "bot.features.corrections.use_cases.look_back",
    "bot.features.corrections.use_cases.standing",
    "bot.features.delivery.use_cases.public_page.shown",
    "bot.features.delivery.use_cases.updates.told",
    "bot.features.signing.use_cases.approvals.find",
    "bot.features.signing.use_cases.codes.address_of",
    "bot.features.signing.use_cases.codes.may_sign",
    "bot.features.signing.use_cases.codes.page_of",
    "bot.features.signing.use_cases.codes.secret",
    "bot.features.signing.use_cases.codes.sent",
    "bot.features.signing.rows.find",
    "bot.storage.privacy.addresses.check",
    "bot.storage.privacy.addresses.find",
    "bot.storage.privacy.addresses.person_of",
    "bot.use_cases.addressees.done_with",
    "bot.use_cases.direct_messages.find",
}
"""Amendments, cards, corrections, public pages, messages, codes and addresses, each by its id."""
PASTED = {
    "bot.features.collected.use_cases.additions._decide",
    "bot.features.collected.use_cases.lookalikes._filed",
    "bot.features.collected.use_cases.lookalikes._named",
    "bot.features.collected.use_cases.lookalikes._sizes",
    "bot.features.invitations.use_cases.tables.look_through",
}
"""Tables that an organiser pastes: a look at each of their entries."""
NOT_HERE = {
    "bot.features.delivery.use_cases.public_page.shared",
    "bot.features.invitations.use_cases.answers.with_others",
    "bot.features.invitations.use_cases.invitations.find",
    "bot.features.invitations.use_cases.first_signers.first_signers",
    "bot.use_cases.letter_lookup.editable",
}
"""Screens of a draft, which nobody has signed, of a public page, and of one invitation."""
ASIDE = {
    "bot.features.delivery.use_cases.public_page.content",
    "bot.features.desk.use_cases.signers.named",
    "bot.features.invitations.use_cases.last_time.last_time",
    "bot.features.privacy.use_cases.erasure.kept_about",
    "bot.features.reminders.use_cases.reminders.reach",
}
"""Use cases that look at everybody, because the answer may be any: in a window that is open already."""
ENDED = {
    "bot.features.delivery.use_cases.handover.delivered",
    "bot.features.delivery.use_cases.handover.look",
}
"""Screens of a letter that is closed or delivered."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Scene:
    """A letter that many signed, with the numbers of its first and last signer."""

    letter: Letter
    first: int
    last: int
    amendment: str = ""
    proposal: str = ""

    def id(self, number: int) -> str:
        """The id of one of its signatories."""
        return signatory(self.first - 1 + number)

    def entry(self, number: int) -> str:
        """The entry of one of its signatories."""
        return entry(self.first - 1 + number)


def _facts(scene: Scene) -> dict[str, Any]:
    """Make the arguments that use cases ask for, by their names."""
    user = f"UX{scene.first - 1 + 501}"
    return {
        "action": Action.SEE_SIGNATORIES,
        "actor": ORGANISER,
        "after": "",
        "amendment": scene.amendment,
        "by": ORGANISER.person.user,
        "channel": "C1",
        "day": START.date(),
        "endorsement": scene.id(501),
        "facts": Facts(name="Ada King"),
        "invitation": "",
        "letter": scene.letter.id,
        "limit": 20,
        "name": scene.entry(510),
        "new": scene.letter.text_sha256,
        "old": scene.letter.text_sha256,
        "person": Person(WORKSPACE, user),
        "proposal": scene.proposal,
        "replaced": False,
        "search": "",
        "signatory": scene.id(510),
        "signature": for_organisation(MEMBER, scene.letter, scene.entry(510)),
        "step": "d7",
        "tz": "UTC",
        "workspace": WORKSPACE,
    }


def _signer(scene: Scene) -> dict[str, Any]:
    return {"actor": an_actor(f"UX{scene.first - 1 + 501}")}


def _nothing_more(scene: Scene) -> dict[str, Any]:
    del scene
    return {}


def run_by(one: object) -> object:
    """Return the method of the database that runs a use case; None for anything else."""
    if not isfunction(one) or not hasattr(one, "__wrapped__"):
        return None
    return getclosurevars(one).nonlocals.get("run")


VARIANTS: dict[str, dict[str, Given]] = {
    "corrections.use_cases.named": {"": lambda s: {"name": s.entry(501)}},
    "home.page": {"organiser": _nothing_more, "signer": _signer},
    "merges.look_for_pairs": {"organisations": _nothing_more},
    "own_signature.mine": {"": _signer},
    "own_signature.own_on": {"": _signer, "nothing signed": _nothing_more},
    "own_signature.refuse_change": {"": _signer},
    "pages.who_signed": {
        "first": lambda _: {"after": None},
        "last": lambda s: {"after": (2, 0, "", signatory(s.last - 30), "", "")},
    },
    "signatures.opening": {"signer": _signer, "nothing signed": _nothing_more},
    "signers.signers": {
        "first": _nothing_more,
        "last": lambda s: {"after": signatory(s.last - 30)},
    },
    "standing.case": {"": lambda s: {"signatory": s.id(250)}},
    "withdrawals.use_cases.held": {"": _signer},
}  # fmt: skip
"""More than one question of a use case, or another one than its arguments' names say."""


def _stories() -> Iterator[tuple[object, Any]]:
    """All that only read, and by what."""
    for module in pkgutil.walk_packages(bot.__path__, "bot."):
        if "use_cases" in module.name:
            for one in vars(importlib.import_module(module.name)).values():
                run = run_by(one)
                if run in {Database.read, Database.read_aside}:
                    yield run, one.__wrapped__


def beside_the_loop() -> set[str]:
    """Return the names of the use cases that read in a thread of their own."""
    return {_name(story) for run, story in _stories() if run is Database.read_aside}


def screens(scene: Scene, *features: str) -> dict[str, Ask]:
    """Return what every use case reads for a screen, or those of some features.

    One that these facts do not answer, and that is not left out by name, fails here.
    """
    found: dict[str, Ask] = {}
    left_out = WHOLE | NOT_HERE | BY_ID | PASTED | ASIDE | (set() if features else ENDED)
    for _, story in _stories():
        name = _name(story)
        of_them = not features or any(f".{one}." in f"{name}." for one in features)
        if of_them and name not in left_out:
            variants = next((v for k, v in VARIANTS.items() if name.endswith(f".{k}")), None)
            for what, given in (variants or {"": _nothing_more}).items():
                facts = _facts(scene) | given(scene)
                assert _is_answered_by(story, facts), name
                found[f"{name} {what}".strip()] = _asking(story, facts)
    return found


def _name(story: Callable[..., object]) -> str:
    return f"{story.__module__}.{story.__name__}"


def _is_answered_by(story: Callable[..., object], facts: dict[str, Any]) -> bool:
    """Return whether these facts are all it asks for; others are ids and rows that are at hand."""
    taken = inspect.signature(story).parameters.values()
    return all(
        one.name in facts or one.default is not one.empty for one in taken if one.name != "tx"
    )


def _asking(story: Callable[..., object], facts: dict[str, Any]) -> Ask:
    taken = inspect.signature(story).parameters
    given = {name: facts[name] for name in taken if name in facts}
    return lambda tx: story(tx, **given)
