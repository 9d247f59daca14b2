"""Shapes of two dimensions."""

from .checks import positive


class Square:
    def __init__(self, side: float) -> None:
        self.side = side

    def area(self) -> float:
        return positive(self.side) ** 2
