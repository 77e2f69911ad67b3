"""PKCS #12 files (RFC 7292), as authorities and browsers hand keys out: read by us, within bounds.

The readers of the libraries stretch a password as often as the file says, and the file is a
stranger's. Here every iteration is paid from one budget, also those that stand in what has to be
decrypted first; and each thing that can be wrong has a name.
"""
