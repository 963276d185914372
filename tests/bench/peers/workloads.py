"""The nets of the benchmark, as `workloads.ts` has them, and what they start from, as `inputs.ts` has written it."""
import ctypes
import os

import numpy as np

INPUT_DIM = 3072
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


def read(name, dtype):
    """Returns what the benchmark wrote for every program to start from."""
    return np.fromfile(f"{os.environ['INPUTS_DIR']}/{name}.bin", dtype)


def splits():
    """Returns float32 rows with the mean image subtracted, as the assignment keeps them, and labels."""
    mean = read("mean", np.float32)
    return {
        split: (
            np.subtract(read(f"{split}_x", np.uint8).reshape(-1, INPUT_DIM), mean, dtype=np.float32),
            read(f"{split}_labels", np.uint8).astype(np.int64),
        )
        for split in ("train", "validation")
    }


def parameters(name):
    """Returns the initial parameters of a net in one array."""
    return read(name, np.float32)


def batches(batch):
    """Returns a function from a step's number to the rows of its batch."""
    order = read("order", np.int32).astype(np.int64)
    count = len(order) // batch
    return lambda step: order[step % count * batch : (step % count + 1) * batch]


def count_subnormal(array):
    """Returns how many numbers are so small that a processor computes with them many times slower."""
    return int(((array != 0) & (np.abs(array) < np.finfo(np.float32).tiny)).sum())
