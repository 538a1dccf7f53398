"""Words, numbers and dates in Dutch and French. The only room that imports babel."""
