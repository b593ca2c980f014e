"""What you see: a forecast in words and tables, progress, and what went wrong."""
