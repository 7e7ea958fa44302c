"""Settings that are wrong."""

from tests.support.broken.installation import Installation, broken, give_away


@broken("SLACK_BOT_TOKEN has quotes around it")
def a_token_in_quotes(one: Installation) -> None:
    one.values["SLACK_BOT_TOKEN"] = f'"{one.values["SLACK_BOT_TOKEN"]}"'


@broken("SLACK_APP_TOKEN has spaces or line breaks around it")
def a_token_with_a_line_break(one: Installation) -> None:
    one.values["SLACK_APP_TOKEN"] += "\n"


@broken("DATABASE_URL has quotes around it")
def an_address_in_quotes(one: Installation) -> None:
    one.values["DATABASE_URL"] = f"'{one.values['DATABASE_URL']}'"


@broken("SLACK_BOT_TOKEN doesn't begin with xoxb-")
def tokens_that_are_swapped(one: Installation) -> None:
    one.values["SLACK_BOT_TOKEN"] = one.values["SLACK_APP_TOKEN"]


@broken("SLACK_BOT_TOKEN isn't set, and there's no file .env in {folder}.")
def no_token(one: Installation) -> None:
    del one.values["SLACK_BOT_TOKEN"]


@broken("WRONG  unknown: DATABSE_URL isn't a setting, and DATABASE_URL isn't set.")
def a_misspelt_variable(one: Installation) -> None:
    one.values["DATABSE_URL"] = one.values.pop("DATABASE_URL")


@broken("WRONG  unknown: SLACK_TOKEN isn't a setting, and SLACK_BOT_TOKEN isn't set.")
def a_misspelt_variable_in_the_file(one: Installation) -> None:
    token = one.values.pop("SLACK_BOT_TOKEN")
    (one.folder / ".env").write_text(f"SLACK_TOKEN={token}\n")


@broken("WRONG  ports: HEALTH_PORT and METRICS_PORT are the same port")
def one_port_for_health_and_figures(one: Installation) -> None:
    one.values["METRICS_PORT"] = one.values["HEALTH_PORT"]


@broken("WRONG  ports: PORT and HEALTH_PORT are the same port")
def one_port_for_slack_and_health(one: Installation) -> None:
    one.values["SLACK_SIGNING_SECRET"] = "0" * 32
    one.values["PORT"] = one.values["HEALTH_PORT"]


@broken("PORT isn't a port")
def a_port_in_words(one: Installation) -> None:
    one.values["PORT"] = "http"


@broken("SLACK_API_URL isn't an http or https address")
def an_address_with_half_a_bracket(one: Installation) -> None:
    one.values["SLACK_API_URL"] = "http://[::1/api/"


@broken("PUBLIC_URL isn't an http or https address without a path")
def a_port_that_no_machine_has(one: Installation) -> None:
    one.values["PUBLIC_URL"] = "https://letters.example.org:99999"


@broken("PUBLIC_URL isn't an http or https address without a path")
def a_public_address_with_a_password(one: Installation) -> None:
    one.values["PUBLIC_URL"] = "https://user:password@letters.example.org"


@broken("LOG_LEVEL isn't a log level")
def a_log_level_of_our_own(one: Installation) -> None:
    one.values["LOG_LEVEL"] = "verbose"


@broken("SLACK_API_URL isn't an http or https address")
def an_address_without_a_scheme(one: Installation) -> None:
    one.values["SLACK_API_URL"] = "slack.com/api"


@broken("DATABASE_URL isn't the address of a SQLite file or a PostgreSQL database")
def a_path_instead_of_an_address(one: Installation) -> None:
    one.values["DATABASE_URL"] = str(one.file)


@broken("DATABASE_URL has the parameter “schema”, which we don't know")
def a_parameter_that_the_driver_lacks(one: Installation) -> None:
    one.values["DATABASE_URL"] = "postgres://u:p@127.0.0.1/d?schema=public"


@broken("WRONG  transport: Neither SLACK_APP_TOKEN nor SLACK_SIGNING_SECRET is set")
def no_way_in(one: Installation) -> None:
    del one.values["SLACK_APP_TOKEN"]


@broken("The file .env can't be read (UnicodeDecodeError): it should be UTF-8")
def a_file_of_settings_in_utf16(one: Installation) -> None:
    (one.folder / ".env").write_text("PORT=3000\n", encoding="utf-16")


@broken("look  secrets: Other users of this machine can read")
def a_file_of_settings_that_all_can_read(one: Installation) -> None:
    (one.folder / ".env").write_text("LOG_LEVEL=info\n")
    (one.folder / ".env").chmod(0o644)


@broken(".env belongs to nobody, and this user", by_root=True)
def a_file_of_settings_of_another_user(one: Installation) -> None:
    (one.folder / ".env").write_text("LOG_LEVEL=info\n")
    give_away(one.folder / ".env", 0o600)


@broken("belongs to nobody, and this user", by_root=True)
def started_in_the_folder_of_another_user(one: Installation) -> None:
    # As `sudo -u undersigned undersigned doctor` in root's home.
    give_away(one.folder, 0o700)


@broken("Line 3 of the file .env can't be read: it has no “=”")
def a_line_of_another_form(one: Installation) -> None:
    (one.folder / ".env").write_text("# Ports\n\nMETRICS_PORT: 9464\n")


@broken("Line 1 of the file .env can't be read: its quotes aren't a pair around the whole value")
def a_quote_without_its_end(one: Installation) -> None:
    # Without this line, the bot would begin an empty database in another place.
    address = one.values.pop("DATABASE_URL")
    (one.folder / ".env").write_text(f'DATABASE_URL="{address}\nLOG_LEVEL=info\n')


@broken("The file .env can't be read: it is a folder")
def a_folder_of_settings(one: Installation) -> None:
    # Docker makes one if it is to mount a file that isn't there.
    (one.folder / ".env").mkdir()


@broken("The file .env can't be read: it is a link to /away/.env, which isn't there")
def settings_on_a_disk_that_is_not_mounted(one: Installation) -> None:
    (one.folder / ".env").symlink_to("/away/.env")
