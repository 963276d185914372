// @ts-types="npm:@types/pngjs@6.0.5"
import { PNG } from "pngjs";

/** A picture of 3 x 2 pixels, each (10 * row + column + 1, +100, +200). */
export function sprite(): Uint8Array {
  const png = new PNG({ width: 3, height: 2, colorType: 2 });
  for (let pixel = 0; pixel < 6; pixel++) {
    const red = 10 * Math.floor(pixel / 3) + pixel % 3 + 1;
    png.data.set([red, red + 100, red + 200, 255], 4 * pixel);
  }
  return PNG.sync.write(png, { colorType: 2 });
}
