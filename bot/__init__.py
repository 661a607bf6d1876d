"""Usher: looks after an organisation's guests, from Teams."""
