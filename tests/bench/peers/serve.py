"""Speaks the benchmark's protocol: `ready ABOUT`, then `WORK COUNT` is answered by the milliseconds that took."""
import sys
import time


def serve(works, about):
    print("ready", about, flush=True)
    for line in sys.stdin:
        work, count = line.split()
        run = works[work]
        start = time.perf_counter()
        for _ in range(int(count)):
            run()
        print((time.perf_counter() - start) * 1e3, flush=True)
