"""What people say about notices before access ends: when they are told, how often, and what becomes of each access."""
