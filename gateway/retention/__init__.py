"""How long documents are kept and why, and what happens when that time is over."""
