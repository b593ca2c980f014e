"""The verbs: each parses, calls and prints."""
