"""`make torture`: every torture in its full form, one after the other, and a table of it all."""

import sys
import traceback
from collections.abc import Callable

from tests.torture import buttons as pressing
from tests.torture import crash_postgresql as postgresql
from tests.torture import crash_sqlite as sqlite
from tests.torture import forged as from_nobody
from tests.torture import inbound as storm
from tests.torture import killed as cut_short
from tests.torture import sending as under_fire
from tests.torture import soak as soaking
from tests.torture import syncs as order
from tests.torture import syscalls as sweep
from tests.torture.report import Report, a_seed, show
from tests.torture.web import same_time as timing
from tests.torture.web import two_doors as doors

TORTURES: tuple[Callable[[int], Report], ...] = (
    lambda seed: sqlite.crash_sqlite(signatures=sqlite.SIGNATURES, kills=sqlite.KILLS, seed=seed),
    lambda seed: sweep.syscalls(injections=sweep.INJECTIONS, seed=seed),
    lambda seed: order.syncs(commits=order.COMMITS, seed=seed),
    lambda seed: postgresql.crash_postgresql(
        signatures=postgresql.SIGNATURES,
        kills=postgresql.KILLS,
        stops=postgresql.STOPS,
        seed=seed,
    ),
    lambda seed: under_fire.sending(
        reminders=under_fire.REMINDERS, kills=under_fire.KILLS, faults=under_fire.FAULTS, seed=seed
    ),
    lambda seed: cut_short.killed(kills=cut_short.KILLS, seed=seed),
    *(
        lambda seed, on=on: on(
            people=doors.PEOPLE, in_common=doors.IN_COMMON, kills=doors.KILLS, seed=seed
        )
        for on in (doors.on_sqlite, doors.on_postgresql)
    ),
    lambda seed: timing.same_time(pairs=timing.PAIRS, seed=seed),
    lambda seed: storm.inbound(payloads=storm.PAYLOADS, seed=seed),
    lambda seed: from_nobody.forged(requests=from_nobody.REQUESTS, seed=seed),
    lambda seed: pressing.buttons(seed=seed),
    lambda seed: soaking.soak(seconds=soaking.SECONDS, every_s=soaking.EVERY_S, seed=seed),
)


def main() -> int:
    """Run them all; return the exit code."""
    seed = int(sys.argv[1]) if len(sys.argv) > 1 else a_seed()
    reports: list[Report] = []
    broken = 0
    for torture in TORTURES:
        try:
            reports.append(torture(seed))
        except Exception:  # noqa: BLE001 - the others are run all the same
            traceback.print_exc()
            broken += 1
        else:
            show(reports[-1:])
    show(reports)
    return int(bool(broken) or not all(report.holds for report in reports))


if __name__ == "__main__":
    sys.exit(main())
