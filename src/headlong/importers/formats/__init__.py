"""Files of any program as rows of texts."""
