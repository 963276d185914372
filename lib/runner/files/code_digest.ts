import { createHash } from "node:crypto";
import { fileURLToPath } from "node:url";
import { SEEDBED_VERSION } from "../../core/facts/seedbed_version.ts";
import { readFolder } from "../../files/read_folder.ts";
import { seedbedRoot } from "./seedbed_place.ts";

/** The folders of lib whose code decides what a trial computes. */
const COMPUTING = ["core", "data", "kernels", "nn", "experiment", "engine"];

/**
 * Returns a digest of what computes: Seedbed's code as it is now, its packages, the version of Deno and its engine, and
 * the kind of processor. A registry's code never changes, so that its version stands for it.
 */
export async function codeDigest(): Promise<string> {
  const { deno, v8 } = Deno.version;
  const { os, arch } = Deno.build;
  const root = seedbedRoot();
  const code = root.protocol === "file:" ? await sourceText(root) : `${root.href} ${SEEDBED_VERSION}`;
  return createHash("sha256").update([deno, v8, os, arch, code].join("\n")).digest("hex");
}

async function sourceText(root: URL): Promise<string> {
  const paths: string[] = ["deno.json"];
  for (const folder of COMPUTING) paths.push(...await filesIn(root, `lib/${folder}`));
  const texts = await Promise.all(paths.sort().map((path) => Deno.readTextFile(new URL(path, root))));
  return paths.map((path, index) => `${path} ${texts[index].length}\n${texts[index]}`).join("\n");
}

async function filesIn(root: URL, folder: string): Promise<readonly string[]> {
  const found: string[] = [];
  for await (const { name, isDirectory } of readFolder(fileURLToPath(new URL(folder, root)))) {
    if (isDirectory) found.push(...await filesIn(root, `${folder}/${name}`));
    else if (!name.endsWith(".md")) found.push(`${folder}/${name}`);
  }
  return found;
}
