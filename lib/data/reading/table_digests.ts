import { createHash } from "node:crypto";
import { contentOf, type TableFile } from "./base/table_content.ts";

/**
 * Returns the SHA-256 of each file's content, as 64 hexadecimal digits; of a compressed one, of its unpacked content.
 *
 * @throws {InputError} If one is missing or damaged.
 */
export async function tableDigests(
  files: readonly TableFile[],
  { signal }: { readonly signal?: AbortSignal } = {},
): Promise<readonly string[]> {
  const digests: string[] = [];
  for (const file of files) {
    const hash = createHash("sha256");
    for await (const chunk of contentOf(file, { signal })) hash.update(chunk);
    digests.push(hash.digest("hex"));
  }
  return digests;
}
