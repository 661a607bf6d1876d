"""A guest wants to keep an access: who decides, the question, and the decision."""
