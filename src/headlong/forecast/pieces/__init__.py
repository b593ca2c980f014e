"""A forecast in pieces: members run anywhere, joined to the bits of one run; and forecasts without members."""
