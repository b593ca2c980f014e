"""Places and roads of a country, for a case that has none."""
