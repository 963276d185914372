"""The nets of the benchmark, as `workloads.ts` has them, and random data of CIFAR-10's shape."""
import ctypes

import numpy as np

INPUT_DIM, NUM_CLASSES, TRAIN_ROWS = 3072, 10, 49_000
WORKLOADS = {
    "plain": dict(hidden=[100] * 4, batch=100, norm=None, keep=1.0),
    "batchnorm": dict(hidden=[100] * 4, batch=100, norm="batchnorm", keep=1.0),
    "batchnorm_dropout": dict(hidden=[100] * 4, batch=100, norm="batchnorm", keep=0.5),
    "layernorm": dict(hidden=[100] * 4, batch=100, norm="layernorm", keep=1.0),
    "wide": dict(hidden=[1024] * 3, batch=256, norm=None, keep=1.0),
}


def blas():
    """Returns which BLAS this process has loaded, and for which processor its kernels are."""
    with open("/proc/self/maps") as maps:
        paths = sorted({line.split()[-1] for line in maps if "blas" in line.lower()})
    for path in paths:
        try:
            name = ctypes.CDLL(path).openblas_get_corename
        except AttributeError:
            continue
        name.restype = ctypes.c_char_p
        return f"OpenBLAS for {name().decode()}"
    return ", ".join(path.split("/")[-1] for path in paths) or "no BLAS of its own"


def random_data():
    """Returns float32 rows with the mean image subtracted, as the assignment keeps them, and labels."""
    rng = np.random.default_rng(231)
    stored = rng.integers(0, 256, (TRAIN_ROWS, INPUT_DIM), dtype=np.uint8)
    x = np.subtract(stored, stored.mean(0, dtype=np.float64).astype(np.float32), dtype=np.float32)
    return x, rng.integers(0, NUM_CLASSES, TRAIN_ROWS)


def cifar10(folder):
    """Returns the splits that the grid needs, from the raw bytes that the benchmark wrote there."""
    splits = {}
    for split in ("train", "validation"):
        stored = np.fromfile(f"{folder}/{split}_x.bin", np.uint8).reshape(-1, INPUT_DIM)
        if split == "train":
            mean = stored.mean(0, dtype=np.float64).astype(np.float32)
        labels = np.fromfile(f"{folder}/{split}_labels.bin", np.uint8).astype(np.int64)
        splits[split] = (np.subtract(stored, mean, dtype=np.float32), labels)
    return splits
