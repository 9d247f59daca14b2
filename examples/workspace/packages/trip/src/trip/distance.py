"""How far two places on the earth are from each other."""

from math import asin, cos, radians, sin, sqrt

EARTH_KM = 6371.0
DETOUR = 1.25
"""A way by bicycle is longer than the straight line."""


def kilometres(one: tuple[float, float], other: tuple[float, float]) -> float:
    """The way between two places, given by degrees north and east."""
    (north, east), (to_north, to_east) = one, other
    half = sin(radians(to_north - north) / 2) ** 2
    across = cos(radians(north)) * cos(radians(to_north)) * sin(radians(to_east - east) / 2) ** 2
    return 2 * EARTH_KM * asin(sqrt(half + across)) * DETOUR
