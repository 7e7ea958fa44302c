from tests.torture.report import a_seed
from tests.torture.web.same_time import same_time


def test_same_time() -> None:
    """The answer to an address takes as long whether it signed or not."""
    report = same_time(pairs=100, seed=a_seed())

    assert report.holds, report
