"""The console script `companion`."""


def main() -> None:
    raise SystemExit(2)
