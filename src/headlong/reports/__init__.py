"""What is said: reports as observations, how far each is believed, and what they settle."""
