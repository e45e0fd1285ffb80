"""Pages about a plan's later editions: beside the plan, kept to be read, admitted and settled."""
