const WIDTHS = `/** Widths of the hidden layer. */
export const widths: readonly number[] = [4];
`;

/** An experiment with a helper and a package of its own project. */
export const EXPERIMENT = `import { blobs, defineExperiment } from "@seedbed/seedbed";
import { sha256 } from "hashes/sha2.js";
import { widths } from "./parts/widths.ts";

const [seed] = sha256(new TextEncoder().encode("tiny"));

export default defineExperiment({
  name: "tiny",
  question: "Does Seedbed run in another project?",
  seed,
  data: blobs({ numClasses: 3, inputDim: 8, spread: 1, train: 60, validation: 20, test: 20 }),
  grid: { width: widths },
  trial: ({ width }) => ({
    model: { hiddenDims: [width] },
    solver: { optimizer: { name: "adam", learningRate: 0.01 }, batchSize: 20, epochs: 2 },
  }),
});
`;

/**
 * Writes a project whose import map names Seedbed and an npm package, and whose experiment is `experiments/tiny.ts`.
 *
 * @param links folders of packages that stand in for those of JSR
 */
export async function writeOwnProject(
  folder: string,
  { version, links = [] }: { readonly version: string; readonly links?: readonly string[] },
): Promise<void> {
  await Deno.mkdir(`${folder}/experiments/parts`, { recursive: true });
  const config = {
    imports: {
      "@seedbed/seedbed": `jsr:@seedbed/seedbed@${version}`,
      "hashes/": "npm:/@noble/hashes@2.4.0/",
    },
    links,
    unstable: ["worker-options"],
  };
  await Deno.writeTextFile(`${folder}/deno.json`, JSON.stringify(config));
  await Deno.writeTextFile(`${folder}/experiments/parts/widths.ts`, WIDTHS);
  await Deno.writeTextFile(`${folder}/experiments/tiny.ts`, EXPERIMENT);
}
