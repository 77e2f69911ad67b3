"""The demo stops its gateway no sooner than the gateway itself would have stopped."""

from pathlib import Path

import pytest

from gateway.demo.server import environment_for, patience
from gateway.kit import embedded_postgres
from gateway.settings import Settings


def test_a_server_that_drains_is_not_killed(tmp_path: Path) -> None:
    settings = Settings()
    drains = settings.drain_notice_seconds + settings.drain_seconds
    assert patience(environment_for(tmp_path)) >= drains + embedded_postgres.STOP_SECONDS


def test_a_longer_drain_is_waited_for(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    usual = patience(environment_for(tmp_path))
    monkeypatch.setenv("GATEWAY_DRAIN_SECONDS", "100")
    monkeypatch.setenv("GATEWAY_DRAIN_NOTICE_SECONDS", "7")
    longer = patience(environment_for(tmp_path))
    assert longer - usual == 77
    assert longer >= Settings().drain_seconds + Settings().drain_notice_seconds
