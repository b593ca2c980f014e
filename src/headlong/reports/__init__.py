"""What is said: reports, and what they settle."""
