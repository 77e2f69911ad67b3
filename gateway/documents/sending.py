"""How an issued document reaches its customer: a seam, because delivery knows documents."""

import datetime
from collections.abc import Callable
from uuid import UUID

from gateway.kit.tenancy import TenantTransaction

Send = Callable[[TenantTransaction, UUID, datetime.datetime], None]
"""Sends an issued document to its customer, or queues that, in the transaction. A Problem says why
it cannot be sent."""
