"""`gateway fsck`: proves the promises of the gateway from what is stored, with code of its own.

It imports nothing of what it checks (an import contract): not the formats, not the transmissions,
not the archive. So it cannot agree with their mistakes.
"""
