const MODULE = new URL("../../mod.ts", import.meta.url).href;

/** A question that would end a script, and one attribute or another. */
export const QUESTION = `</script><script>alert(1)</script> "><img src=x onerror=alert(2)> Which?`;

/** Values of an axis that would do the same. */
export const LABELS = [`</script><img src=x onerror=alert(3)>`, `'"><svg onload=alert(4)>&amp;`] as const;

/** Names of classes, of which one has a comma as well. */
export const CLASSES = [
  `<b onmouseover=alert(5)>a</b>`,
  `"><img src=x onerror=alert(6)>`,
  `</table>, c`,
] as const;

/** An experiment on a table of its own, whose every text is hostile; with a rate of 1e30 it diverges. */
export const HOSTILE_FILES = {
  "hostile.ts": `import { csvDataset, defineExperiment } from "${MODULE}";

export default defineExperiment({
  name: "hostile",
  question: ${JSON.stringify(QUESTION)},
  seed: 3,
  repeats: 2,
  data: csvDataset({
    file: "hostile.csv",
    label: "kind",
    classes: ${JSON.stringify(CLASSES)},
    train: 60,
    validation: 30,
    test: 30,
  }),
  grid: { rate: [0.5, 0.02, 1e30], label: ${JSON.stringify(LABELS)}, hidden: [4, 16] },
  trial: ({ rate, label, hidden }) => ({
    model: { hiddenDims: [hidden, ...label === ${JSON.stringify(LABELS[0])} ? [] : [4]], weightScale: "he" },
    solver: { optimizer: { name: "sgd", learningRate: rate }, batchSize: 20, epochs: 5 },
  }),
});
`,
  "hostile.csv": csvText(),
} as const;

/** Three clouds of points on a lattice, no two at one place. */
function csvText(): string {
  const rows = Array.from({ length: 120 }, (_, index) => {
    const kind = index % 3;
    const [x, y] = [kind + ((index * 7) % 11) / 9, ((index * 5) % 13) / 13 - kind];
    return `${x.toFixed(3)},${y.toFixed(3)},"${CLASSES[kind].replaceAll('"', '""')}"`;
  });
  return `<i>x</i>,y,kind\n${rows.join("\n")}\n`;
}
