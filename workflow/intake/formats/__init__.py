"""Every format becomes one thing, a Content; the way in is `door`."""
