"""What is said: events, stance, who speaks, what it refers to."""
