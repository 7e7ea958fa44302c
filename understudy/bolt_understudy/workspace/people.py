from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any
from zoneinfo import ZoneInfo


@dataclass(frozen=True, slots=True, kw_only=True)
class Person:
    """A person with an account in this workspace, or in one that shares a channel.

    `role` is a sentence shown only on the page; `bot_id` is set only for bot users.
    """

    id: str
    team: str
    name: str
    real_name: str
    display_name: str
    role: str = ""
    tz: str = "Etc/UTC"
    locale: str = "en-GB"
    deleted: bool = False
    is_restricted: bool = False
    is_ultra_restricted: bool = False
    color: str = "4a5568"
    bot_id: str = ""

    @property
    def is_bot(self) -> bool:
        """Return whether the account is a bot's."""
        return bool(self.bot_id)

    @property
    def is_guest(self) -> bool:
        """Return whether the account is a single- or multi-channel guest."""
        return self.is_restricted or self.is_ultra_restricted

    @property
    def shown_name(self) -> str:
        """Return the name that Slack shows beside a message."""
        return self.display_name or self.real_name

    @property
    def initials(self) -> str:
        """Return one or two letters to show as a picture."""
        words = self.shown_name.split()
        return "".join(word[0] for word in (words[:1] + words[1:][-1:])).upper()

    def page_form(self, *, is_stranger: bool) -> dict[str, Any]:
        """Return the person in the form of the local Slack's own endpoints."""
        return {
            "id": self.id,
            "team": self.team,
            "name": self.name,
            "real_name": self.real_name,
            "display_name": self.display_name,
            "role": self.role,
            "tz": self.tz,
            "locale": self.locale,
            "is_bot": self.is_bot,
            "deleted": self.deleted,
            "is_restricted": self.is_restricted,
            "is_ultra_restricted": self.is_ultra_restricted,
            "is_stranger": is_stranger,
            "color": self.color,
            "initials": self.initials,
        }

    def user_object(
        self,
        *,
        now: float,
        home_team: str,
        is_stranger: bool,
        include_locale: bool = False,
        app_id: str = "",
    ) -> dict[str, Any]:
        """Return Slack's user object: shorter if deactivated, without locale for an outsider."""
        profile: dict[str, Any] = {
            "title": "",
            "phone": "",
            "skype": "",
            "real_name": self.real_name,
            "real_name_normalized": self.real_name,
            "display_name": self.display_name,
            "display_name_normalized": self.display_name,
            "status_text": "",
            "status_emoji": "",
            "status_expiration": 0,
            "avatar_hash": "",
            "team": self.team,
        }
        if self.bot_id:
            profile |= {"api_app_id": app_id, "bot_id": self.bot_id, "always_active": True}
        user: dict[str, Any] = {
            "id": self.id,
            "team_id": self.team,
            "name": self.name,
            "deleted": self.deleted,
            "profile": profile,
            "is_bot": self.is_bot,
            "is_app_user": False,
            "updated": int(now),
        }
        if self.deleted:
            return user
        local = datetime.fromtimestamp(now, UTC).astimezone(ZoneInfo(self.tz))
        offset = local.utcoffset()
        user |= {
            "color": self.color,
            "real_name": self.real_name,
            "tz": self.tz,
            "tz_label": local.tzname() or self.tz,
            "tz_offset": int(offset.total_seconds()) if offset else 0,
            "is_admin": False,
            "is_owner": False,
            "is_primary_owner": False,
            "is_restricted": self.is_restricted,
            "is_ultra_restricted": self.is_ultra_restricted,
            "is_email_confirmed": not self.is_bot,
            "who_can_share_contact_card": "EVERYONE",
        }
        if self.team != home_team:
            user["is_stranger"] = is_stranger
        elif include_locale:
            user["locale"] = self.locale
        return user


def read_person(form: dict[str, Any], known: Person | None, team: str) -> Person:
    """Return a person from an endpoint's JSON; missing fields keep their known values.

    Raises:
        ValueError: a new person without an id, or a time zone that does not exist.
    """
    before: dict[str, Any] = {}
    if known:
        before = {name: getattr(known, name) for name in Person.__slots__}
    elif not form.get("id"):
        raise ValueError("a person needs an id")
    fields = before | {key: value for key, value in form.items() if key in Person.__slots__}
    fields.setdefault("team", team)
    name = fields.setdefault("name", fields["id"].lower())
    real_name = fields.setdefault("real_name", fields.get("display_name") or name)
    fields.setdefault("display_name", real_name)
    if form.get("is_bot") and not fields.get("bot_id"):
        fields["bot_id"] = "B" + fields["id"][1:]
    try:
        ZoneInfo(fields.get("tz", "Etc/UTC"))
    except (KeyError, ValueError) as error:
        raise ValueError(f"no time zone is called {fields['tz']}") from error
    return Person(**fields)
