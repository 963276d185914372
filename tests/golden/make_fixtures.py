"""Makes the fixtures beside it with PyTorch in float64, an implementation that shares no line with Seedbed.

    apt-get install -y --no-install-recommends python3-numpy python3-torch
    /usr/bin/python3 tests/golden/make_fixtures.py

Random streams, initialization, shuffling and dropout masks are written down again here from their definitions, so that a
whole training run can be compared number by number.
"""

import json
import math
import pathlib
from statistics import NormalDist

import torch

torch.set_default_dtype(torch.float64)
torch.set_num_threads(1)
FOLDER = pathlib.Path(__file__).parent / "fixtures"
MASK = 0xFFFFFFFF


class Stream:
    """Tyche-i, seeded by a text."""

    def __init__(self, path):
        self.a, self.b, self.c, self.d = 0, 0, 2654435769, 1367130551
        for k in range(len(path) + 20):
            self.b ^= ord(path[k]) if k < len(path) else 0
            self.uint32()

    def uint32(self):
        a, b, c, d = self.a, self.b, self.c, self.d
        b = ((b << 25 | b >> 7) & MASK) ^ c
        c = (c - d) & MASK
        d = ((d << 24 | d >> 8) & MASK) ^ a
        a = (a - b) & MASK
        b = ((b << 20 | b >> 12) & MASK) ^ c
        c = (c - d) & MASK
        d = ((d << 16) & MASK | c >> 16) ^ a
        a = (a - b) & MASK
        self.a, self.b, self.c, self.d = a, b, c, d
        return a

    def uniform(self):
        while True:
            top = self.uint32() >> 11
            value = (top + self.uint32() / 2**32) / 2**21
            if value != 0:
                return value

    def below(self, n):
        limit = 2**32 - 2**32 % n
        while True:
            value = self.uint32()
            if value < limit:
                return value % n

    def normal(self):
        return NormalDist().inv_cdf(self.uniform())


def shuffled(n, path):
    order, stream = list(range(n)), Stream(path)
    for i in range(n - 1, 0, -1):
        j = stream.below(i + 1)
        order[i], order[j] = order[j], order[i]
    return order


def normals(rows, cols, path, scale=1.0):
    stream = Stream(path)
    return torch.tensor([[stream.normal() * scale for _ in range(cols)] for _ in range(rows)])


def mask(rows, cols, stream, keep):
    draws = [[stream.uint32() < keep * 2**32 for _ in range(cols)] for _ in range(rows)]
    return torch.tensor(draws, dtype=torch.float64) / keep


def flat(tensor):
    return tensor.detach().reshape(-1).tolist()


def shaped(tensor):
    tensor = tensor.detach()
    tensor = tensor.reshape(1, -1) if tensor.dim() == 1 else tensor
    return {"rows": tensor.shape[0], "cols": tensor.shape[1], "data": flat(tensor)}


def gradients(out, dy, **inputs):
    return dict(zip(inputs, map(shaped, torch.autograd.grad(out, list(inputs.values()), dy))))


def layer_cases():
    x, dy = normals(6, 7, "x"), normals(6, 5, "dy")
    w, b = normals(7, 5, "w"), normals(1, 5, "b")[0]
    g, be, dz = normals(1, 7, "gamma")[0], normals(1, 7, "beta")[0], normals(6, 7, "dz")
    for tensor in (x, w, b, g, be):
        tensor.requires_grad_()
    cases = {}

    def case(name, out, grad, inputs, **more):
        given = {key: shaped(value) for key, value in inputs.items()}
        cases[name] = {"inputs": given, "dy": shaped(grad), "out": shaped(out), "gradients": gradients(out, grad, **inputs), **more}

    case("affine", x @ w + b, dy, {"x": x, "W": w, "b": b})
    case("affine relu", torch.relu(x @ w + b), dy, {"x": x, "W": w, "b": b})
    case("relu", torch.relu(x), dz, {"x": x})
    mean, var = x.mean(0), x.var(0, unbiased=False)
    batch = torch.nn.functional.batch_norm(x, None, None, g, be, training=True, eps=1e-5)
    running = {"mean": shaped(0.1 * mean), "variance": shaped(0.1 * var)}
    test = torch.nn.functional.batch_norm(x, 0.1 * mean.detach(), 0.1 * var.detach(), g, be, training=False, eps=1e-5)
    case("batch normalization", batch, dz, {"x": x, "gamma": g, "beta": be}, running=running, test=shaped(test))
    layer = torch.nn.functional.layer_norm(x, (7,), g, be, eps=1e-5)
    case("layer normalization", layer, dz, {"x": x, "gamma": g, "beta": be}, test=shaped(layer))
    keep = mask(6, 7, Stream("dropout"), 0.7)
    case("dropout", x * keep, dz, {"x": x}, test=shaped(x), path="dropout", keepRatio=0.7)
    return cases


ACTIVATIONS = {
    "relu": torch.relu,
    "leakyRelu": torch.nn.functional.leaky_relu,
    "gelu": torch.nn.functional.gelu,
    "geluTanh": lambda x: torch.nn.functional.gelu(x, approximate="tanh"),
    "silu": torch.nn.functional.silu,
    "tanh": torch.tanh,
    "sigmoid": torch.sigmoid,
}


def activation_case(name):
    x, dy = normals(6, 40, f"{name}/x", 3.0).requires_grad_(), normals(6, 40, f"{name}/dy")
    out = ACTIVATIONS[name](x)
    return {"inputs": {"x": shaped(x)}, "dy": shaped(dy), "out": shaped(out), "gradients": gradients(out, dy, x=x)}


def loss_case():
    scores = normals(5, 4, "scores", 30.0).requires_grad_()
    with torch.no_grad():
        scores[0] += 1e4
        scores[1, 2] = -1e5
    labels = torch.tensor([0, 3, 2, 1, 1])
    loss = torch.nn.functional.cross_entropy(scores, labels)
    (gradient,) = torch.autograd.grad(loss, scores)
    return {"scores": shaped(scores), "labels": labels.tolist(), "loss": loss.item(), "gradient": shaped(gradient)}


def target_loss(name, scores, targets, delta=1.0):
    """The loss of outputs and targets, the mean over all elements."""
    if name == "sigmoid":
        return torch.nn.functional.binary_cross_entropy_with_logits(scores, targets)
    return torch.nn.functional.mse_loss(scores, targets) if name == "squared" else (
        torch.nn.functional.huber_loss(scores, targets, delta=delta))


def target_loss_case(name, delta=1.0):
    scores = normals(6, 3, f"{name}/scores", 3.0).requires_grad_()
    targets = normals(6, 3, f"{name}/targets", 2.0)
    if name == "sigmoid":
        targets = torch.sigmoid(targets)
        with torch.no_grad():
            scores[0] *= 1e3
    loss = target_loss(name, scores, targets, delta)
    (gradient,) = torch.autograd.grad(loss, scores)
    return {"name": name, "delta": delta, "scores": shaped(scores), "targets": shaped(targets), "loss": loss.item(),
            "gradient": shaped(gradient)}


OPTIMIZERS = {
    "sgd": ({}, lambda p, lr: torch.optim.SGD(p, lr)),
    "momentum": ({"momentum": 0.8}, lambda p, lr: torch.optim.SGD(p, lr, momentum=0.8)),
    "nesterov": ({"momentum": 0.8}, lambda p, lr: torch.optim.SGD(p, lr, momentum=0.8, nesterov=True)),
    "rmsprop": ({"decayRate": 0.95, "epsilon": 1e-6}, lambda p, lr: torch.optim.RMSprop(p, lr, alpha=0.95, eps=1e-6)),
    "adam": ({"beta1": 0.85, "beta2": 0.99, "epsilon": 1e-6}, lambda p, lr: torch.optim.Adam(p, lr, (0.85, 0.99), 1e-6)),
    "adamw": (
        {"beta1": 0.85, "beta2": 0.99, "epsilon": 1e-6, "weightDecay": 0.2},
        lambda p, lr: torch.optim.AdamW(p, lr, (0.85, 0.99), 1e-6, 0.2),
    ),
}


def optimizer_case(name):
    settings, make = OPTIMIZERS[name]
    weights = normals(3, 4, f"weights/{name}").requires_grad_()
    start = shaped(weights)
    optimizer = make([weights], 0.05)
    steps = []
    for step in range(6):
        gradient = normals(3, 4, f"gradient/{name}/{step}")
        weights.grad = gradient
        optimizer.step()
        steps.append({"gradient": flat(gradient), "weights": flat(weights)})
    spec = {"name": "momentum" if name == "nesterov" else name, "learningRate": 0.05, **settings}
    if name in ("momentum", "nesterov"):
        spec["nesterov"] = name == "nesterov"
    return {"spec": spec, "start": start, "steps": steps}


class Net:
    """The net and solver of one run, on PyTorch's autograd."""

    def __init__(self, run):
        self.run, model = run, run["model"]
        dims = [run["inputDim"], *model["hiddenDims"], run.get("numOutputs", run.get("numClasses"))]
        self.depth, self.params = len(dims) - 1, {}
        for i in range(1, len(dims)):
            scale = math.sqrt(2 / dims[i - 1]) if model["weightScale"] == "he" else model["weightScale"]
            self.params[f"W{i}"] = normals(dims[i - 1], dims[i], f"{run['seed']}/init/W{i}", scale)
            normalized = model["normalization"] and i < self.depth
            if not normalized or model.get("bias", True):
                self.params[f"b{i}"] = torch.zeros(dims[i])
            if normalized:
                self.params[f"gamma{i}"], self.params[f"beta{i}"] = torch.ones(dims[i]), torch.zeros(dims[i])
        for tensor in self.params.values():
            tensor.requires_grad_()
        self.running = {i: [torch.zeros(dims[i]), torch.zeros(dims[i])] for i in range(1, self.depth)}
        self.start_epoch(0)

    def start_epoch(self, epoch):
        seed = self.run["seed"]
        self.streams = {i: Stream(f"{seed}/dropout/{i}/{epoch}") for i in ["input", *range(1, self.depth)]}

    def scores(self, x, training):
        model, p = self.run["model"], self.params
        if training and "inputDropoutKeepRatio" in model:
            x = x * mask(*x.shape, self.streams["input"], model["inputDropoutKeepRatio"])
        for i in range(1, self.depth + 1):
            skipped, x = x, x @ p[f"W{i}"] + p.get(f"b{i}", 0)
            if i == self.depth:
                return x
            if model["normalization"] == "batchnorm":
                if training:
                    mean, var = x.mean(0), x.var(0, unbiased=False)
                    self.running[i] = [0.9 * r + 0.1 * s.detach() for r, s in zip(self.running[i], (mean, var))]
                else:
                    mean, var = self.running[i]
                x = (x - mean) / torch.sqrt(var + 1e-5) * p[f"gamma{i}"] + p[f"beta{i}"]
            elif model["normalization"] == "layernorm":
                x = torch.nn.functional.layer_norm(x, x.shape[1:], p[f"gamma{i}"], p[f"beta{i}"], 1e-5)
            if model.get("residual") and i > 1 and skipped.shape == x.shape:
                x = x + skipped
            names = model.get("activation", "relu")
            x = ACTIVATIONS[names if isinstance(names, str) else names[i - 1]](x)
            if training and model["dropoutKeepRatio"] < 1:
                x = x * mask(*x.shape, self.streams[i], model["dropoutKeepRatio"])

    def loss(self, x, labels):
        model, settings = self.run["model"], self.run.get("solver", {}).get("loss", {})
        smoothing = {"label_smoothing": settings.get("labelSmoothing", 0)}
        scores = self.scores(x, True)
        if "numOutputs" in self.run:
            s = settings.get("labelSmoothing", 0)
            name = settings.get("name", "squared" if self.run["kind"] == "numbers" else "sigmoid")
            loss = target_loss(name, scores, labels * (1 - s) + s / 2, settings.get("delta", 1.0))
        elif "classWeights" in settings:
            # PyTorch's own weights would count each class of a smoothed target, and divide by the weights of the batch.
            losses = torch.nn.functional.cross_entropy(scores, labels, reduction="none", **smoothing)
            loss = (losses * self.class_weights[labels]).mean()
        else:
            loss = torch.nn.functional.cross_entropy(scores, labels, **smoothing)
        weights = [tensor for name, tensor in self.params.items() if name.startswith("W")]
        loss = loss + 0.5 * model["reg"] * sum((tensor * tensor).sum() for tensor in weights)
        return loss + model.get("regL1", 0) * sum(tensor.abs().sum() for tensor in weights)

    def weigh_classes(self, labels):
        """Sets the weights of classes, whose mean over the rows is 1."""
        given = self.run["solver"].get("loss", {}).get("classWeights")
        counts = torch.bincount(labels, minlength=self.run["numClasses"]).double()
        weights = 1 / counts if given == "balanced" else torch.tensor(given or [1.0] * len(counts))
        self.class_weights = weights / weights[labels].mean()

    def accuracy(self, x, labels):
        with torch.no_grad():
            return (self.scores(x, False).argmax(1) == labels).double().mean().item()


def net_case(model, seed):
    run = {"model": model, "seed": seed, "inputDim": 6, "numClasses": 4}
    net = Net(run)
    x, labels = normals(5, 6, f"{seed}/x"), torch.tensor([0, 3, 1, 2, 3])
    loss = net.loss(x, labels)
    grads = dict(zip(net.params, map(shaped, torch.autograd.grad(loss, list(net.params.values())))))
    scores = shaped(net.scores(x, False))
    return {**run, "x": shaped(x), "labels": labels.tolist(), "loss": loss.item(), "gradients": grads, "scores": scores}


def run_case(model, solver, seed):
    run = {"model": model, "solver": solver, "seed": seed, "inputDim": 4, "numClasses": 3}
    data = {name: blobs(n, f"{seed}/{name}") for name, n in (("train", 67), ("validation", 30))}
    mean = data["train"][0].mean(0).float().double()
    x, labels = data["train"][0] - mean, data["train"][1]
    xv, lv = data["validation"][0] - mean, data["validation"][1]
    net, rule = Net(run), solver["optimizer"]
    name = "nesterov" if rule.get("nesterov") else rule["name"]
    optimizer = {
        "momentum": lambda p: torch.optim.SGD(p, rule["learningRate"], momentum=rule["momentum"]),
        "adam": lambda p: torch.optim.Adam(p, rule["learningRate"]),
        "rmsprop": lambda p: torch.optim.RMSprop(p, rule["learningRate"], alpha=0.99, eps=1e-8),
    }[name](list(net.params.values()))
    history, batch = [], solver["batchSize"]

    def record(epoch, loss):
        sample = torch.tensor(shuffled(len(x), f"{seed}/train_sample")[:1000])
        rate = optimizer.param_groups[0]["lr"]
        train = net.accuracy(x[sample], labels[sample])
        history.append({"epoch": epoch, "loss": loss, "trainAccuracy": train, "validationAccuracy": net.accuracy(xv, lv), "learningRate": rate})

    record(0, None)
    for epoch in range(1, solver["epochs"] + 1):
        if epoch > 1:
            optimizer.param_groups[0]["lr"] *= solver["lrDecay"]
        order, losses = shuffled(len(x), f"{seed}/shuffle/{epoch}"), []
        net.start_epoch(epoch)
        for start in range(0, len(x) // batch * batch, batch):
            rows = torch.tensor(order[start : start + batch])
            optimizer.zero_grad()
            loss = net.loss(x[rows], labels[rows])
            loss.backward()
            optimizer.step()
            losses.append(loss.item())
        record(epoch, sum(losses) / len(losses))
    splits = {name: {"x": flat(rows.float()), "labels": classes.tolist()} for name, (rows, classes) in data.items()}
    return {**run, "data": splits, "mean": flat(mean), "history": history, "parameters": {k: shaped(v) for k, v in net.params.items()}}


def schedule_of(optimizer, solver, steps):
    """PyTorch's own schedules; returns what to call after each unit, and after each epoch with the metric."""
    schedule, lr = solver.get("schedule", {"name": "constant"}), torch.optim.lr_scheduler
    per_step = schedule.get("per") == "step"
    units = steps if per_step else 1
    warmup = schedule.get("warmupEpochs", 0) * units
    name = schedule["name"]
    if name == "plateau":
        # Its patience counts one epoch more, and its first call is the first improvement.
        plateau = lr.ReduceLROnPlateau(
            optimizer, "max", schedule["factor"], schedule["patience"] - 1,
            schedule.get("minDelta", 0), "abs", 0, schedule.get("minRate", 0), 0)
        return lambda: None, plateau.step
    if name == "constant":
        main = lr.LambdaLR(optimizer, lambda unit: 1)
    elif name == "exponential":
        main = lr.ExponentialLR(optimizer, schedule["decay"])
    elif name == "cosine":
        main = lr.CosineAnnealingLR(optimizer, solver["epochs"] * units - warmup, schedule.get("minRate", 0))
    elif "every" in schedule:
        main = lr.StepLR(optimizer, schedule["every"], schedule["factor"])
    else:
        main = lr.MultiStepLR(optimizer, [unit - warmup for unit in schedule["milestones"]], schedule["factor"])
    if warmup:
        rise = lr.LinearLR(optimizer, 1 / (warmup + 1), 1, warmup)
        main = lr.SequentialLR(optimizer, [rise, main], [warmup])
    return (main.step, lambda value: None) if per_step else (lambda: None, lambda value: main.step())


def clip_gradients(params, clip):
    if "value" in clip:
        torch.nn.utils.clip_grad_value_(params, clip["value"])
    elif "norm" in clip:
        # As clip_grad_norm_, which adds 1e-6 to the norm.
        norm = torch.sqrt(sum((p.grad * p.grad).sum() for p in params))
        for p in params:
            p.grad.mul_(min(1, clip["norm"] / norm.item()))


def training_case(model, solver, seed):
    """A run with a loss, a penalty, a schedule, clipping, averaging or a short last batch."""
    run = {"model": model, "solver": solver, "seed": seed, "inputDim": 4, "numClasses": 3}
    data = {name: blobs(n, f"{seed}/{name}") for name, n in (("train", 67), ("validation", 30))}
    mean = data["train"][0].mean(0).float().double()
    x, labels = data["train"][0] - mean, data["train"][1]
    xv, lv = data["validation"][0] - mean, data["validation"][1]
    net, rule, batch = Net(run), solver["optimizer"], solver["batchSize"]
    net.weigh_classes(labels)
    params = list(net.params.values())
    optimizer = {
        "sgd": lambda: torch.optim.SGD(params, rule["learningRate"]),
        "momentum": lambda: torch.optim.SGD(params, rule["learningRate"], momentum=0.9),
        "adam": lambda: torch.optim.Adam(params, rule["learningRate"]),
        "adamw": lambda: torch.optim.AdamW([
            {"params": [p for n, p in net.params.items() if n.startswith("W")]},
            {"params": [p for n, p in net.params.items() if not n.startswith("W")], "weight_decay": 0},
        ], rule["learningRate"], weight_decay=0.01),
    }[rule["name"]]()
    keep, decay = solver.get("lastBatch") == "keep", solver.get("averaging", {}).get("decay")
    starts = range(0, len(x) if keep else len(x) // batch * batch, batch)
    after_step, after_epoch = schedule_of(optimizer, solver, len(starts))
    tensors = lambda: params + [tensor for pair in net.running.values() for tensor in pair]
    averages = [tensor.detach().clone() for tensor in tensors()]
    history = []

    def measure():
        mine = [tensor.detach().clone() for tensor in tensors()]
        if decay is not None:
            fill(averages)
        sample = torch.tensor(shuffled(len(x), f"{seed}/train_sample")[:1000])
        found = {"trainAccuracy": net.accuracy(x[sample], labels[sample]), "validationAccuracy": net.accuracy(xv, lv)}
        fill(mine)
        return found

    def fill(values):
        with torch.no_grad():
            for tensor, value in zip(tensors(), values):
                tensor.copy_(value)

    def record(epoch, loss, rate):
        history.append({"epoch": epoch, "loss": loss, **measure(), "learningRate": rate})
        # A plateau learns of epoch 0 too; other schedules move on after an epoch.
        if epoch > 0 or solver.get("schedule", {}).get("name") == "plateau":
            after_epoch(history[-1]["validationAccuracy"])

    record(0, None, optimizer.param_groups[0]["lr"])
    for epoch in range(1, solver["epochs"] + 1):
        order, total, count = shuffled(len(x), f"{seed}/shuffle/{epoch}"), 0.0, 0
        net.start_epoch(epoch)
        for start in starts:
            rows = torch.tensor(order[start : start + batch])
            if len(rows) < batch:
                net.start_epoch(f"{epoch}/last")
            optimizer.zero_grad()
            loss = net.loss(x[rows], labels[rows])
            loss.backward()
            clip_gradients(params, solver.get("clip", {}))
            rate = optimizer.param_groups[0]["lr"]
            optimizer.step()
            after_step()
            for average, tensor in zip(averages, tensors()):
                average.lerp_(tensor.detach(), 1 - (decay or 0))
            total, count = total + loss.item() * len(rows), count + len(rows)
        record(epoch, total / count, rate)
    splits = {name: {"x": flat(rows.float()), "labels": classes.tolist()} for name, (rows, classes) in data.items()}
    averaged = {} if decay is None else {"averaged": [shaped(tensor) for tensor in averages]}
    return {**run, "data": splits, "mean": flat(mean), "history": history,
            "parameters": {k: shaped(v) for k, v in net.params.items()}, **averaged}


def targets_case(kind, model, solver, seed):
    """A run on numbers, on several labels, or on two classes with one output."""
    width = {"numbers": 2, "labels": 3, "class": 1}[kind]
    run = {"kind": kind, "model": model, "solver": solver, "seed": seed, "inputDim": 4, "numOutputs": width}
    data = {name: target_rows(kind, n, f"{seed}/{name}") for name, n in (("train", 64), ("validation", 30))}
    mean = data["train"][0].mean(0).float().double()
    (x, y), (xv, yv) = [(rows - mean, targets) for rows, targets in data.values()]
    offset, divisor = (y.mean(0), y.std(0, unbiased=False)) if kind == "numbers" else (torch.zeros(width), torch.ones(width))
    scaled, net, rate, batch = (y - offset) / divisor, Net(run), solver["optimizer"]["learningRate"], solver["batchSize"]
    optimizer, history = torch.optim.Adam(list(net.params.values()), rate), []

    def measure(x, targets):
        with torch.no_grad():
            scores = net.scores(x, False)
        if kind != "numbers":
            return {"Accuracy": ((scores > 0) == (targets > 0.5)).all(1).double().mean().item()}
        errors = scores * divisor + offset - targets
        rest = ((targets - targets.mean(0)) ** 2).sum(0)
        return {"Rmse": (errors ** 2).mean(0).sqrt().mean().item(), "Mae": errors.abs().mean(0).mean().item(),
                "R2": (1 - (errors ** 2).sum(0) / rest).mean().item()}

    for epoch in range(solver["epochs"] + 1):
        order, losses = shuffled(len(x), f"{seed}/shuffle/{epoch}"), []
        net.start_epoch(epoch)
        for start in range(0, len(x) // batch * batch if epoch else 0, batch):
            rows = torch.tensor(order[start : start + batch])
            optimizer.zero_grad()
            loss = net.loss(x[rows], scaled[rows])
            loss.backward()
            optimizer.step()
            losses.append(loss.item())
        sample = torch.tensor(shuffled(len(x), f"{seed}/train_sample")[:1000])
        history.append({"loss": sum(losses) / len(losses) if losses else None,
                        "train": measure(x[sample], y[sample]), "validation": measure(xv, yv)})
    splits = {name: {"x": flat(rows.float()), "targets": flat(targets)} for name, (rows, targets) in data.items()}
    return {**run, "data": splits, "mean": flat(mean), "history": history,
            "parameters": {k: shaped(v) for k, v in net.params.items()}}


def target_rows(kind, n, path):
    stream = Stream(path)
    rows, targets = [], []
    for _ in range(n):
        a, b, c, d = [stream.normal() for _ in range(4)]
        rows.append([a, b, c, d])
        numbers = [1000 + 300 * a - 100 * b * c, 0.01 * d + 0.001 * stream.normal()]
        labels = [float(a + b > 0), float(c > 0.5), float(a * d > 0)]
        targets.append({"numbers": numbers, "labels": labels, "class": labels[:1]}[kind])
    return torch.tensor(rows).float().double(), torch.tensor(targets)


def blobs(n, path):
    stream = Stream(path)
    labels = [stream.below(3) for _ in range(n)]
    rows = [[stream.normal() + (2.0 if j == c else 0.0) for j in range(4)] for c in labels]
    return torch.tensor(rows).float().double(), torch.tensor(labels)


def model(hidden, normalization=None, keep=1, reg=0, scale="he", **newer):
    return {**newer, "hiddenDims": hidden, "weightScale": scale, "reg": reg, "dropoutKeepRatio": keep, "normalization": normalization, "dtype": "float64"}


def solver(optimizer, decay=1):
    return {"optimizer": optimizer, "batchSize": 16, "epochs": 6, "lrDecay": decay}


def write(name, value):
    FOLDER.mkdir(exist_ok=True)
    (FOLDER / f"{name}.json").write_text(json.dumps(value, separators=(",", ":")) + "\n")


write("layers", layer_cases())
write("loss", loss_case())
write("optimizers", {name: optimizer_case(name) for name in OPTIMIZERS})
write("nets", {
    "linear": net_case(model([], reg=0.3, scale=0.5), "1/0"),
    "plain": net_case(model([7, 5]), "2/0"),
    "batch normalization": net_case(model([7, 5, 6], "batchnorm", reg=0.1), "3/0"),
    "layer normalization": net_case(model([7, 5], "layernorm", reg=0.1), "4/1"),
    "dropout": net_case(model([9, 8], keep=0.6), "5/0"),
    "everything": net_case(model([9, 8, 7, 6], "batchnorm", keep=0.7, reg=0.05), "6/0"),
})
write("runs", {
    "plain, adam": run_case(model([10, 8]), solver({"name": "adam", "learningRate": 0.01}), "7/0"),
    "batch normalization, dropout, L2, momentum": run_case(
        model([10, 8], "batchnorm", keep=0.8, reg=0.01),
        solver({"name": "momentum", "learningRate": 0.05, "momentum": 0.9}), "8/2"),
    "layer normalization, rmsprop, decay": run_case(
        model([10, 8], "layernorm", scale=0.3), solver({"name": "rmsprop", "learningRate": 0.003}, 0.95), "9/0"),
})
write("activations", {
    "layers": {name: activation_case(name) for name in ACTIVATIONS if name != "relu"},
    "nets": {
        **{name: net_case({**model([7, 5]), "activation": name}, f"11/{i}") for i, name in enumerate(ACTIVATIONS) if i > 0},
        "batch normalization, dropout and silu": net_case({**model([9, 8, 7], "batchnorm", keep=0.7, reg=0.05), "activation": "silu"}, "12/0"),
        "layer normalization and gelu": net_case({**model([7, 5], "layernorm"), "activation": "gelu"}, "12/1"),
        "gelu, relu and tanh": net_case({**model([9, 8, 7]), "activation": ["gelu", "relu", "tanh"]}, "12/2"),
    },
})


def trained(name, hidden=(10, 8), rate=0.01, model_settings={}, **settings):
    settings = {"optimizer": {"name": name, "learningRate": rate}, "batchSize": 16, "epochs": 8, **settings}
    return model(list(hidden), **model_settings), settings


write("training", {
    name: training_case(*case, f"{20 + i}/0") for i, (name, case) in enumerate({
        "constant, warm-up": trained("adam", schedule={"name": "constant", "warmupEpochs": 3}),
        "exponential by step, warm-up": trained(
            "adam", schedule={"name": "exponential", "decay": 0.97, "per": "step", "warmupEpochs": 1}),
        "milestones, warm-up": trained(
            "sgd", rate=0.1, schedule={"name": "step", "milestones": [4, 6], "factor": 0.3, "warmupEpochs": 2}),
        "milestones by step": trained(
            "adam", schedule={"name": "step", "milestones": [5, 6, 21], "factor": 0.5, "per": "step"}),
        "every 3 epochs": trained("adam", schedule={"name": "step", "every": 3, "factor": 0.2}),
        "cosine": trained("adam", rate=0.03, schedule={"name": "cosine"}),
        "cosine by step, warm-up": trained(
            "adam", rate=0.03, schedule={"name": "cosine", "minRate": 1e-3, "per": "step", "warmupEpochs": 2}),
        "plateau": trained(
            "adam", rate=0.05, epochs=16, schedule={"name": "plateau", "factor": 0.3, "patience": 2, "minRate": 1e-3}),
        "plateau with a smallest improvement": trained(
            "sgd", rate=0.05, epochs=16, schedule={"name": "plateau", "factor": 0.5, "patience": 1, "minDelta": 0.05}),
        "clip by value": trained("momentum", rate=0.05, clip={"value": 0.02}),
        "clip by norm, L2": trained("momentum", rate=0.05, model_settings={"reg": 0.1}, clip={"norm": 0.3}),
        "averaging, batch normalization": trained(
            "momentum", rate=0.05, model_settings={"normalization": "batchnorm"}, averaging={"decay": 0.9}),
        "short last batch": trained("adam", lastBatch="keep", model_settings={"keep": 0.8, "reg": 0.01}),
        "everything": trained(
            "adamw", rate=0.03, lastBatch="keep", clip={"norm": 0.5}, averaging={"decay": 0.95},
            model_settings={"normalization": "layernorm", "keep": 0.9, "reg": 0.01},
            schedule={"name": "cosine", "per": "step", "warmupEpochs": 1}),
        "label smoothing": trained("adam", loss={"labelSmoothing": 0.15}),
        "class weights": trained("adam", loss={"classWeights": [1.0, 3.0, 0.25]}),
        "balanced classes": trained("momentum", rate=0.05, loss={"classWeights": "balanced"}),
        "label smoothing, class weights, short last batch": trained(
            "sgd", rate=0.1, lastBatch="keep", loss={"labelSmoothing": 0.1, "classWeights": [0.5, 1.0, 4.0]}),
        "L1 and L2": trained("momentum", rate=0.05, model_settings={"regL1": 0.003, "reg": 0.01}),
        "dropout of the input, short last batch": trained(
            "adam", lastBatch="keep", model_settings={"inputDropoutKeepRatio": 0.7, "keep": 0.9}),
        "no biases in front of batch normalization": trained(
            "adam", model_settings={"normalization": "batchnorm", "bias": False}),
        "residual": trained("adam", (8, 8, 6, 6), model_settings={"residual": True}),
        "residual, batch normalization, silu and dropout": trained(
            "momentum", (8, 8, 8), 0.05,
            model_settings={"residual": True, "normalization": "batchnorm", "activation": "silu", "keep": 0.8}),
        "residual, no biases in front of layer normalization, all options": trained(
            "adamw", (9, 9), 0.03, lastBatch="keep", clip={"norm": 0.5}, averaging={"decay": 0.9},
            loss={"labelSmoothing": 0.05, "classWeights": "balanced"},
            model_settings={"normalization": "layernorm", "residual": True, "bias": False, "activation": "gelu", "regL1": 0.001,
                            "inputDropoutKeepRatio": 0.8, "keep": 0.9},
            schedule={"name": "cosine", "per": "step", "warmupEpochs": 1}),
    }.items())
})
write("targets", {
    "losses": [target_loss_case("sigmoid"), target_loss_case("squared"), target_loss_case("huber"), target_loss_case("huber", 0.3)],
    "runs": {
        name: targets_case(kind, *case, f"{60 + i}/0") for i, (name, (kind, case)) in enumerate({
            "two numbers, squared error": ("numbers", trained("adam")),
            "two numbers, Huber loss, batch normalization and L2": ("numbers", trained(
                "adam", loss={"name": "huber", "delta": 0.7}, model_settings={"normalization": "batchnorm", "bias": False, "reg": 0.01})),
            "three labels": ("labels", trained("adam")),
            "three labels, smoothing, dropout and silu": ("labels", trained(
                "adam", loss={"labelSmoothing": 0.1}, model_settings={"keep": 0.8, "activation": "silu"})),
            "two classes with one output, smoothing": ("class", trained(
                "adam", loss={"name": "sigmoid", "labelSmoothing": 0.05})),
        }.items())
    },
})
