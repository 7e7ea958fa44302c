"""Faults around a database: erasures, backups, other processes, the network."""

import os
import socket
import time

from tests.support.broken.installation import Installation, broken, give_away
from tests.support.commands import free_port


@broken("look  erasures: ERASURES isn't set, so the list of erasures would be lost")
def erasures_listed_beside_the_database(one: Installation) -> None:
    del one.values["ERASURES"]


@broken("WRONG  erasures: ERASURES isn't set: erased people would come back")
def erasures_that_nothing_lists(one: Installation) -> None:
    del one.values["ERASURES"]
    one.values["DATABASE_URL"] = f"postgres://u:p@127.0.0.1:{free_port()}/d"


@broken("WRONG  erasures: ERASURES names a file in {folder}/away, and there's no such folder")
def a_list_on_a_disk_that_is_not_mounted(one: Installation) -> None:
    one.values["ERASURES"] = f"{one.folder}/away/undersigned.erasures"


@broken("WRONG  erasures: The list of erasures can't be written: ", by_root=True)
def a_list_made_by_root(one: Installation) -> None:
    listed = one.backups / "undersigned.erasures"
    listed.touch()
    give_away(listed, 0o600)


@broken("isn't a list of erasures, or it's damaged")
def a_list_that_is_none(one: Installation) -> None:
    (one.backups / "undersigned.erasures").write_text("Dear all")


@broken("isn't a list of erasures, or it's damaged")
def a_folder_in_place_of_the_list(one: Installation) -> None:
    listed = one.backups / "undersigned.erasures"
    listed.unlink()
    listed.mkdir()


@broken("look  erasures: There's no list of erasures in {folder}/backups/undersigned.erasures yet")
def a_list_that_is_gone(one: Installation) -> None:
    (one.backups / "undersigned.erasures").unlink()


@broken("WRONG  backup: There's no backup in {folder}/backups")
def no_backup(one: Installation) -> None:
    (one.backups / "monday.db").unlink()


@broken("WRONG  backup: There's no backup in {folder}/backups")
def a_backup_that_is_empty(one: Installation) -> None:
    (one.backups / "monday.db").write_bytes(b"")


@broken("WRONG  backup: There's no backup in {folder}/backups")
def a_backup_that_is_unfinished(one: Installation) -> None:
    (one.backups / "monday.db").rename(one.backups / "monday.db.7.unfinished")


@broken("WRONG  backup: {folder}/backups/monday.db is damaged")
def a_backup_that_is_cut_short(one: Installation) -> None:
    file = one.backups / "monday.db"
    os.truncate(file, file.stat().st_size // 2)


@broken("look  files: Other users of this machine can read the backups in {folder}/backups")
def backups_that_all_can_read(one: Installation) -> None:
    one.backups.chmod(0o755)
    (one.backups / "monday.db").chmod(0o644)


@broken("WRONG  backup: {folder}/backups/monday.db isn't a SQLite database")
def a_text_in_place_of_a_backup(one: Installation) -> None:
    (one.backups / "monday.db").write_text("Dear all")


@broken("WRONG  process: No process can listen at METRICS_PORT")
def a_port_for_figures_that_another_program_has(one: Installation) -> None:
    taken = one.held.enter_context(socket.create_server(("127.0.0.1", 0)))
    one.values["METRICS_PORT"] = str(taken.getsockname()[1])


@broken("WRONG  process: No process can listen at port")
def a_host_with_a_port(one: Installation) -> None:
    one.values["HOST"] = "0.0.0.0:3000"


@broken("WRONG  backup: The newest backup in {folder}/backups is 72 hours old")
def an_old_backup(one: Installation) -> None:
    then = time.time() - 72 * 3600
    os.utime(one.backups / "monday.db", (then, then))
    (one.backups / "undersigned.erasures").touch()


@broken("WRONG  backup: The backups can't be read: {folder}/backups belongs to", by_root=True)
def backups_of_another_user(one: Installation) -> None:
    give_away(one.backups, 0o700)


@broken("look  backup: We don't know where your backups are")
def a_list_that_is_beside_the_database(one: Installation) -> None:
    one.values["ERASURES"] = f"{one.data}/undersigned.erasures"


@broken("WRONG  process: Another program has port")
def a_port_that_another_program_has(one: Installation) -> None:
    taken = one.held.enter_context(socket.create_server(("127.0.0.1", 0)))
    one.values["HEALTH_PORT"] = str(taken.getsockname()[1])


@broken("WRONG  database: The database of DATABASE_URL can't be opened: there's no host of that")
def a_host_that_is_not_there(one: Installation) -> None:
    one.values["DATABASE_URL"] = "postgres://u:p@nowhere.invalid/d"


@broken("WRONG  slack: Slack can't be reached")
def no_network(one: Installation) -> None:
    one.values["SLACK_API_URL"] = f"http://127.0.0.1:{free_port()}/api/"
