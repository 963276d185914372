import { assertEquals, assertRejects } from "@std/assert";
import { InputError } from "../../../lib/core/check/errors.ts";
import { decodeSprite } from "../../../lib/data/decode/decode_sprite.ts";
import { sprite } from "./sprite.ts";

Deno.test("decodeSprite() returns an image of three planes for each row of pixels", async () => {
  assertEquals(
    Array.from(await decodeSprite(sprite(), { file: "f", rows: 2, pixels: 3 })),
    [[1, 2, 3, 101, 102, 103, 201, 202, 203], [11, 12, 13, 111, 112, 113, 211, 212, 213]].flat(),
  );
});

Deno.test("decodeSprite() throws when the picture has another size", async () => {
  const error = await assertRejects(
    () => decodeSprite(sprite(), { file: "f", rows: 3, pixels: 2 }),
    InputError,
  );
  assertEquals(error.message, "Cannot read f: it must be a picture of 2 x 3 pixels, found 3 x 2");
});
