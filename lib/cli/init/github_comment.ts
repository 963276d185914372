import { COMMENT_MARK } from "../../report/gate/check_comment.ts";
import { indentLines } from "./indent_lines.ts";

/**
 * Returns the workflow of GitHub Actions that comments on a pull request once another workflow has checked it.
 *
 * It may write, and therefore runs no code of the pull request and trusts nothing in the artifact, which that code made.
 *
 * @param workflow The name of the workflow that checks, and whose artifact `seedbed` has the comment.
 */
export function githubComment({ workflow }: { readonly workflow: string }): string {
  return `# Comments on a pull request when the workflow ${workflow} has checked it, or updates its comment. This one may write,
# and therefore runs no code of the pull request. It trusts nothing in the artifact, which such code has made.
name: ${workflow}-comment
on:
  workflow_run:
    workflows: [${workflow}]
    types: [completed]
permissions:
  actions: read
  pull-requests: write
concurrency:
  group: ${workflow}-comment-\${{ github.event.workflow_run.head_repository.full_name }}-\${{ github.event.workflow_run.head_branch }}
  cancel-in-progress: true
jobs:
  comment:
    # A check that was cancelled, or that waits for an approval, has written nothing.
    if: >-
      github.event.workflow_run.event == 'pull_request' &&
      (github.event.workflow_run.conclusion == 'success' || github.event.workflow_run.conclusion == 'failure')
    runs-on: ubuntu-latest
    timeout-minutes: 5
    env:
      GH_TOKEN: \${{ github.token }}
      RUN_ID: \${{ github.event.workflow_run.id }}
      HEAD_SHA: \${{ github.event.workflow_run.head_sha }}
    steps:
      - name: Download what the check wrote
        run: gh run download "$RUN_ID" --repo "$GITHUB_REPOSITORY" --name seedbed --dir "$RUNNER_TEMP/seedbed"
      - name: Comment
        run: |
${indentLines(SCRIPT, 10)}`;
}

/** No message repeats a text of the artifact: a line that begins with `::` is a command to the runner. */
const SCRIPT = `refuse() {
  echo "::error::Cannot comment: $1"
  exit 1
}
cd "$RUNNER_TEMP/seedbed"
for file in number.txt comment.md; do
  # A link may point to a file of the runner.
  if [ ! -f "$file" ] || [ -L "$file" ]; then refuse "$file must be a file"; fi
done

number=$(head -c 20 number.txt)
[[ $number =~ ^[1-9][0-9]*$ ]] || refuse "number.txt must be a number"
tip=$(gh api "repos/$GITHUB_REPOSITORY/pulls/$number" --jq .head.sha)
if [ "$tip" != "$HEAD_SHA" ]; then
  # Either a newer commit is there, or the number is not that of the pull request that was checked.
  echo "::notice::No comment: another commit than the checked one is the head of pull request $number"
  exit 0
fi

mark='${COMMENT_MARK}'
text=$(cat comment.md)
[[ $text == "$mark"* ]] || refuse "comment.md must begin with $mark"
# A zero-width space behind each @ keeps a text from notifying people.
gap=$'\\xe2\\x80\\x8b'
text=\${text//@/@$gap}
run="$GITHUB_SERVER_URL/$GITHUB_REPOSITORY/actions/runs/$RUN_ID"
text+=$'\\n\\n'"[This run]($run) has the results;"' \`baseline --from\` accepts them without training.'
[ "\${#text}" -lt 65536 ] || refuse "comment.md must be shorter than 65,536 characters"
printf '%s\\n' "$text" > body.md

# Nobody else can write as github-actions[bot], so that no other comment is overwritten.
comments="repos/$GITHUB_REPOSITORY/issues/$number/comments"
mine=".[] | select(.user.login == \\"github-actions[bot]\\" and (.body | startswith(\\"$mark\\"))) | .id"
ids=$(gh api --paginate "$comments?per_page=100" --jq "$mine")
if [ -n "$ids" ]; then
  first=\${ids%%$'\\n'*}
  gh api --silent --method PATCH "repos/$GITHUB_REPOSITORY/issues/comments/$first" --field body=@body.md
elif [[ $text == "$mark"$'\\n## ✅ Seedbed: nothing to check'* ]]; then
  echo "No comment: the pull request changes no experiment"
else
  gh api --silent --method POST "$comments" --field body=@body.md
fi
`;
