import { raw } from "./jq.ts";

/** What GitHub knows; the fields that the workflows ask for. */
export interface FakeGithub {
  /** The commits at the heads of pull requests, by number. */
  readonly heads: Readonly<Record<string, string>>;
  /** The pages of a pull request's comments. */
  readonly comments:
    readonly (readonly { readonly id: number; readonly by: string; readonly body: string }[])[];
}

/** A call that changes something. */
export interface Change {
  readonly method: string;
  readonly path: string;
  readonly body: string;
}

async function main(args: readonly string[]): Promise<void> {
  const folder = Deno.env.get("FAKE_GH")!;
  const github = JSON.parse(await Deno.readTextFile(`${folder}/github.json`)) as FakeGithub;
  const { flags, operands } = parse(args);
  const [command, path = ""] = operands;
  if (command === "run") {
    await Deno.rename(`${folder}/artifact`, flags.dir);
  } else if (flags.method !== undefined) {
    const [name, file] = flags.field.split("=@");
    const change = { method: flags.method, path, [name]: await Deno.readTextFile(file) };
    await Deno.writeTextFile(`${folder}/changes.jsonl`, `${JSON.stringify(change)}\n`, { append: true });
  } else {
    const number = path.match(/\/pulls\/(\d+)$/)?.[1];
    const answers = number === undefined ? commentPages(github, path, flags) : [pull(github, number)];
    for (const answer of answers) {
      const text = await raw(JSON.stringify(answer), flags.jq, ["-r"]);
      if (text !== "") console.log(text);
    }
  }
}

function pull({ heads }: FakeGithub, number: string): unknown {
  if (Object.hasOwn(heads, number)) return { head: { sha: heads[number] } };
  console.error("gh: Not Found (HTTP 404)");
  Deno.exit(1);
}

function commentPages({ comments }: FakeGithub, path: string, flags: Flags): readonly unknown[] {
  if (!/\/issues\/7\/comments\?per_page=100$/.test(path)) throw new Error(`Cannot answer: found ${path}`);
  const pages = comments.map((page) => page.map(({ id, by, body }) => ({ id, user: { login: by }, body })));
  return flags.paginate === undefined ? pages.slice(0, 1) : pages;
}

type Flags = Readonly<Record<string, string>>;

const SWITCHES = ["--paginate", "--silent"];

function parse(args: readonly string[]): { readonly flags: Flags; readonly operands: readonly string[] } {
  const flags: Record<string, string> = {};
  const operands: string[] = [];
  for (let i = 0; i < args.length; i++) {
    if (!args[i].startsWith("--")) operands.push(args[i]);
    else flags[args[i].slice(2)] = SWITCHES.includes(args[i]) ? "" : args[++i];
  }
  return { flags, operands };
}

// Stands for GitHub's `gh`: `$FAKE_GH` has `github.json`, the folder `artifact`, and the changes that were made.
if (import.meta.main) await main(Deno.args);
