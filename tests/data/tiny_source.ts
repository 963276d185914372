import { createHash } from "node:crypto";
import { gzipSync } from "node:zlib";
// @ts-types="npm:@types/tar-stream@3.1.5"
import { pack } from "tar-stream";
import { sha256Hex } from "../../lib/core/numbers/digest.ts";
import { decodeIdx } from "../../lib/data/decode/decode_idx.ts";
import type { DecodedPart, DecodeFile, OfficialSource } from "../../lib/data/official/official_source.ts";

const TRAIN = [[1, 2], [3, 4], [5, 6], [7, 8]];
const TEST = [[9, 10], [11, 12], [13, 14]];
const TRAIN_LABELS = [0, 1, 2, 1];
const TEST_LABELS = [2, 0, 1];

/** The official files of a data set of four training and three test rows. */
export const tinyFiles: Readonly<Record<string, Uint8Array>> = {
  "train-rows": encodeIdx(TRAIN.flat(), [4, 2]),
  "train-labels": encodeIdx(TRAIN_LABELS, [4]),
  "test-rows": encodeIdx(TEST.flat(), [3, 2]),
  "test-labels": encodeIdx(TEST_LABELS, [3]),
};

/** The decoded bytes of that data set. */
export const tinyDecoded = Uint8Array.from([
  ...TRAIN.flat(),
  ...TRAIN_LABELS,
  ...TEST.flat(),
  ...TEST_LABELS,
]);

/** The source whose pins are those of {@link tinyFiles}, and its package. */
export async function tinySource(): Promise<
  { readonly source: OfficialSource; readonly tarball: Uint8Array }
> {
  const tarball = await packTarball(tinyFiles);
  const decoders: Record<string, DecodeFile> = {
    "train-rows": decoder({ split: "train", field: "rows", first: 0 }, [4, 2]),
    "train-labels": decoder({ split: "train", field: "labels", first: 0 }, [4]),
    "test-rows": decoder({ split: "test", field: "rows", first: 0 }, [3, 2]),
    "test-labels": decoder({ split: "test", field: "labels", first: 0 }, [3]),
  };
  const source: OfficialSource = {
    title: "Tiny",
    name: "tiny",
    inputDim: 2,
    classNames: ["a", "b", "c"],
    image: { width: 2, height: 1, channels: 1 },
    rows: { train: 4, test: 3 },
    sha256: sha256Hex(tinyDecoded),
    tarball: {
      name: "tiny-data",
      version: "1.0.0",
      integrity: integrityOf(tarball),
    },
    packageFiles: Object.fromEntries(
      Object.entries(decoders).map(([name, decode]) => [`data/${name}`, decode]),
    ),
    folderFiles: decoders,
  };
  return { source, tarball };
}

/** Returns an IDX file of unsigned bytes. */
export function encodeIdx(values: readonly number[], dims: readonly number[]): Uint8Array {
  const bytes = new Uint8Array(4 + 4 * dims.length + values.length);
  const view = new DataView(bytes.buffer);
  view.setUint32(0, 0x0800 + dims.length);
  dims.forEach((dim, index) => view.setUint32(4 + 4 * index, dim));
  bytes.set(values, 4 + 4 * dims.length);
  return bytes;
}

function decoder(place: Omit<DecodedPart, "bytes">, dims: readonly number[]): DecodeFile {
  return (bytes, file) => Promise.resolve([{ ...place, bytes: decodeIdx(bytes, { file, dims }) }]);
}

/** Returns the integrity of a tarball as npm writes it. */
export function integrityOf(tarball: Uint8Array): string {
  return `sha512-${createHash("sha512").update(tarball).digest("base64")}`;
}

/** Returns a package with the files of a data set. */
export async function packTarball(files: Readonly<Record<string, Uint8Array>>): Promise<Uint8Array> {
  const tar = pack();
  tar.entry({ name: "package/package.json" }, "{}");
  for (const [name, bytes] of Object.entries(files)) {
    tar.entry({ name: `package/data/${name}` }, bytes as unknown as string);
  }
  tar.finalize();
  const chunks: Uint8Array[] = [];
  for await (const chunk of tar) chunks.push(chunk);
  return gzipSync(await new Blob(chunks as BlobPart[]).bytes());
}
