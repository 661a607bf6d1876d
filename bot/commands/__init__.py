"""What a person can ask: one verb per file."""
