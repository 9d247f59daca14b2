"""A trip: its legs, one after the other, and how long each takes."""

from dataclasses import dataclass, field
from itertools import pairwise

from .distance import kilometres
from .towns import TOWNS


@dataclass
class Leg:
    """From one town to the next."""

    start: str
    end: str
    km: float
    minutes: int

    @property
    def time(self) -> str:
        return f"{self.minutes // 60}:{self.minutes % 60:02} h"


@dataclass
class Plan:
    """All legs of a trip."""

    legs: list[Leg] = field(default_factory=list)

    @property
    def km(self) -> float:
        return sum(leg.km for leg in self.legs)


def plan(start: str, end: str, speed: float) -> Plan:
    """The way along the river from one town to another, at ``speed`` kilometres an hour."""
    names = list(TOWNS)
    first, last = names.index(start), names.index(end)
    way = names[first : last + 1] if first <= last else names[last : first + 1][::-1]
    legs = []
    for one, other in pairwise(way):
        km = kilometres(TOWNS[one], TOWNS[other])
        legs.append(Leg(one, other, round(km, 1), round(km / speed * 60)))
    return Plan(legs)
