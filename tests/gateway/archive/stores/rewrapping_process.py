"""A process that wraps entities' keys anew, to be killed: `URL KEYS` (base64, newest first)."""

import base64
import sys

from gateway.archive.stores.entity_keys import SEALED
from gateway.kit import clock
from gateway.kit.database import Database
from gateway.kit.secrets import MasterKey
from gateway.signing.encryption import MasterKeyEncryption
from gateway.signing.rewrapping import rewrap

if __name__ == "__main__":
    url, keys = sys.argv[1:]
    master = MasterKey(*map(base64.b64decode, keys.split()))
    sys.stdout.write("begun\n")
    sys.stdout.flush()
    rewrap(Database(url), MasterKeyEncryption(master), clock.now(), batch=10, sealed=SEALED)
