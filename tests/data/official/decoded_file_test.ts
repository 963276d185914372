import { assertEquals, assertNotEquals } from "@std/assert";
import { sha256Hex } from "../../../lib/core/numbers/digest.ts";
import { sharedBytes } from "../../../lib/data/base/shared_arrays.ts";
import { readDecoded, type RowRange } from "../../../lib/data/official/decoded_file.ts";
import { tinySource } from "../tiny_source.ts";

const INPUT_DIM = 1024;
const ROWS = { train: 6_000, test: 3_000 };
/** Three pieces of 4 MiB, the last of them short. */
const BYTES = Uint8Array.from(
  { length: (ROWS.train + ROWS.test) * (INPUT_DIM + 1) },
  (_, i) => (i * 7919 + (i >> 9)) & 255,
);
const SHA256 = sha256Hex(BYTES);
const TEST_START = ROWS.train * (INPUT_DIM + 1);
const source = { ...(await tinySource()).source, inputDim: INPUT_DIM, rows: ROWS, sha256: SHA256 };

/** Rows that begin and end within pieces, one run right behind the other, labels, and rows behind a gap. */
function rowRanges(): RowRange[] {
  return [
    { split: "test", field: "rows", first: 10, into: sharedBytes(2_500 * INPUT_DIM) },
    { split: "train", field: "rows", first: 3, into: sharedBytes(5_000 * INPUT_DIM) },
    { split: "train", field: "rows", first: 5_003, into: sharedBytes(100 * INPUT_DIM) },
    { split: "train", field: "labels", first: 3, into: sharedBytes(5_100) },
  ];
}

async function readBytes(bytes: Uint8Array, ranges: readonly RowRange[]): Promise<string> {
  const path = await Deno.makeTempFile();
  try {
    await Deno.writeFile(path, bytes);
    return await readDecoded(path, { source, ranges });
  } finally {
    await Deno.remove(path);
  }
}

Deno.test("readDecoded() reads each range and hashes the whole file", async () => {
  const ranges = rowRanges();
  assertEquals(await readBytes(BYTES, ranges), SHA256);
  const starts = [TEST_START + 10 * INPUT_DIM, 3 * INPUT_DIM, 5_003 * INPUT_DIM, ROWS.train * INPUT_DIM + 3];
  for (const [i, { into }] of ranges.entries()) {
    assertEquals(sha256Hex(into), sha256Hex(BYTES.subarray(starts[i], starts[i] + into.length)));
  }
});

Deno.test("readDecoded() hashes the whole file when no range is requested", async () => {
  assertEquals(await readBytes(BYTES, []), SHA256);
});

const places = {
  "its first": 0,
  "a requested": 2_000 * INPUT_DIM,
  "an unrequested": 5_500 * INPUT_DIM,
  "its last": BYTES.length - 1,
};

for (const [what, place] of Object.entries(places)) {
  Deno.test(`readDecoded() gives another digest when ${what} byte is another`, async () => {
    const altered = BYTES.slice();
    altered[place] ^= 1;
    const found = await readBytes(altered, rowRanges());
    assertEquals(found, sha256Hex(altered));
    assertNotEquals(found, SHA256);
  });
}

for (
  const [what, length] of [["shorter", BYTES.length - 1], ["empty", 0], ["longer", BYTES.length + 1]] as const
) {
  Deno.test(`readDecoded() gives the digest of what is there when the file is ${what}`, async () => {
    const other = new Uint8Array(length);
    other.set(BYTES.subarray(0, length));
    assertEquals(await readBytes(other, rowRanges()), sha256Hex(other));
  });
}
