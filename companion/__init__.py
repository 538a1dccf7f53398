"""Andante: a companion for people who stabilise, reduce or stop sleeping pills at their own pace."""
