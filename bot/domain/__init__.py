"""Rules and data: who may, what is due, what comes next. Standard library only, no I/O."""
