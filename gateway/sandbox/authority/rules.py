"""What the authority judges by."""

import datetime

RULES = {
    "SA-TLS": "records come over TLS with a certificate of the authority",
    "SA-JWS": "a record comes as flattened JWS with its certificate",
    "SA-SIGNATURE": "it is signed with a certificate of the authority, in force and not revoked",
    "SA-RECORD": "it has its members and its one spelling",
    "SA-SELLER": "a certificate that names an organisation signs for no other",
    "SA-FORK": "one record for each place in a seller's chain",
    "SA-WAIT": "the next record not before the wait that was asked for is over",
    "SA-ORDER": "no record before its predecessor",
    "SA-CHAIN": "previous is the predecessor's digest",
    "SA-CLOCK": "not made in the future",
    "SA-TIME": "not made before its predecessor",
    "SA-LATE": "within 48 hours, declared as deferred or not",
    "SA-DECLARED": "what is later than an hour declares itself deferred",
    "SA-DUPLICATE": "a document's number is registered once",
    "SA-QUERY": "who asks for a seller's records says from behind which place",
    "SA-AMOUNTS": "no more VAT than there is in all, and of the same sign",
}
"""By id. `SA-DECLARED` is remarked upon, and refuses nothing."""

AHEAD = datetime.timedelta(minutes=5)
"""How far the sender's clock may be ahead."""

PROMPT = datetime.timedelta(hours=1)
WITHIN = datetime.timedelta(hours=48)
"""How late a record may be, also when it was made while the authority was away."""
