"""Runs the reference's grid over processes that share one copy of the data.

It says `loaded`, `started`, `loss` and `ended`, as the project's own program does."""
import json
import multiprocessing
import sys


def run_grid(train_trial):
    """Calls train_trial(data, weight_scale, learning_rate, epochs) for each point in forked processes.

    It returns the mean loss of the first epoch's steps."""
    from workloads import splits

    settings = json.loads(sys.argv[1])
    data = splits()
    print("loaded", flush=True)
    points = [(ws, lr) for ws in settings["weightScale"] for lr in settings["learningRate"]][: settings["trials"]]
    context = multiprocessing.get_context("fork")
    taken = context.Value("i", 0)
    trials = [(*point, settings["epochs"]) for point in points]
    # Forked processes share the data and whatever the parent has loaded.
    arguments = (train_trial, data, trials, taken)
    processes = [context.Process(target=work, args=arguments) for _ in range(settings["workers"])]
    print("started", flush=True)
    for process in processes:
        process.start()
    for process in processes:
        process.join()
        if process.exitcode:
            sys.exit("a process of the grid failed")
    print("ended", flush=True)


def work(train_trial, data, trials, taken):
    while True:
        with taken:
            index, taken.value = taken.value, taken.value + 1
        if index >= len(trials):
            return
        print("loss", index, train_trial(data, *trials[index]), flush=True)
