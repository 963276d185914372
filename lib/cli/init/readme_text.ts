import type { CiServer } from "../../core/facts/ci_server.ts";
import { DENO_VERSION } from "../launch/check_deno.ts";
import type { ProjectFacts } from "./project_facts.ts";

/** Returns the README of a new project. */
export function readmeText({ name, checkout, ci }: Omit<ProjectFacts, "version">): string {
  const source = checkout === null ? "" : LINKED.replace("CHECKOUT", checkout);
  return `# ${name}

Experiments that run on [Seedbed](https://jsr.io/@seedbed/seedbed): same seed,
same bits, on any machine.

\`\`\`sh
deno task start                             # run experiments/spirals.ts
deno task run experiments/NAME.ts           # run the trials of an experiment that have no result yet
deno task list                              # all experiments, and how many trials have a result
deno task dashboard                         # watch them in the browser
\`\`\`

This needs [Deno](https://deno.com) ${DENO_VERSION}; without it,
\`npx -y deno@${DENO_VERSION} task start\` does the same. \`deno task COMMAND --help\` lists
the flags of a command.

## Experiments

A file in \`experiments/\` declares an experiment: its data, a grid, and how a
point of the grid becomes a net and a way to train it. Its name is that of the
file. It may import its own modules, and packages of npm and JSR that
\`deno.json\` names, and it may read this folder. It may do nothing else, and it
sees no clock and no chance. A file whose name begins with \`_\` is a helper that
experiments import.

\`experiments/data/spirals.csv\` is the data of the first experiment. Put your own
beside it.

## Results

\`results/NAME/\` holds the report, the tables and the pictures of an experiment.
They have the same bytes on each run. Commit them: they are what the next run is
compared with.

\`\`\`sh
git add . && git commit -m "First results"
deno task check                             # run everything again, and compare with what is committed
deno task baseline experiments/NAME.ts --reason "why"   # accept new results in their place
\`\`\`

Where a change is meant to change results, run \`baseline\` and commit what it
writes: the diff then shows what changed, and \`results/NAME/CHANGES.md\` why.

${CI[ci]}\`.gitattributes\` keeps the bytes of results and data as they are, whatever git
does with other files.
${source}`;
}

const CI: Readonly<Record<CiServer, string>> = {
  github: `\`.github/workflows/seedbed.yml\` does the check for each pull request, and fails
where an accuracy or a bit is not the committed one. Once it is on the main
branch, \`seedbed-comment.yml\` beside it comments on the pull request with what
changed; it runs no code of a pull request. The artifact \`seedbed\` of a run has
the findings, and all results that were computed.

`,
  gitlab: `\`.gitlab-ci.yml\` does the check for each merge request, and fails where an
accuracy or a bit is not the committed one. It comments on the merge request
with what changed if the variable \`SEEDBED_TOKEN\`, masked and not protected,
holds a project access token with the role Reporter and the scope \`api\`. The
artifacts of the job have the findings, and all results that were computed.

`,
  none: "",
};

const LINKED = `
## Seedbed

This project uses the checkout of Seedbed that \`"links"\` in \`deno.json\` names,
seen from here:

\`\`\`text
CHECKOUT
\`\`\`

Remove \`"links"\` to use the version of JSR instead.
`;
