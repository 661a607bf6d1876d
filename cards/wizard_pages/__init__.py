"""The pages of the wizard that describes an access package, a file each, and what they share."""
