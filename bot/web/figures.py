"""Figures of a process for Prometheus, in its text format.

`prometheus_client` and the web's libraries are loaded where somebody asks for figures.
"""

from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from starlette.requests import Request
    from starlette.routing import Route

PREFIX = "undersigned_"


@dataclass(frozen=True, slots=True, kw_only=True)
class Figure:
    """One figure at one moment."""

    name: str
    about: str
    value: float
    grows: bool
    """It only grows while the process runs."""
    labels: dict[str, str] = field(default_factory=dict[str, str])


def gauge(name: str, about: str, value: float, **labels: str) -> Figure:
    """Return a figure that goes up and down."""
    return Figure(name=name, about=about, value=float(value), grows=False, labels=labels)


def counter(name: str, about: str, value: float, **labels: str) -> Figure:
    """Return a figure that only grows; its name ends with `_total`."""
    return Figure(name=name, about=about, value=float(value), grows=True, labels=labels)


def figure_routes(figures: Callable[[], Awaitable[Sequence[Figure]]]) -> list["Route"]:
    """Return `/metrics`."""
    from prometheus_client import (  # noqa: PLC0415 - only where it is asked for
        CONTENT_TYPE_LATEST,
        CollectorRegistry,
        ProcessCollector,
        generate_latest,
    )
    from prometheus_client.core import CounterMetricFamily, GaugeMetricFamily  # noqa: PLC0415
    from prometheus_client.registry import Collector  # noqa: PLC0415
    from starlette.responses import Response  # noqa: PLC0415
    from starlette.routing import Route  # noqa: PLC0415

    class Given(Collector):
        def __init__(self, given: Sequence[Figure]) -> None:
            self._given = given

        def collect(self) -> list[CounterMetricFamily | GaugeMetricFamily]:
            families: dict[str, CounterMetricFamily | GaugeMetricFamily] = {}
            for one in self._given:
                name = PREFIX + one.name
                family = families.get(name)
                if family is None:
                    made = CounterMetricFamily if one.grows else GaugeMetricFamily
                    family = families[name] = made(name, one.about, labels=list(one.labels))
                family.add_metric(list(one.labels.values()), one.value)
            return list(families.values())

    async def metrics(_: "Request") -> Response:
        registry = CollectorRegistry()
        registry.register(Given(await figures()))
        ProcessCollector(registry=registry)
        return Response(generate_latest(registry), media_type=CONTENT_TYPE_LATEST)

    return [Route("/metrics", metrics, methods=["GET"])]
