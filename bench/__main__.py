"""``python -m bench NAME…``: run measurements by name, or all of them."""

import importlib
import sys

NAMES = (
    "build",
    "size",
    "pages",
    "click",
    "events",
    "rows",
    "table",
    "memory",
    "boot",
    "packages",
    "parallel",
    "calls",
)


def main() -> None:
    """Run the named measurements in order."""
    wanted = sys.argv[1:] or list(NAMES)
    unknown = [name for name in wanted if name not in NAMES]
    if unknown:
        raise SystemExit(f"no measurement named {unknown[0]}; there are: {', '.join(NAMES)}")
    for name in wanted:
        print(f"== {name}")
        importlib.import_module(f"bench.{name}").main()


if __name__ == "__main__":
    main()
