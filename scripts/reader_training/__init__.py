"""Training of the small reader; nothing here is in the package."""
