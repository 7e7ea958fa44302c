"""Database files that are wrong, or of another user."""

import sqlite3
import subprocess
from contextlib import closing

from tests.support.broken.installation import Installation, broken, full_disk, give_away, own_disk


@broken("WRONG  access: {folder}/data belongs to nobody, and this user", by_root=True)
def the_folder_of_another_user(one: Installation) -> None:
    give_away(one.data, 0o700)


@broken("WRONG  access: {folder}/data/undersigned.db belongs to nobody, and this", by_root=True)
def the_file_of_another_user(one: Installation) -> None:
    give_away(one.file, 0o600)


@broken("WRONG  access: {folder}/data/undersigned.db-wal belongs to nobody", by_root=True)
def a_log_left_by_root(one: Installation) -> None:
    wal = one.file.with_name("undersigned.db-wal")
    wal.touch()
    give_away(wal, 0o600)


@broken("WRONG  access: {folder}/data/undersigned.db-lock belongs to nobody", by_root=True)
def a_lock_left_by_root(one: Installation) -> None:
    lock = one.file.with_name("undersigned.db-lock")
    lock.touch()
    give_away(lock, 0o600)


@broken("WRONG  access: The database and the files beside it belong to different", by_root=True)
def files_of_several_users(one: Installation) -> None:
    lock = one.file.with_name("undersigned.db-lock")
    lock.touch()
    give_away(lock, 0o666)


@broken("WRONG  access: {folder}/theirs belongs to nobody, and this user", by_root=True)
def a_folder_that_cannot_be_made(one: Installation) -> None:
    (one.folder / "theirs").mkdir()
    give_away(one.folder / "theirs", 0o755)
    one.values["DATABASE_URL"] = f"sqlite:///{one.folder}/theirs/new/undersigned.db"


@broken("WRONG  access: {folder}/data has the mode 0500")
def a_folder_that_is_read_only(one: Installation) -> None:
    one.data.chmod(0o500)


@broken("WRONG  access: {folder}/data/undersigned.db has the mode 0400")
def a_file_that_is_read_only(one: Installation) -> None:
    one.file.chmod(0o400)


@broken("WRONG  access: {folder}/data/undersigned.db is a file, not a folder")
def a_file_in_place_of_a_folder(one: Installation) -> None:
    one.values["DATABASE_URL"] = f"sqlite:///{one.file}/undersigned.db"


@broken("WRONG  access: {folder}/data is a folder")
def a_folder_in_place_of_a_file(one: Installation) -> None:
    one.values["DATABASE_URL"] = f"sqlite:///{one.data}"


@broken("isn't there.\n       → Fix the link, or mount the disk that it points to.")
def a_link_to_a_disk_that_is_not_mounted(one: Installation) -> None:
    one.file.unlink()
    one.file.symlink_to("/away/undersigned.db")


@broken("data/other.db yet.\n       → If there was one, check DATABASE_URL, or restore a backup.")
def a_mistyped_path(one: Installation) -> None:
    one.values["DATABASE_URL"] = f"sqlite:///{one.data}/other.db"


@broken("look  files: Other users of this machine can look into")
def a_database_that_all_can_read(one: Installation) -> None:
    one.file.chmod(0o644)


@broken("WRONG  damage: {folder}/data/undersigned.db is damaged")
def an_index_that_lacks_a_row(one: Installation) -> None:
    with closing(sqlite3.connect(one.file, isolation_level=None)) as opened:
        opened.execute("CREATE TABLE kept (x)")
        opened.execute("CREATE INDEX kept_x ON kept (x)")
        opened.execute("INSERT INTO kept VALUES ('a')")
        opened.execute("PRAGMA writable_schema=ON")
        # The index of another column: no page is broken, and its rows are not the table's.
        opened.execute("INSERT INTO kept VALUES ('b')")
        opened.execute(
            "UPDATE sqlite_schema SET sql = 'CREATE TABLE kept (y, x)' WHERE name = 'kept'"
        )


@broken("WRONG  damage: {folder}/data/undersigned.db is damaged")
def a_file_that_is_cut_short(one: Installation) -> None:
    with one.file.open("r+b") as opened:
        opened.truncate(one.file.stat().st_size // 2 // 4096 * 4096)


@broken("WRONG  database: {folder}/data/undersigned.db can't be opened: the file isn't a SQLite")
def a_text_in_place_of_the_database(one: Installation) -> None:
    one.file.write_text("Dear all, " * 1000)


@broken("WRONG  writing: The database can't save anything: the disk is full.", by_root=True)
def a_disk_that_is_full(one: Installation) -> None:
    full_disk(one)


@broken("is on a read-only disk.\n       → Mount it so that it can be written to", by_root=True)
def a_disk_that_can_only_be_read(one: Installation) -> None:
    own_disk(one)
    subprocess.run(["mount", "-o", "remount,ro", str(one.data)], check=True)


@broken("can't be read: the disk is full.\n       → Make room", by_root=True)
def a_full_disk_without_room_for_the_log(one: Installation) -> None:
    full_disk(one)
    for end in ("-wal", "-shm"):
        one.file.with_name(f"undersigned.db{end}").touch(0o600)


@broken("WRONG  access: {folder}/data/undersigned.db-lock is a folder")
def a_folder_in_place_of_the_lock(one: Installation) -> None:
    (one.data / "undersigned.db-lock").mkdir()


@broken("name is too long")
def a_name_that_is_too_long(one: Installation) -> None:
    one.values["DATABASE_URL"] = f"sqlite:///{one.data}/{'x' * 300}.db"


def _change(one: Installation, *statements: str) -> None:
    with closing(sqlite3.connect(one.file, isolation_level=None)) as opened:
        for statement in statements:
            opened.execute(statement)


@broken("rows: {folder}/data/undersigned.db has rows in channels that refer to missing rows in")
def a_row_without_its_workspace(one: Installation) -> None:
    _change(one, "INSERT INTO channels VALUES ('T9', 'C9', '2026-03-03 10:00:00', '')")


@broken("WRONG  schema: The database belongs to another version of Undersigned")
def a_database_without_its_version(one: Installation) -> None:
    _change(one, "DELETE FROM alembic_version")


@broken("WRONG  removed: Workspace T9 removed the app, and will be erased on 15 March 2026")
def a_workspace_that_removed_the_app(one: Installation) -> None:
    _change(
        one,
        "INSERT INTO workspaces (id, name, created_at, gone_at) VALUES "
        "('T9', 'Nine', '2026-02-01 10:00:00.000000', '2026-03-01 10:00:00.000000')",
    )
