import { assertEquals } from "@std/assert";
import { Buffer } from "node:buffer";
import { PNG } from "pngjs";
import { pictureSheet } from "../../../lib/report/story/picture.ts";

Deno.test("pictureSheet() lays pictures out with a white line between them, planes as pixels", () => {
  const grey = pictureSheet([btoa("\x00\x40\x80\xff"), btoa("\x01\x02\x03\x04")], {
    image: { width: 2, height: 2, channels: 1 },
    columns: 10,
  });
  const { width, height, data } = PNG.sync.read(Buffer.from(grey));
  assertEquals([width, height], [5, 2]);
  const reds = Array.from({ length: width * height }, (_, i) => data[4 * i]);
  assertEquals(reds, [0, 0x40, 255, 1, 2, 0x80, 255, 255, 3, 4]);
  const colour = pictureSheet([btoa("\x01\x02\x03")], {
    image: { width: 1, height: 1, channels: 3 },
    columns: 1,
  });
  assertEquals([...PNG.sync.read(Buffer.from(colour)).data], [1, 2, 3, 255]);
});
