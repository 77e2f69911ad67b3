"""Background work: jobs that any worker process takes, and what is done again and again."""
