from tests.torture.report import a_seed
from tests.torture.soak import soak


def test_soak() -> None:
    """A copy made while people sign has all that was thanked for, and can be gone back to."""
    report = soak(seconds=4, every_s=2, seed=a_seed())

    assert report.holds, report
