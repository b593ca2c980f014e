"""The page of the track record, section by section."""
