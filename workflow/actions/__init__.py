"""All writes of business state: one function per verb of DOMAIN.md."""
