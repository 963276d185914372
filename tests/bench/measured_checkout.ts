import { CIFAR10 } from "../../lib/data/official/cifar10_source.ts";
import { benchPictures } from "./bench_data.ts";
import { BENCH_DIR, benchFolder } from "./tools.ts";

/** A checkout whose commands can be measured without a network. */
export interface MeasuredCheckout {
  readonly folder: string;
  /** What its commands need in their environment. */
  readonly env: Readonly<Record<string, string>>;
  /** What its CIFAR-10 is. */
  readonly about: string;
}

/**
 * Returns this checkout where the cache holds CIFAR-10; else a copy of it whose CIFAR-10 is the pictures that stand in
 * for it, so that every byte is read, hashed and compared as ever.
 */
export async function measuredCheckout(): Promise<MeasuredCheckout> {
  const root = `${BENCH_DIR}/../..`;
  const { source, cacheDir, about } = await benchPictures();
  if (source === CIFAR10) return { folder: root, env: {}, about };
  const folder = `${await benchFolder()}/checkout`;
  await Deno.remove(folder, { recursive: true }).catch(() => {});
  for (const name of COPIED) await copy(`${root}/${name}`, `${folder}/${name}`);
  const pin = `${folder}/lib/data/official/cifar10_source.ts`;
  const text = await Deno.readTextFile(pin);
  if (!text.includes(CIFAR10.sha256)) {
    throw new Error(`Cannot measure the start: ${pin} must hold the digest`);
  }
  await Deno.writeTextFile(pin, text.replace(CIFAR10.sha256, source.sha256));
  return { folder, env: { SEEDBED_CACHE: cacheDir }, about };
}

const COPIED = ["deno.json", "deno.lock", "mod.ts", "lib", "experiments", "tests/bench"] as const;

async function copy(from: string, to: string): Promise<void> {
  if ((await Deno.stat(from)).isFile) {
    await Deno.mkdir(to.slice(0, to.lastIndexOf("/")), { recursive: true });
    return await Deno.copyFile(from, to);
  }
  for await (const { name } of Deno.readDir(from)) await copy(`${from}/${name}`, `${to}/${name}`);
}
