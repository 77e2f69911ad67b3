"""Going on after an old backup was restored and the newer database is lost."""
