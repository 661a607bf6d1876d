"""Commands about catalogs: what is in them, and who works in them."""
