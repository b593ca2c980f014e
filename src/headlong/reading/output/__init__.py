"""Draft tables and what is printed."""
