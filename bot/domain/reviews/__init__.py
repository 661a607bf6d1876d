"""Access reviews: what Entra tells of them, what Usher remembers, and the rules for deciding."""
