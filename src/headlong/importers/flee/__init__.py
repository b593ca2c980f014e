"""A conflict of Flee or FabFlee becomes a case."""
