"""The only room that knows SQL: the ledger on SQLite or PostgreSQL."""
