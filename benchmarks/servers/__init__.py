"""Servers to measure against, each one program: the connector's stand-in and Usher's peers."""
