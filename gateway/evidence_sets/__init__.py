"""Evidence sets: finding them by whatever somebody holds in hand, and many in one file."""
