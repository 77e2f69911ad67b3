"""`gateway seed`: a realistic sandbox, in an account of a gateway that runs."""

import httpx2

from gateway.demo.api import Api
from gateway.demo.seed import SeedError, Seeding
from gateway.kit.console import err, out


def seed(url: str, key: str, number: int, documents: int) -> int:
    """Fill the account of a key; return the exit code: 2 when it was not done."""
    if not key.startswith("gw_sandbox_"):
        err.print("a sandbox is filled with a sandbox key: gw_sandbox_...")
        return 2
    headers = {"Authorization": f"Bearer {key}"}
    with httpx2.Client(base_url=url, headers=headers, timeout=120, trust_env=False) as http:
        try:
            made = Seeding(Api(http), number, documents, err.print).run()
        except SeedError as error:
            err.print(str(error))
            return 2
        except httpx2.TransportError as error:
            err.print(f"no gateway answers at {url}: {error}; start it with `gateway serve`")
            return 2
    out.print(", ".join(f"{count} {what}" for what, count in made.items()))
    return 0
