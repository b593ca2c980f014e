"""Scores of many hindcasts as plain numbers, as tables, and as the track record."""
