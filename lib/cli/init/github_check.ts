import { COMMENT_MARK } from "../../report/gate/check_comment.ts";
import { DENO_VERSION } from "../launch/check_deno.ts";
import { linkNote } from "./link_note.ts";
import { PINNED_ACTIONS } from "./pinned_actions.ts";
import type { ProjectFacts } from "./project_facts.ts";

/** Returns the workflow of GitHub Actions that checks a project. It may read the code and nothing else. */
export function githubCheck({ checkout }: Pick<ProjectFacts, "checkout">): string {
  return linkNote(checkout, { server: "GitHub" }) + CHECK;
}

const CHECK =
  `# Runs the experiments again and fails where they are not as committed. It runs the code of a pull request, also
# of a stranger's fork, and may therefore only read. seedbed-comment.yml comments on what this writes.
name: seedbed
on:
  pull_request:
  push:
    branches: [main]
permissions:
  contents: read
# A newer commit of a pull request makes the check of an older one useless.
concurrency:
  group: seedbed-\${{ github.event.pull_request.number || github.sha }}
  cancel-in-progress: true
jobs:
  check:
    runs-on: ubuntu-latest
    steps:
      - uses: ${PINNED_ACTIONS.checkout}
        with:
          # --changed compares with the commit at which the branch began.
          fetch-depth: 0
          # The code that runs below needs no token of this repository.
          persist-credentials: false
      - uses: ${PINNED_ACTIONS.setupDeno}
        with:
          deno-version: ${DENO_VERSION}
      - name: Check
        env:
          NUMBER: \${{ github.event.pull_request.number }}
        # A pull request checks what it may have changed, a push checks everything.
        run: |
          mkdir -p seedbed
          scope=()
          if [ -n "$NUMBER" ]; then
            scope=(--changed)
            echo "$NUMBER" > seedbed/number.txt
            # The check replaces this when it ends.
            printf '%s\\n' '${COMMENT_MARK}' '## ❌ Seedbed: the check did not end' > seedbed/comment.md
          fi
          deno task check "\${scope[@]}" \\
            --comment seedbed/comment.md \\
            --junit seedbed/junit.xml \\
            --json seedbed/check.json \\
            --keep seedbed/results
      # Also after a failure: the comment is made of it, and its results can be accepted.
      - uses: ${PINNED_ACTIONS.upload}
        if: \${{ !cancelled() }}
        with:
          name: seedbed
          path: seedbed
`;
