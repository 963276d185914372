import { encode } from "fast-png";
import type { Inspection, Picture } from "../../experiment/trial/inspection.ts";

/** Pictures of one shape laid out on a sheet. */
export interface SheetOptions {
  readonly image: NonNullable<Inspection["image"]>;
  /** Pictures in a row of the sheet. */
  readonly columns: number;
}

const GAP = 1;
const WHITE = 255;

/** Returns a PNG of pictures side by side, row after row; a deflate in JavaScript gives the same bytes everywhere. */
export function pictureSheet(pictures: readonly Picture[], { image, columns }: SheetOptions): Uint8Array {
  const { width, height, channels } = image;
  const across = Math.min(columns, pictures.length);
  const down = Math.ceil(pictures.length / across);
  const sheetWidth = across * (width + GAP) - GAP;
  const sheetHeight = down * (height + GAP) - GAP;
  const data = new Uint8Array(sheetWidth * sheetHeight * channels).fill(WHITE);
  pictures.forEach((picture, index) => {
    const bytes = fromBase64(picture);
    const left = (index % across) * (width + GAP);
    const top = Math.floor(index / across) * (height + GAP);
    for (let y = 0; y < height; y++) {
      for (let x = 0; x < width; x++) {
        const to = ((top + y) * sheetWidth + left + x) * channels;
        // Channel planes become interleaved pixels.
        for (let c = 0; c < channels; c++) data[to + c] = bytes[(c * height + y) * width + x];
      }
    }
  });
  return encode({ width: sheetWidth, height: sheetHeight, data, depth: 8, channels });
}

/** Returns a PNG as a data URL. */
export function pngUrl(png: Uint8Array): string {
  let text = "";
  for (const byte of png) text += String.fromCharCode(byte);
  return `data:image/png;base64,${btoa(text)}`;
}

function fromBase64(picture: Picture): Uint8Array {
  return Uint8Array.from(atob(picture), (character) => character.charCodeAt(0));
}
