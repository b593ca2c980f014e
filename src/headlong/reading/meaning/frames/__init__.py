"""Claims: the frames of verbs and nouns, and how they are filled."""
