"""What tests are made of: people and bureaus, plans and measures, and the road they travel."""
