"""Faults that another command than doctor meets."""

from bot.storage.privacy.erasure_list import ErasureList
from tests.support.broken.files import (
    a_folder_in_place_of_the_lock,
    a_folder_that_cannot_be_made,
    a_lock_left_by_root,
)
from tests.support.broken.installation import Installation, broken, full_disk, give_away


@broken("{folder}/data belongs to nobody, and this user", by_root=True)
def letters_in_the_folder_of_another_user(one: Installation) -> None:
    give_away(one.data, 0o700)
    one.command = ["letters", "list"]


@broken("{folder}/data belongs to nobody, and this user", by_root=True)
def a_backup_from_the_folder_of_another_user(one: Installation) -> None:
    give_away(one.data, 0o700)
    one.command = ["backup", "tuesday.db"]


@broken("{folder}/backups belongs to nobody, and this user", by_root=True)
def a_backup_into_the_folder_of_another_user(one: Installation) -> None:
    give_away(one.backups, 0o755)
    one.command = ["backup", "backups/tuesday.db"]


@broken("{folder}/theirs belongs to nobody, and this user", by_root=True)
def a_database_that_cannot_be_made(one: Installation) -> None:
    a_folder_that_cannot_be_made(one)
    one.command = ["migrate"]


@broken("{folder}/data/undersigned.db-lock belongs to nobody, and this user", by_root=True)
def a_start_with_the_lock_of_another_user(one: Installation) -> None:
    a_lock_left_by_root(one)
    one.command = ["run"]


@broken("can't be opened: one of its files is a folder.")
def a_start_with_a_folder_in_place_of_the_lock(one: Installation) -> None:
    a_folder_in_place_of_the_lock(one)
    one.command = ["run"]


@broken("the disk is full", by_root=True)
def a_backup_on_a_full_disk(one: Installation) -> None:
    full_disk(one)
    one.command = ["backup", f"{one.data}/tuesday.db"]


@broken("the disk is full", by_root=True)
def an_upgrade_on_a_full_disk(one: Installation) -> None:
    full_disk(one)
    one.values["DATABASE_URL"] = f"sqlite:///{one.data}/new.db"
    one.command = ["migrate"]


@broken("the disk is full", by_root=True)
def an_erasure_on_a_full_disk(one: Installation) -> None:
    full_disk(one)
    one.values["ERASURES"] = f"{one.data}/undersigned.erasures"
    one.command = ["people", "erase", "U0MEMBER1", "--yes"]


@broken("is the list of erasures of another installation")
def a_backup_beside_those_of_another_installation(one: Installation) -> None:
    theirs = one.folder / "theirs"
    theirs.mkdir()
    for folder in (one.backups, theirs):
        ErasureList(folder / "undersigned.erasures").begin()
    one.command = ["backup", f"{theirs}/tuesday.db"]
