"""From bytes to sentences with dates."""
