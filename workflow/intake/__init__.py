"""Published documents and ledger files become draft plans: pure reading, nothing is stored here."""
