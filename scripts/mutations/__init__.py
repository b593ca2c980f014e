"""Damaged inputs of each kind, and what the program must say of them."""
