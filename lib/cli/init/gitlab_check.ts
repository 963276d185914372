import { COMMENT_MARK } from "../../report/gate/check_comment.ts";
import { DENO_VERSION } from "../launch/check_deno.ts";
import { indentLines } from "./indent_lines.ts";
import { linkNote } from "./link_note.ts";
import type { ProjectFacts } from "./project_facts.ts";

/** Returns the pipeline of GitLab that checks a project and comments on its merge requests. */
export function gitlabCheck({ checkout }: Pick<ProjectFacts, "checkout">): string {
  return linkNote(checkout, { server: "GitLab" }) + PIPELINE;
}

const IMAGE = `image:
    name: denoland/deno:debian-${DENO_VERSION}
    # GitLab starts a shell of its own.
    entrypoint: [""]`;

/** Deno reads this program from the pipeline itself, so that no file of the merge request is needed. */
const PROGRAM = `const mark = "${COMMENT_MARK}";
const token = Deno.env.get("SEEDBED_TOKEN");
if (!token) {
  console.log("No comment: SEEDBED_TOKEN must hold a project access token (role Reporter, scope api)");
  Deno.exit();
}
const ask = async (method, path, fields) => {
  const headers = { "PRIVATE-TOKEN": token, "Content-Type": "application/json" };
  const url = Deno.env.get("CI_API_V4_URL") + path;
  const answer = await fetch(url, { method, headers, body: JSON.stringify(fields) });
  if (answer.ok) return await answer.json();
  throw new Error(\`Cannot comment: GitLab must take \${method} \${path}, found \${answer.status}\`);
};
const project = Deno.env.get("CI_MERGE_REQUEST_PROJECT_ID");
const notes = \`/projects/\${project}/merge_requests/\${Deno.env.get("CI_MERGE_REQUEST_IID")}/notes\`;
// A zero-width space behind each @ keeps a text from notifying people.
const text = (await Deno.readTextFile("seedbed/comment.md")).replaceAll("@", "@\\u200b");
const pipeline = "[This pipeline](" + Deno.env.get("CI_PIPELINE_URL") + ") has the results; ";
const body = text + "\\n" + pipeline + "\`baseline --from\` accepts them without training.\\n";
const me = await ask("GET", "/user");
let mine;
for (let page = 1, count = 100; mine === undefined && count === 100; page++) {
  const found = await ask("GET", \`\${notes}?sort=asc&per_page=100&page=\${page}\`);
  mine = found.find((note) => note.author.id === me.id && note.body.startsWith(mark));
  count = found.length;
}
if (mine !== undefined) await ask("PUT", \`\${notes}/\${mine.id}\`, { body });
else if (!body.startsWith(\`\${mark}\\n## ✅ Seedbed: nothing to check\`)) await ask("POST", notes, { body });
`;

const PIPELINE = `# Runs the experiments again and fails where they are not as committed.
seedbed:
  ${IMAGE}
  interruptible: true
  rules:
    - if: $CI_PIPELINE_SOURCE == "merge_request_event"
    - if: $CI_COMMIT_BRANCH == $CI_DEFAULT_BRANCH
  variables:
    # --changed compares with the commit at which the branch began.
    GIT_DEPTH: "0"
  before_script:
    # The image has bash and Deno, and no git.
    - apt-get -qq update
    - apt-get -qq install -y --no-install-recommends git
  # A merge request checks what it may have changed, the default branch everything. The check replaces comment.md.
  script: |
    mkdir -p seedbed
    scope=()
    if [ -n "\${CI_MERGE_REQUEST_DIFF_BASE_SHA:-}" ]; then
      scope=("--changed=$CI_MERGE_REQUEST_DIFF_BASE_SHA")
      printf '%s\\n' '${COMMENT_MARK}' '## ❌ Seedbed: the check did not end' > seedbed/comment.md
    fi
    deno task check "\${scope[@]}" \\
      --comment seedbed/comment.md \\
      --junit seedbed/junit.xml \\
      --metrics seedbed/metrics.txt \\
      --json seedbed/check.json \\
      --keep seedbed/results
  artifacts:
    # Also after a failure: the comment is made of it, and its results can be accepted.
    when: always
    paths: [seedbed/]
    reports:
      junit: seedbed/junit.xml
      metrics: seedbed/metrics.txt

# Comments on the merge request, or updates its comment. It needs a project access token in the variable SEEDBED_TOKEN,
# masked and not protected. The pipeline of a fork does not have it, and writes no comment.
seedbed-comment:
  ${IMAGE}
  needs: [seedbed]
  rules:
    - if: $CI_PIPELINE_SOURCE == "merge_request_event"
      when: always
  # A comment that cannot be written must not change the verdict.
  allow_failure: true
  variables:
    GIT_STRATEGY: none
  script: |
    deno run --no-config --allow-env --allow-net --allow-read=seedbed - <<'PROGRAM'
${indentLines(PROGRAM, 4)}    PROGRAM
`;
