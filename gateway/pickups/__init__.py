"""What authorities hold for an entity: fetched into its inbox, again and again."""
