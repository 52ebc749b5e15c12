"""What programs took from the original beside its interface."""
