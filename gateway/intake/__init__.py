"""Documents handed in: taken durably at once, many in one commit, and made a moment later."""
