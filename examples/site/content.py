"""The articles of the site, as Markdown."""

import dataclasses


@dataclasses.dataclass
class Article:
    """One article; ``slug`` is its part of the address."""

    slug: str
    title: str
    summary: str
    text: str


ARTICLES = [
    Article(
        "tides",
        "Why there are two tides a day",
        "The moon pulls on the near side. What lifts the water on the far side?",
        """
The moon pulls hardest on the water that is **nearest** to it, a little less on the earth's
centre, and least on the water on the **far** side.

Seen from the earth's centre, the near water is pulled ahead and the far water left behind:

1. one bulge faces the moon,
2. one bulge faces away from it,
3. the earth turns under both.

So most coasts meet high water every *twelve and a half hours*.
""",
    ),
    Article(
        "bread",
        "What a sourdough starter is",
        "Flour, water, patience: the small zoo in a jar.",
        """
A starter is a stable company of **wild yeasts** and **lactic acid bacteria**.

- The yeasts make the gas that lifts the dough.
- The bacteria make the acids that flavour it, and that keep other guests out.

> Feed it as much flour as you took, and it lives for decades.

A common feeding is `1 : 1 : 1`, starter to flour to water by weight.
""",
    ),
    Article(
        "maps",
        "Every flat map tells a lie",
        "Shape, size, direction, distance: a projection keeps some and gives up the rest.",
        """
A sphere cannot be pressed flat without stretching; Gauss proved it in 1827.

| projection | keeps | gives up |
| --- | --- | --- |
| Mercator | directions | sizes near the poles |
| Gall-Peters | sizes | shapes |
| Robinson | nothing exactly | little of anything |

So ask of a map what it is *for* before asking whether it is right.
""",
    ),
]
