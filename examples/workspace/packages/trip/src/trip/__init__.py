"""Distances and times of a trip by bicycle."""

from .plan import Leg as Leg
from .plan import Plan as Plan
from .plan import plan as plan
from .towns import TOWNS as TOWNS
