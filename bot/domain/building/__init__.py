"""What an access package is made of, how people describe one, and what follows from it. Standard library only."""
