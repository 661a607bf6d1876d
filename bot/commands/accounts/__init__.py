"""The end of a guest's account: what it still holds, blocking and deleting it."""
