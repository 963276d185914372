"""A fully connected net in NumPy, written for speed: float32 throughout, every array allocated once, results written in
place, no gradient of the first layer's input, Adam over pieces of one flat array that fit into the cache."""
import numpy as np

F = np.float32
EPSILON = F(1e-5)
PIECE = 1 << 14


class Net:
    def __init__(self, hidden, batch, norm=None, keep=1.0, seed=0, inputs=3072, classes=10):
        self.rng = np.random.default_rng(seed)
        self.batch, self.norm, self.keep = batch, norm, keep
        dims = [inputs, *hidden, classes]
        self.depth = len(dims) - 1
        shapes = {}
        for i in range(self.depth):
            shapes["W", i], shapes["b", i] = (dims[i], dims[i + 1]), (dims[i + 1],)
            if norm and i < self.depth - 1:
                shapes["gamma", i] = shapes["beta", i] = (dims[i + 1],)
        size = sum(int(np.prod(shape)) for shape in shapes.values())
        self.flat, self.flat_gradient = np.zeros(size, F), np.zeros(size, F)
        self.p, self.g, at = {}, {}, 0
        for key, shape in shapes.items():
            end = at + int(np.prod(shape))
            self.p[key], self.g[key] = self.flat[at:end].reshape(shape), self.flat_gradient[at:end].reshape(shape)
            at = end
        self.running = [[np.zeros(h, F), np.zeros(h, F)] for h in hidden] if norm == "batchnorm" else []
        self.m, self.v, self.t = np.zeros(size, F), np.zeros(size, F), 0
        self.s = np.empty(PIECE, F)
        new = lambda: [np.empty((batch, d), F) for d in dims[1:]]
        self.h, self.d, self.normalized, self.scratch, self.masks = new(), new(), new(), new(), new()
        self.deviation = [None] * self.depth
        self.x = np.empty((batch, inputs), F)

    def restart(self, parameters):
        """Starts from parameters in one array: weights, biases and normalizations, layer by layer."""
        self.flat[...] = parameters
        self.m[...], self.v[...], self.t = 0, 0, 0

    def forward(self, x, train):
        h = x
        for i in range(self.depth):
            out = np.dot(h, self.p["W", i], out=self.h[i])
            out += self.p["b", i]
            if i < self.depth - 1:
                if self.norm:
                    self.normalize(i, out, train)
                np.maximum(out, 0, out=out)
                if self.keep < 1 and train:
                    mask = self.rng.random(out=self.masks[i], dtype=F)
                    np.less(mask, F(self.keep), out=mask)
                    mask *= F(1 / self.keep)
                    out *= mask
            h = out
        return h

    def normalize(self, i, x, train):
        axis = 0 if self.norm == "batchnorm" else 1
        hat, scratch = self.normalized[i], self.scratch[i]
        if axis == 1 or train:
            mean = x.mean(axis, keepdims=True)
            np.subtract(x, mean, out=hat)
            np.multiply(hat, hat, out=scratch)
            variance = scratch.mean(axis, keepdims=True)
            if axis == 0:
                for running, now in zip(self.running[i], (mean, variance)):
                    running *= F(0.9)
                    running += F(0.1) * now[0]
        else:
            mean, variance = self.running[i]
            np.subtract(x, mean, out=hat)
        self.deviation[i] = 1 / np.sqrt(variance + EPSILON)
        hat *= self.deviation[i]
        np.multiply(hat, self.p["gamma", i], out=x)
        x += self.p["beta", i]

    def normalize_gradient(self, i, d):
        hat, scratch = self.normalized[i], self.scratch[i]
        axis = 0 if self.norm == "batchnorm" else 1
        n = F(d.shape[axis])
        np.sum(d, 0, out=self.g["beta", i])
        np.multiply(d, hat, out=scratch)
        np.sum(scratch, 0, out=self.g["gamma", i])
        d *= self.p["gamma", i]
        if axis == 0:
            hat *= self.g["gamma", i] * self.p["gamma", i]
            d -= self.g["beta", i] * self.p["gamma", i] / n
        else:
            np.multiply(d, hat, out=scratch)
            hat *= scratch.sum(1, keepdims=True)
            d -= d.sum(1, keepdims=True) / n
        hat *= 1 / n
        d -= hat
        d *= self.deviation[i]

    def loss(self, x, y):
        scores = self.forward(x, True)
        d, rows = self.d[-1], np.arange(len(y))
        np.subtract(scores, scores.max(1, keepdims=True), out=d)
        chosen = d[rows, y]
        np.exp(d, out=d)
        sums = d.sum(1, keepdims=True)
        loss = float((np.log(sums[:, 0]) - chosen).mean())
        d /= sums
        d[rows, y] -= 1
        d *= F(1 / len(y))
        for i in reversed(range(self.depth)):
            d = self.d[i]
            if i < self.depth - 1:
                # Zero where ReLU or dropout let nothing through.
                if self.keep < 1:
                    d *= self.masks[i]
                d *= self.h[i] > 0
                if self.norm:
                    self.normalize_gradient(i, d)
            below = self.h[i - 1] if i else x
            np.dot(below.T, d, out=self.g["W", i])
            np.sum(d, 0, out=self.g["b", i])
            if i:
                np.dot(d, self.p["W", i].T, out=self.d[i - 1])
        return loss

    def adam(self, lr, b1=0.9, b2=0.999, epsilon=1e-8):
        self.t += 1
        correction, step = F(1 / np.sqrt(1 - b2**self.t)), F(lr / (1 - b1**self.t))
        for at in range(0, len(self.flat), PIECE):
            w, g, m, v = (a[at : at + PIECE] for a in (self.flat, self.flat_gradient, self.m, self.v))
            s = self.s[: len(w)]
            m *= F(b1)
            np.multiply(g, F(1 - b1), out=s)
            m += s
            v *= F(b2)
            np.multiply(g, g, out=s)
            s *= F(1 - b2)
            v += s
            np.sqrt(v, out=s)
            s *= correction
            s += F(epsilon)
            np.divide(m, s, out=s)
            s *= step
            w -= s

    def step(self, x, y, rows, lr):
        """Trains on the given rows and returns their loss."""
        np.take(x, rows, axis=0, out=self.x, mode="clip")
        loss = self.loss(self.x, y[rows])
        self.adam(lr)
        return loss
