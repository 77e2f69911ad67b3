from tests.gateway.transmissions.conftest import stage

__all__ = ["stage"]
