"""The mails Usher writes to guests, and the words of everything guests read, in their language."""
