"""What all tests share: the document that ships with unkg, and the flag that writes golden files anew."""

from __future__ import annotations

from pathlib import Path

import pytest

from kg import run, sources
from kg.model import Record


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption("--regenerate", action="store_true", help="write the golden files anew, to be reviewed as a diff")


@pytest.fixture(scope="session")
def regenerate(request: pytest.FixtureRequest) -> bool:
    return bool(request.config.getoption("--regenerate"))


@pytest.fixture(scope="session")
def seed() -> Path:
    return Path(__file__).parent.parent / "data" / "A_RES_76_213.zh.txt"


@pytest.fixture(scope="session")
def seed_record(seed: Path) -> Record:
    return run.record(sources.source(seed))
