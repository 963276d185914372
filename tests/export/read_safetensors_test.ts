import { assertEquals, assertThrows } from "@std/assert";
import { InputError } from "../../lib/core/check/errors.ts";
import { readSafetensors } from "../../lib/export/read_safetensors.ts";
import type { SafetensorsFile } from "../../lib/export/safetensors_file.ts";
import { writeSafetensors } from "../../lib/export/write_safetensors.ts";
import { needing } from "../setup/needing.ts";
import { readByPython, READERS } from "./python_readers.ts";

const small: SafetensorsFile = {
  metadata: { a: "b" },
  tensors: [
    { name: "x", dtype: "float64", shape: [2], bytes: new Uint8Array(16).fill(1) },
    { name: "y", dtype: "float32", shape: [], bytes: new Uint8Array(4).fill(2) },
  ],
};

Deno.test("readSafetensors() gives back what writeSafetensors() was given", () => {
  assertEquals(readSafetensors(writeSafetensors(small), { path: "f" }), small);
});

/** A file of a header, as text, and as many bytes of data. */
function fileOf(header: string, dataLength: number): Uint8Array {
  const text = new TextEncoder().encode(header.padEnd(Math.ceil(header.length / 8) * 8));
  const file = new Uint8Array(8 + text.length + dataLength);
  new DataView(file.buffer).setBigUint64(0, BigInt(text.length), true);
  file.set(text, 8);
  return file;
}

const entry = (dtype: string, shape: string, offsets: string) =>
  `{"dtype":"${dtype}","shape":${shape},"data_offsets":${offsets}}`;

const bad: readonly (readonly [name: string, file: Uint8Array, message: string])[] = [
  ["it is empty", new Uint8Array(), "it must be a safetensors file, found 0 bytes"],
  [
    "it ends in its header",
    writeSafetensors(small).subarray(0, 40),
    "it must be a safetensors file, found a header of 136 bytes in a file of 40",
  ],
  [
    "its header is no JSON",
    fileOf("{", 0),
    "it must be a safetensors file, found a header that is no JSON, Expected property name or '}' in JSON at " +
    "position 8 (line 1 column 9)",
  ],
  [
    "its header is a list",
    fileOf("[]", 0),
    "it must be a safetensors file, found a header that does not begin with {",
  ],
  [
    "its header begins with a space",
    fileOf(" {}", 0),
    "it must be a safetensors file, found a header that does not begin with {",
  ],
  [
    "its header begins with a byte order mark",
    fileOf("\ufeff{}", 0),
    "it must be a safetensors file, found a header that does not begin with {",
  ],
  [
    "its header is empty",
    fileOf("", 0),
    "it must be a safetensors file, found a header that does not begin with {",
  ],
  [
    "its header says it is longer than any",
    new Uint8Array(64).fill(255),
    "it must be a safetensors file, found a header of 18446744073709551615 bytes in a file of 64",
  ],
  [
    "a tensor is named twice",
    fileOf(`{"x":${entry("F32", "[1]", "[0,4]")},"\\u0078":${entry("F32", "[2]", "[0,8]")}}`, 8),
    'its header must name each thing once, found "x" twice',
  ],
  [
    "a text is named twice",
    fileOf('{"__metadata__":{"a":"1","a":"2"}}', 0),
    'its header must name each thing once, found "a" twice',
  ],
  [
    "metadata stand there twice",
    fileOf('{"__metadata__":{},"__metadata__":{}}', 0),
    'its header must name each thing once, found "__metadata__" twice',
  ],
  [
    "a field is named twice",
    fileOf('{"x":{"dtype":"F32","shape":[1],"shape":[2],"data_offsets":[0,8]}}', 8),
    'its header must name each thing once, found "shape" twice',
  ],
  [
    "a text is no Unicode",
    fileOf('{"__metadata__":{"a":"\\ud800"}}', 0),
    'its header must be Unicode text, found half a character in "\\ud800"',
  ],
  [
    "its header is no UTF-8",
    fileOf('{"é":0}', 0).map((byte) => byte === 0xc3 ? 0x28 : byte),
    "it must be a safetensors file, found a header that is no JSON, The encoded data is not valid",
  ],
  [
    "a text in its header has no end",
    fileOf('{"x', 0),
    "it must be a safetensors file, found a header that is no JSON, Unterminated string in JSON at position 7 (line 1 column 8)",
  ],
  [
    "its header is deep",
    fileOf(`{"x":${"[".repeat(1e5)}`, 0),
    "its header must be at most 3 levels deep, found another",
  ],
  [
    "metadata are no texts",
    fileOf('{"__metadata__":{"a":1}}', 0),
    '__metadata__."a" must be a text, found 1',
  ],
  [
    "a precision is unknown",
    fileOf(`{"x":${entry("BF16", "[1]", "[0,2]")}}`, 2),
    '"x".dtype must be "F32" or "F64", found "BF16"',
  ],
  [
    "a shape is negative",
    fileOf(`{"x":${entry("F32", "[-1]", "[0,4]")}}`, 4),
    "its header must hold whole numbers such as 12, found -1",
  ],
  ...["-0", "4.0", "4e0"].map((from): [string, Uint8Array, string] => [
    `an offset is spelled ${from}`,
    fileOf(`{"x":${entry("F32", "[0]", `[${from},0]`)}}`, 0),
    `its header must hold whole numbers such as 12, found ${from}`,
  ]),
  [
    "a size is huge",
    fileOf(`{"x":${entry("F32", "[99999999999999999999]", "[0,4]")}}`, 4),
    '"x".shape must be a list, each element a whole number from 0 on, found [100000000000000000000]',
  ],
  [
    "a product of sizes overflows",
    fileOf(`{"x":${entry("F32", "[4294967296,4294967296,0]", "[0,0]")}}`, 0),
    '"x" must have fewer than 2^53 bytes, found the shape [4294967296,4294967296,0]',
  ],
  [
    "an offset is missing",
    fileOf(`{"x":${entry("F32", "[0]", "[0]")}}`, 0),
    '"x".data_offsets must be two whole numbers from 0 on, found [0]',
  ],
  [
    "offsets run backwards",
    fileOf(`{"x":${entry("F32", "[1]", "[4,0]")}}`, 4),
    'the 4 bytes of "x" must begin at 0, found 4 to 0',
  ],
  [
    "offsets lie beyond the file",
    fileOf(`{"x":${entry("F32", "[1]", "[9007199254740000,9007199254740004]")}}`, 4),
    'the 4 bytes of "x" must begin at 0, found 9007199254740000 to 9007199254740004',
  ],
  [
    "there is a hole",
    fileOf(`{"x":${entry("F32", "[1]", "[4,8]")}}`, 8),
    'the 4 bytes of "x" must begin at 0, found 4 to 8',
  ],
  [
    "tensors overlap",
    fileOf(`{"x":${entry("F32", "[2]", "[0,8]")},"y":${entry("F32", "[1]", "[4,8]")}}`, 8),
    'the 4 bytes of "y" must begin at 8, found 4 to 8',
  ],
  [
    "a shape is not that of its bytes",
    fileOf(`{"x":${entry("F32", "[3]", "[0,8]")}}`, 8),
    'the 12 bytes of "x" must begin at 0, found 0 to 8',
  ],
  [
    "bytes are missing",
    fileOf(`{"x":${entry("F32", "[2]", "[0,8]")}}`, 4),
    "it must hold 8 bytes of tensors, found 4",
  ],
  ["bytes are left over", fileOf("{}", 4), "it must hold 0 bytes of tensors, found 4"],
];

for (const [name, file, message] of bad) {
  Deno.test(`readSafetensors() throws when ${name}`, () => {
    const error = assertThrows(() => readSafetensors(file, { path: "f" }), InputError);
    assertEquals(error.message, `Cannot read f: ${message}`);
  });
}

for (const [reader, tool] of READERS) {
  Deno.test(needing(tool, `Python's ${reader} reader refuses what readSafetensors() refuses`), async () => {
    // The reference implementation knows precisions that Seedbed does not.
    const files = bad.filter(([name]) => name !== "a precision is unknown").map(([, file]) => file);
    assertEquals(await readByPython(reader, files), files.map(() => null));
  });
}

Deno.test("readSafetensors() throws when there are more tensors than any net has", () => {
  const names = Array.from({ length: 100_001 }, (_, i) => `"${i}":${entry("F32", "[0]", "[0,0]")}`);
  const error = assertThrows(() => readSafetensors(fileOf(`{${names}}`, 0), { path: "f" }), InputError);
  assertEquals(error.message, "Cannot read f: its header must name at most 100000 things, found more");
});
