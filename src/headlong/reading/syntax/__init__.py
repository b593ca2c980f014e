"""What each word does: tags, phrases, clauses, subjects."""
