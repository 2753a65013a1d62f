"""What rules are tested on: facts as they are declared or counted, and what can be read off them."""
