"""Commands about connected organizations."""
