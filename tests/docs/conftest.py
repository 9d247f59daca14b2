"""What tests of the documentation share: its pages, read as the site reads them."""

from __future__ import annotations

import sys

import pytest

from visits import ROOT

SITE = ROOT / "docs" / "site"
sys.path.insert(0, str(SITE))

from manual.contents import sections  # noqa: E402
from manual.document import Document, read  # noqa: E402


@pytest.fixture(scope="session")
def documents() -> dict[str, Document]:
    """Every page of the site by its name, in the order of the list of pages."""
    return {page: read(page) for section in sections() for page in section.pages}
