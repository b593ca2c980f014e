"""A forecast as a file, as running counts, as a summary, and beside another."""
