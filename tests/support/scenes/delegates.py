"""Steps of the delegates of one organisation, for stories that need a second one."""

from tests.support.people import Person
from tests.support.stories import CHANNEL


async def names_organisation(
    person: Person, organisation: str, *, country: str = "", name: str = "", role: str = "Director"
) -> None:
    """Press Sign, fill in an organisation, and continue."""
    await person.click("Sign", channel=CHANNEL)
    await person.sees_modal("Sign the letter")
    await person.fill({"How are you signing?": "For my organisation"})
    await person.sees("Organisation")
    filled = {
        "Organisation": organisation,
        "Country": country,
        "Your role there": role,
        "Authorisation": ["I’m authorised to sign for this organisation"],
    }
    if name:
        filled["Your name"] = name
    await person.fill(filled)
    assert await person.submit() is None


async def confirms(person: Person, organisation: str, *, country: str = "") -> str:
    """Names an organisation that signed already and confirms it; gives the words of the thanks."""
    await names_organisation(person, organisation, country=country)
    await person.sees_modal("Already signed")
    assert await person.submit() is None
    said = await person.sees("Thank you! You’ve signed")
    await person.close(everything=True)
    return said


async def objects(person: Person, organisation: str, *, reason: str = "Nobody asked us.") -> None:
    """Names an organisation that signed already and objects to that."""
    await names_organisation(person, organisation)
    await person.sees_modal("Already signed")
    await person.click("Object")
    await person.sees_modal("Object")
    await person.fill({"reason": reason})
    assert await person.submit() is None
    await person.sees("white_check_mark: Thanks. The organisers have your")
    await person.close(everything=True)
