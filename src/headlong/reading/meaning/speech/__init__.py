"""Who speaks, and for whom."""
