import { assertEquals, assertRejects } from "@std/assert";
import { InputError } from "../../../lib/core/check/errors.ts";
import { sha256Hex } from "../../../lib/core/numbers/digest.ts";
import { tableDigests } from "../../../lib/data/reading/table_digests.ts";
import { inFolder } from "../../helpers/in_folder.ts";
import { gzipped, tableOf } from "./tables.ts";

Deno.test(
  "tableDigests() is the SHA-256 of each file's content, unpacked",
  inFolder(async (folder) => {
    const long = "1,2\n".repeat(600_000);
    const { files } = await tableOf(folder, {
      files: { "a.csv": "a\n", "b.csv": long, "c.csv.gz": await gzipped(long) },
    });
    const digest = sha256Hex(new TextEncoder().encode(long));
    assertEquals(await tableDigests(files), [sha256Hex(new TextEncoder().encode("a\n")), digest, digest]);
    const missing = { name: "x.csv", path: `${folder}/x.csv` };
    assertEquals(
      (await assertRejects(() => tableDigests([missing]), InputError)).message,
      `Cannot read data: x.csv must be a file; file not found: ${folder}/x.csv`,
    );
  }),
);
