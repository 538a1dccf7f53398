"""Signing in, against one look at a passphrase with argon2id: what remains is little, the rest is meant to be slow."""

from __future__ import annotations

from time import process_time

from bench.measure import Line
from bench.ten_years import NAME, ORIGIN, PASSPHRASE, ten_years
from companion.services.passphrases import hash_passphrase, verify_passphrase

TIMES = 9


def bench() -> Line:
    stored = hash_passphrase(PASSPHRASE)
    ours, alone = [], []
    with ten_years(30) as someone:
        for _ in range(TIMES):
            browser, signed = someone.app.test_client(), {"name": NAME, "passphrase": PASSPHRASE}
            began = process_time()
            answer = browser.post("/sign-in", data=signed, base_url=ORIGIN, headers={"Origin": ORIGIN})
            ours.append(process_time() - began)
            if answer.status_code != 303:
                raise SystemExit(f"/sign-in answered {answer.status_code}")
            began = process_time()
            verify_passphrase(stored, PASSPHRASE)
            alone.append(process_time() - began)
    return Line("sign_in", min(ours) * 1000, "ms", min(alone) * 1000)
