import { assertEquals, assertRejects } from "@std/assert";
import { crc32, deflateSync } from "node:zlib";
// @ts-types="npm:@types/pngjs@6.0.5"
import { PNG } from "pngjs";
import { InputError } from "../../../lib/core/check/errors.ts";
import { decodeImage } from "../../../lib/data/decode/decode_image.ts";
import { sprite } from "./sprite.ts";

/** A picture of 2 x 2 pixels. */
function picture(...pixels: readonly (readonly [number, number, number, number])[]): Uint8Array {
  const png = new PNG({ width: 2, height: 2 });
  png.data.set(pixels.flat());
  return PNG.sync.write(png);
}

const COLOURS = picture([1, 5, 9, 255], [2, 6, 10, 255], [3, 7, 11, 255], [4, 8, 12, 255]);

const GREYS = picture([1, 1, 1, 255], [2, 2, 2, 255], [3, 3, 3, 255], [255, 255, 255, 255]);

Deno.test("decodeImage() returns one plane of a grey picture, three of one in colours", async () => {
  const image = { width: 2, height: 2, channels: 3 };
  assertEquals(
    await decodeImage(COLOURS, { file: "f", image }),
    Uint8Array.of(1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12),
  );
  assertEquals(
    await decodeImage(GREYS, { file: "f", image: { ...image, channels: 1 } }),
    Uint8Array.of(1, 2, 3, 255),
  );
});

const badPictures: readonly (readonly [bytes: Uint8Array, channels: number, message: string])[] = [
  [Uint8Array.of(1, 2, 3), 3, "it must be a PNG picture, found another file"],
  [
    COLOURS.subarray(0, 40),
    3,
    "it must be a whole PNG picture, found a damaged one",
  ],
  [sprite(), 3, "it must be a picture of 2 x 2 pixels, found 3 x 2"],
  [
    COLOURS,
    1,
    "it must be grey and opaque, found red 1, green 5, blue 9, opacity 255 at 0, 0",
  ],
  [
    picture([1, 2, 3, 255], [1, 2, 3, 255], [1, 2, 3, 255], [1, 2, 3, 254]),
    3,
    "it must be in colour and opaque, found red 1, green 2, blue 3, opacity 254 at 1, 1",
  ],
];

/** Writes a picture again with other bytes at a place, and no checksum mended. */
function edited(bytes: Uint8Array, at: number, ...values: readonly number[]): Uint8Array {
  const copy = Uint8Array.from(bytes);
  copy.set(values, at);
  return copy;
}

/** A chunk of a PNG, with its checksum. */
function chunk(name: string, data: Uint8Array): Uint8Array {
  const body = new Uint8Array([...new TextEncoder().encode(name), ...data]);
  const bytes = new Uint8Array(8 + body.length);
  new DataView(bytes.buffer).setUint32(0, data.length);
  bytes.set(body, 4);
  new DataView(bytes.buffer).setUint32(4 + body.length, crc32(body));
  return bytes;
}

/** A PNG of one's own making: what its header says, and what is packed in it. */
function ownPicture(
  header: { readonly size: readonly [number, number]; readonly depth?: number; readonly interlace?: number },
  packed: Uint8Array,
  { more = [] }: { readonly more?: readonly Uint8Array[] } = {},
): Uint8Array {
  const fields = new Uint8Array(13);
  const view = new DataView(fields.buffer);
  header.size.forEach((size, i) => view.setUint32(4 * i, size));
  fields.set([header.depth ?? 8, 6, 0, 0, header.interlace ?? 0], 8);
  const parts = [chunk("IHDR", fields), ...more, chunk("IDAT", packed), chunk("IEND", new Uint8Array())];
  return Uint8Array.from([...COLOURS.subarray(0, 8), ...parts.flatMap((part) => [...part])]);
}

const HUGE = ownPicture({ size: [30_000, 30_000] }, deflateSync(new Uint8Array(1000)));

/** 64 MiB of zeros, packed. */
const BOMB = deflateSync(new Uint8Array(2 ** 26));

const DAMAGED = "it must be a whole PNG picture, found a damaged one";

const hostilePictures: readonly (readonly [name: string, bytes: Uint8Array, message: string])[] = [
  ["says a huge size", HUGE, "it must be a picture of 2 x 2 pixels, found 30000 x 30000"],
  [
    "says the largest size",
    ownPicture({ size: [4_294_967_295, 4_294_967_295] }, new Uint8Array()),
    "it must be a picture of 2 x 2 pixels, found 4294967295 x 4294967295",
  ],
  [
    "has a second header, of a huge size",
    ownPicture({ size: [2, 2] }, deflateSync(new Uint8Array(18)), { more: [HUGE.subarray(8, 33)] }),
    DAMAGED,
  ],
  [
    "has 16 bits a channel",
    ownPicture({ size: [2, 2], depth: 16 }, deflateSync(new Uint8Array(34))),
    "it must have at most 8 bits a channel, found 16",
  ],
  [
    "unpacks to far more",
    ownPicture({ size: [2, 2] }, BOMB),
    DAMAGED,
  ],
  ["is interlaced and unpacks to far more", ownPicture({ size: [2, 2], interlace: 1 }, BOMB), DAMAGED],
  ["has no pixels", ownPicture({ size: [2, 2] }, new Uint8Array()), DAMAGED],
  ["has too few pixels", ownPicture({ size: [2, 2] }, deflateSync(new Uint8Array(10))), DAMAGED],
  ["has pixels that are not packed", ownPicture({ size: [2, 2] }, new Uint8Array(18)), DAMAGED],
  ["has a wrong checksum", edited(COLOURS, 29, 1, 2, 3, 4), DAMAGED],
  ["has a chunk that reaches beyond the file", edited(COLOURS, 33, 255, 255, 255, 255), DAMAGED],
  ["begins with another chunk", edited(COLOURS, 12, 0x74), DAMAGED],
  ["has no end", COLOURS.subarray(0, -12), DAMAGED],
  ["is a signature alone", COLOURS.subarray(0, 8), DAMAGED],
];

for (const [name, bytes, message] of hostilePictures) {
  Deno.test(`decodeImage() throws when a picture ${name}`, async () => {
    const image = { width: 2, height: 2, channels: 3 };
    const error = await assertRejects(() => decodeImage(bytes, { file: "f", image }), InputError);
    assertEquals(error.message, `Cannot read f: ${message}`);
  });
}

Deno.test("decodeImage() reads a picture that is interlaced", async () => {
  // The first pass has the first pixel, the sixth the one beside it, and the seventh the row below.
  const rows = [[0, 1, 5, 9, 255], [0, 2, 6, 10, 255], [0, 3, 7, 11, 255, 4, 8, 12, 255]];
  const bytes = ownPicture({ size: [2, 2], interlace: 1 }, deflateSync(Uint8Array.from(rows.flat())));
  const image = { width: 2, height: 2, channels: 3 };
  const row = await decodeImage(bytes, { file: "f", image });
  assertEquals(row, Uint8Array.of(1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12));
});

for (const [bytes, channels, message] of badPictures) {
  Deno.test(`decodeImage() of ${channels} channels throws: ${message}`, async () => {
    const image = { width: 2, height: 2, channels };
    const error = await assertRejects(() => decodeImage(bytes, { file: "f", image }), InputError);
    assertEquals(error.message, `Cannot read f: ${message}`);
  });
}
