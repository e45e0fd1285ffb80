"""The pages of accounts: signing in and out, one's password, the language."""
