"""What leaves the ledger as a file that is printed and passed on."""
