"""Access packages as text: the file that `package export` writes and `package apply` takes back."""
