"""Whoever has thousands to send makes nobody else wait behind them."""

import threading
from dataclasses import replace
from pathlib import Path

from gateway.kit.database import Database
from gateway.kit.ids import new_id
from gateway.transmissions.lanes import LaneKeeper
from gateway.transmissions.worker import Worker
from tests.gateway.archive import seed
from tests.gateway.transmissions.desk import QUICK, desk


def test_one_message_goes_out_with_the_next_turn_though_another_has_many_to_the_same_receiver(
    database: Database, admin_url: str, tmp_path: Path
) -> None:
    with desk(database, admin_url, tmp_path) as small:
        for _ in range(25):
            small.queue()
        small.owner = seed.tenant(admin_url)
        late = small.view(small.queue()).message_id
        worker = Worker(
            database,
            small.archive,
            [small.authority],
            policy=replace(QUICK, burst=20),
            chance=lambda: 0.0,
        )
        keeper = LaneKeeper(database, new_id(), 15)
        assert all(worker._turn(keeper, threading.Event()) for _ in range(2))
        keeper.drop()
        assert len(small.authority.ledger) == 21
        assert small.authority.ledger[-1] == late
