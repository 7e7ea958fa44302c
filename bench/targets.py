"""Judges a figure against its target."""


def target(
    what: str, figure: float, *, at_least: float | None = None, at_most: float | None = None
) -> None:
    """Print a ratio, the target, and whether it is met."""
    bound = f"at least {at_least:g}" if at_least is not None else f"at most {at_most:g}"
    met = (at_least is None or figure >= at_least) and (at_most is None or figure <= at_most)
    print(f"{'met' if met else 'NOT MET':>8}  {what}: {figure:.2f} ({bound})")
