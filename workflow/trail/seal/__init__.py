"""The seal: an append-only Merkle tree over the lines of the trail, and its signed heads. Knows no database and no Django."""
