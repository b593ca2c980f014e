"""What is wrong with a case, what looks odd, and what it does not say."""
