"""Access reviews: start one, decide in it, run it, and see what came of it."""
