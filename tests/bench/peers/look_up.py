"""Says how a library is set up: `look_up.py numpy|torch|sklearn`, as JSON with its version and this process's maps."""
import json
import sys

name = sys.argv[1]
library = __import__(name)
if name == "sklearn":
    import sklearn.neural_network
try:
    with open("/proc/self/maps") as maps:
        text = maps.read()
except OSError:
    text = ""
# PyTorch's own packages hold MKL inside their libraries, where no map shows it.
holds_mkl = name == "torch" and library.backends.mkl.is_available()
print(json.dumps({"version": library.__version__, "maps": text, "holdsMkl": holds_mkl}))
