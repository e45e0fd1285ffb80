"""What a text promises in numbers and states, and by when."""
