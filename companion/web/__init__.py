"""The web room: the only one that knows Flask. Start reading in `app`."""
