"""What revalidations read of the documents is there."""

import sqlalchemy as sa

from gateway.kit.database import sqlalchemy_url
from gateway.revalidations.tables import read_only


def test_every_column_exists(admin_url: str) -> None:
    engine = sa.create_engine(sqlalchemy_url(admin_url))
    for table in read_only.tables.values():
        there = {column["name"] for column in sa.inspect(engine).get_columns(table.name)}
        assert {column.name for column in table.columns} <= there
    engine.dispose()
