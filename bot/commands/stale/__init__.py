"""Commands about forgotten guests."""
