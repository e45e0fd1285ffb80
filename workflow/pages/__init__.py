"""Every page of the ledger: thin views over queries, actions and flows. HTTP is named here and nowhere below."""
