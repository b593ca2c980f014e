"""Maps and timelines for papers and notebooks."""
