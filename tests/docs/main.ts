import { makeDocs } from "./make_docs.ts";

// `deno task docs`: writes the API reference and the guides into a folder that git ignores.
const FOLDER = new URL("../../docs/", import.meta.url).pathname;

await Deno.remove(FOLDER, { recursive: true }).catch((error) => {
  if (!(error instanceof Deno.errors.NotFound)) throw error;
});
const { pages } = await makeDocs(FOLDER);
console.log(`${pages} pages: ${FOLDER}index.html`);
