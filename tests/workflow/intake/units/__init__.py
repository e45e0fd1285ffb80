"""Units as documents write them."""
