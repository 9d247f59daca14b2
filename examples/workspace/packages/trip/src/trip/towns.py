"""Towns, and where they lie: degrees north and east."""

TOWNS = {
    "Passau": (48.57, 13.46),
    "Linz": (48.31, 14.29),
    "Grein": (48.23, 14.85),
    "Melk": (48.23, 15.33),
    "Krems": (48.41, 15.60),
    "Tulln": (48.33, 16.05),
    "Vienna": (48.21, 16.37),
    "Hainburg": (48.15, 16.94),
    "Bratislava": (48.15, 17.11),
}
