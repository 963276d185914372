import { publicApi } from "./public_api.ts";

// Writes the signatures of all that may be imported, which public_api_test.ts holds the code to.
await Deno.writeTextFile(new URL("../golden/public_api.txt", import.meta.url), await publicApi());
