"""A package of the author's own, of more than one module."""

from .flat import Square as Square
