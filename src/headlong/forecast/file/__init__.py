"""The forecast file: written whole or not at all, and read only if it is what docs/forecast-file.md says."""
