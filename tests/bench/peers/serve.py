"""Speaks the benchmark's protocol: `ready ABOUT`, then `WORK COUNT` is answered by the milliseconds that took, and
`QUESTION COUNT` by JSON."""
import json
import sys
import time


def serve(works, about, questions={}):
    print("ready", about, flush=True)
    for line in sys.stdin:
        word, count = line.split()
        if word not in works:
            print(json.dumps(questions[word](int(count)) if word in questions else None), flush=True)
            continue
        run = works[word]
        start = time.perf_counter()
        for _ in range(int(count)):
            run()
        print((time.perf_counter() - start) * 1e3, flush=True)


def serve_steps(step, reset, subnormal, about):
    """Serves the work `step`, which goes on from batch to batch, and the questions `losses`, `reset`, `subnormal`.

    step(index) trains on a batch and returns its loss; reset() puts the net back to its beginning; subnormal() counts
    the numbers of parameters, gradients and optimizer that are subnormal."""
    following = [0]

    def run():
        loss = step(following[0])
        following[0] += 1
        return loss

    def losses(count):
        reset()
        following[0] = 0
        return [run() for _ in range(count)]

    serve({"step": run}, about, {"losses": losses, "reset": lambda _: reset(), "subnormal": lambda _: subnormal()})
