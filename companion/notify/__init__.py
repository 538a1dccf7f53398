"""What leaves the house: messages worded, pushed and mailed. Knows no SQL and no Flask."""
