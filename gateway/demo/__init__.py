"""The main job, shown end to end on one machine: what `gateway demo` runs."""
