import { GUIDE_TABLES, withTables } from "./guide_tables.ts";

const ROOT = new URL("../../", import.meta.url);

// Writes into the guides the tables that come from the code.
for (const [path, tables] of Object.entries(GUIDE_TABLES)) {
  const guide = new URL(path, ROOT);
  await Deno.writeTextFile(guide, withTables(await Deno.readTextFile(guide), tables));
}
