"""What every feature needs and no business word describes: clock, ids, database, secrets, HTTP."""
