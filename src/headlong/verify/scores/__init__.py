"""Scores: what was said, what happened, and how good the one was for the other."""
