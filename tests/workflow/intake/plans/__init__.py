"""Plans in the layouts of published ones, invented whole, each with its facts by hand beside it."""
