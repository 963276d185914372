import { assertEquals, assertStringIncludes } from "@std/assert";
import { needing } from "../setup/needing.ts";
import { FILE, inRepository } from "./repository.ts";

Deno.test(
  needing("git", "run says whether its bits are the committed ones, and what to do next"),
  inRepository(async ({ run, read, git, folder }) => {
    const same = await run("run", FILE, "--fresh");
    assertStringIncludes(
      same.out,
      "\nbits        same bits as committed (4 of 4)\nnext        open the report, or start deno task dashboard\n",
    );
    // Committed results of other bits: those of one trial, changed by hand.
    const trials = await read("results/blobs_rate/trials.csv");
    const changed = trials.replace(/[0-9a-f]{64}/, "0".repeat(64));
    await Deno.writeTextFile(`${folder}/results/blobs_rate/trials.csv`, changed);
    const who = ["-c", "user.name=Test", "-c", "user.email=test@example.org", "-c", "commit.gpgsign=false"];
    await git(...who, "commit", "--quiet", "--all", "--message", "other bits");
    const other = await run("run", FILE);
    assertStringIncludes(
      other.out,
      "\nbits        1 of 4 trials has other bits than committed: deno task diff HEAD results/blobs_rate shows where\n" +
        `next        deno task baseline ${FILE} --reason "…" accepts the bits, if you meant to change them\n`,
    );
    const { bits } = JSON.parse((await run("run", FILE, "--json")).out);
    assertEquals([bits.compared, bits.different.length, bits.added], [4, 1, 0]);
    await Deno.remove(`${folder}/.git/HEAD`);
    assertEquals((await run("run", FILE)).out.includes("\nbits "), false);
  }),
);
