"""Reads safetensors files and prints what is in each as a list of JSON: read_safetensors.py strict|safetensors FILE...

A file that is refused is null.

`safetensors` is the reference implementation; `strict` is written from the format's specification alone, so that a
machine without the package can tell a good file from a bad one.
"""

import hashlib
import json
import struct
import sys

WIDTHS = {"F32": 4, "F64": 8}


def reject_duplicates(pairs):
    names = [name for name, _ in pairs]
    assert len(set(names)) == len(names), f"a name stands twice in {names}"
    for name, value in pairs:
        for text in (name, value):
            if isinstance(text, str):
                text.encode("utf-8")
    return dict(pairs)


def read_size(text):
    assert not text.startswith("-"), f"a size of {text}"
    return int(text)


def reject_fraction(text):
    raise AssertionError(f"a size of {text}")


def read_header(data):
    assert len(data) >= 8, "no room for the header's length"
    (length,) = struct.unpack("<Q", data[:8])
    assert length <= 100_000_000, f"a header of {length} bytes"
    assert 8 + length <= len(data), "the header is longer than the file"
    text = data[8 : 8 + length].decode("utf-8")
    assert text.startswith("{"), "the header must begin with {"
    assert text.rstrip(" ").endswith("}"), "only spaces may pad the header"
    assert length % 8 == 0, "the data must begin at a multiple of 8"
    hooks = {"parse_int": read_size, "parse_float": reject_fraction}
    return json.loads(text, object_pairs_hook=reject_duplicates, **hooks), data[8 + length :]


def read_strictly(data):
    header, body = read_header(data)
    metadata = header.pop("__metadata__", {})
    assert all(isinstance(text, str) for text in metadata.values()), "metadata must be texts"
    end = 0
    tensors = []
    for name, entry in sorted(header.items(), key=lambda item: item[1]["data_offsets"]):
        assert set(entry) == {"dtype", "shape", "data_offsets"}, f"fields of {name}"
        start, stop = entry["data_offsets"]
        size = WIDTHS[entry["dtype"]]
        for dim in entry["shape"]:
            assert isinstance(dim, int) and dim >= 0, f"shape of {name}"
            size *= dim
            assert size < 2**64, f"size of {name}"
        assert start == end, f"a hole or an overlap before {name}"
        assert stop - start == size, f"{name} has {stop - start} bytes, its shape {size}"
        end = stop
        tensors.append((name, {**entry, "data": body[start:stop]}))
    assert end == len(body), f"{len(body) - end} bytes behind the last tensor"
    return tensors


def read_by_package(data):
    from safetensors import deserialize

    return deserialize(data)


def describe(path, reader):
    with open(path, "rb") as file:
        data = file.read()
    try:
        tensors = read_strictly(data) if reader == "strict" else read_by_package(data)
        return {
            "metadata": read_header(data)[0].get("__metadata__", {}),
            "tensors": {
                name: {
                    "dtype": tensor["dtype"],
                    "shape": tensor["shape"],
                    "sha256": hashlib.sha256(bytes(tensor["data"])).hexdigest(),
                }
                for name, tensor in tensors
            },
        }
    except Exception as error:
        print(f"{path}: {error}", file=sys.stderr)
        return None


json.dump([describe(path, sys.argv[1]) for path in sys.argv[2:]], sys.stdout)
