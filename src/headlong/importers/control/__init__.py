"""Maps and tables of control become a history."""
