"""Commands on API keys. They act on the database directly: whoever can run them owns it."""

import json
from uuid import UUID

from rich.table import Table

from gateway.cli.console import err, fail, out
from gateway.kit import clock
from gateway.kit.ids import parse_id, public_id
from gateway.kit.tenancy import Environment, Tenant
from gateway.problems import Problem
from gateway.runtime import Runtime
from gateway.settings import Settings
from gateway.tenants import service as tenants
