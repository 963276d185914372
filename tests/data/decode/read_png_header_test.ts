import { assertEquals, assertThrows } from "@std/assert";
import { InputError } from "../../../lib/core/check/errors.ts";
import { readPngHeader } from "../../../lib/data/decode/read_png_header.ts";

const SIGNATURE = [0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a];

/** A chunk with a checksum of zeros, which this reader does not look at. */
function chunk(name: string, ...data: readonly number[]): readonly number[] {
  return [0, 0, 0, data.length, ...new TextEncoder().encode(name), ...data, 0, 0, 0, 0];
}

const header = ({ colour = 6, interlace = 0 } = {}) =>
  chunk("IHDR", ...[0, 0, 1, 2, 0, 0, 0, 5, 8, colour, 0, 0, interlace]);

const readIt = (...parts: readonly (readonly number[])[]) =>
  readPngHeader(Uint8Array.from([...SIGNATURE, ...parts.flat()]), { file: "p.png" });

Deno.test("readPngHeader() reads sizes, kind of colour and the packed pixels in their pieces", () => {
  const found = readIt(header(), chunk("tEXt", 9), chunk("IDAT", 1, 2), chunk("IDAT", 3), chunk("IEND"));
  assertEquals(found, {
    width: 258,
    height: 5,
    bitDepth: 8,
    channels: 4,
    isInterlaced: false,
    data: [Uint8Array.of(1, 2), Uint8Array.of(3)],
  });
});

Deno.test("readPngHeader() knows the channels of each kind of colour, and interlaced pictures", () => {
  const channels = [0, 2, 3, 4, 6].map((colour) => readIt(header({ colour }), chunk("IEND")).channels);
  assertEquals(channels, [1, 3, 1, 2, 4]);
  assertEquals(readIt(header({ interlace: 1 }), chunk("IEND")).isInterlaced, true);
});

Deno.test("readPngHeader() throws when a file is no PNG, or its chunks are not whole", () => {
  const damaged = "it must be a whole PNG picture, found a damaged one";
  const cases: readonly (readonly [parts: readonly (readonly number[])[], message: string])[] = [
    [[header()], damaged],
    [[header().slice(0, -1)], damaged],
    [[chunk("IDAT", 1), header(), chunk("IEND")], damaged],
    [[header(), header(), chunk("IEND")], damaged],
    [[header({ colour: 5 }), chunk("IEND")], damaged],
    [[chunk("IHDR", 0, 0, 0, 1), chunk("IEND")], damaged],
    [[header(), [0xff, 0xff, 0xff, 0xff, ...new TextEncoder().encode("IDAT"), 0, 0, 0, 0]], damaged],
  ];
  for (const [parts, message] of cases) {
    const error = assertThrows(() => readIt(...parts), InputError);
    assertEquals(error.message, `Cannot read p.png: ${message}`);
  }
  const other = assertThrows(() => readPngHeader(Uint8Array.of(1, 2), { file: "p.png" }), InputError);
  assertEquals(other.message, "Cannot read p.png: it must be a PNG picture, found another file");
});
