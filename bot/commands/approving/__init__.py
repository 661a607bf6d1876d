"""What approvers ask of Usher: what waits for them, and their decisions."""
