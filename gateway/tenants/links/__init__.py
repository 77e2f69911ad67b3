"""Magic links: a secret that is worth one session of one person in one entity."""
