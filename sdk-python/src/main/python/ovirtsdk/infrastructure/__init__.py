"""What the interface of version 3 is made of."""
