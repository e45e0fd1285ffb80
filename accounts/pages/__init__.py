"""The pages of accounts: signing in and out, the language, and the administrators' master data."""
