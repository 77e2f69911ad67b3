import pytest


@pytest.fixture
def full(request: pytest.FixtureRequest) -> bool:
    """True when all documents are to be judged."""
    return bool(request.config.getoption("--full"))
