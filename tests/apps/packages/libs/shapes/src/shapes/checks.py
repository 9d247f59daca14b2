"""What a shape may be."""


def positive(number: float) -> float:
    if number <= 0:
        raise ValueError(f"{number} is not positive")
    return number
