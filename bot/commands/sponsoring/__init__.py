"""Commands about who answers for guests."""
