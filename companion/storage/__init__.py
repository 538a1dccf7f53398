"""Tables and how they are read and written. The only room that knows SQL."""
