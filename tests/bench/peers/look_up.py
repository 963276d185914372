"""Says how a library is set up: `look_up.py numpy|torch|sklearn`, as JSON with its version and this process's maps."""
import ctypes
import json
import sys

NAMES = ("openblas_get_corename", "scipy_openblas_get_corename64_", "openblas_get_corename64_")


def openblas_kernels(maps):
    """Returns the processor that a loaded OpenBLAS has chosen its kernels for, or None."""
    paths = sorted({line.split()[-1] for line in maps.splitlines() if "blas" in line.lower()})
    for path in paths:
        for name in NAMES:
            try:
                function = getattr(ctypes.CDLL(path), name)
            except (AttributeError, OSError):
                continue
            function.restype = ctypes.c_char_p
            return function().decode()
    return None


name = sys.argv[1]
library = __import__(name)
if name == "sklearn":
    import sklearn.neural_network
try:
    with open("/proc/self/maps") as file:
        text = file.read()
except OSError:
    text = ""
# PyTorch's own packages hold MKL inside their libraries, where no map shows it.
holds_mkl = name == "torch" and library.backends.mkl.is_available()
kernels = openblas_kernels(text)
print(json.dumps({"version": library.__version__, "maps": text, "holdsMkl": holds_mkl, "kernels": kernels}))
