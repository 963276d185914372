import { type Command, flagText, usage } from "../../lib/cli/args/command.ts";
import { COMMANDS } from "../../lib/cli/args/commands.ts";
import type { Flag } from "../../lib/cli/args/flag.ts";
import { COMMON_FLAGS, FLAGS } from "../../lib/cli/args/flags.ts";
import { exitCodeRows } from "../../lib/cli/args/help.ts";
import { GATE_POLICIES } from "../../lib/core/facts/gate_policy.ts";
import {
  type Columns,
  FOLD_COLUMNS,
  HISTORY_COLUMNS,
  MORE_TRIALS_COLUMNS,
  NUMBERS_COLUMNS,
  PREDICTION_COLUMNS,
  TIMINGS_COLUMNS,
  TRIALS_COLUMNS,
} from "../../lib/report/files/columns.ts";
import { COMMITTED, LOCAL, type ResultFile } from "../../lib/report/files/result_files.ts";
import { VERDICTS } from "../../lib/report/compare/verdicts.ts";
import { type Finding, type Severity, severityOf } from "../../lib/report/gate/finding.ts";
import { BESIDE, FOLDERS, INNER_FOLDERS, type MayImport } from "../tidy/import_table.ts";

type Rows = readonly (readonly string[])[];

/** The tables of guides that come from the code, by guide and then by name. */
export const GUIDE_TABLES: Readonly<Record<string, Readonly<Record<string, Rows>>>> = {
  "README.md": { commands: commandRows(COMMANDS) },
  "experiments/README.md": {
    "flags of run": flagRows([...COMMANDS.find(({ name }) => name === "run")!.flags, FLAGS.verbose]),
    "flags of every command": flagRows(COMMON_FLAGS.filter((flag) => flag !== FLAGS.verbose)),
  },
  "results/README.md": {
    "committed files": fileRows("committed", [
      ...Object.values(COMMITTED).slice(0, 2),
      { name: "figure_*.svg", about: "the charts, beside `report.md`" },
      {
        name: "figure_*.png",
        about: "for images: the winner's surest mistakes, and the weights of its first layer",
      },
      ...Object.values(COMMITTED).slice(2),
    ]),
    "local files": fileRows("left out of git", Object.values(LOCAL)),
    "columns of trials.csv": columnRows({
      ...TRIALS_COLUMNS,
      ...MORE_TRIALS_COLUMNS,
      ...NUMBERS_COLUMNS,
      ...FOLD_COLUMNS,
    }),
    "columns of history.csv": columnRows({ ...HISTORY_COLUMNS, ...NUMBERS_COLUMNS, ...FOLD_COLUMNS }),
    "columns of timings.csv": columnRows(TIMINGS_COLUMNS),
    "findings of a check": findingRows(),
    "exit codes": [["code", "what it means"], ...exitCodeRows()],
  },
  "lib/export/README.md": { "columns of predictions": columnRows(PREDICTION_COLUMNS) },
  "ARCHITECTURE.md": {
    "imports between folders": [
      ["folder", "imports", "inner folders, lowest first"],
      ...Object.entries(FOLDERS).map((
        [folder, row],
      ) => [code(`lib/${folder}`), importsText(row), innerText(folder)]),
    ],
  },
};

/** Returns a guide with its tables as the code has them; each stands behind a comment with its name. */
export function withTables(text: string, tables: Readonly<Record<string, Rows>>): string {
  return Object.entries(tables).reduce((guide, [name, rows]) => {
    const mark = `<!-- table: ${name} -->\n\n`;
    const start = guide.indexOf(mark);
    if (start === -1) throw new Error(`Cannot write a table: the guide must have the line ${mark.trim()}`);
    const [before, after] = [guide.slice(0, start + mark.length), guide.slice(start + mark.length)];
    return before + tableText(rows) + after.replace(/^(\|.*\n)*/, "");
  }, text);
}

/** As `deno fmt` lays it out. */
function tableText([head, ...rows]: Rows): string {
  const escaped = [head, ...rows].map((cells) => cells.map((cell) => cell.replaceAll("|", "\\|")));
  const widths = head.map((_, column) => Math.max(...escaped.map((cells) => [...cells[column]].length)));
  const line = (cells: readonly string[]) =>
    `| ${cells.map((cell, column) => cell + " ".repeat(widths[column] - [...cell].length)).join(" | ")} |\n`;
  const [first, ...others] = escaped;
  return line(first) + line(widths.map((width) => "-".repeat(width))) + others.map(line).join("");
}

function commandRows(commands: readonly Command[]): Rows {
  return [
    ["command", "what it does"],
    ...commands.map((command) => [code(usage(command)), command.about]),
  ];
}

function flagRows(flags: readonly Flag[]): Rows {
  return [
    ["flag", "what it does"],
    ...flags.map((
      flag,
    ) => [code(flagText(flag)), flag.more === undefined ? flag.about : `${flag.about}. ${flag.more}`]),
  ];
}

/** What each policy makes of a finding. */
function findingRows(): Rows {
  const marks: Readonly<Record<Severity, string>> = {
    good: "passes",
    notice: "passes, noted",
    error: "fails",
  };
  return [
    ["finding", "what it means", ...GATE_POLICIES.map(code)],
    ...Object.entries(VERDICTS).map(([verdict, { title, meaning }]) => [
      title,
      meaning,
      ...GATE_POLICIES.map((policy) =>
        marks[severityOf(verdict as Finding["verdict"], { policy, allowBits: false })]
      ),
    ]),
  ];
}

function fileRows(heading: string, files: readonly ResultFile[]): Rows {
  const folders: readonly string[] = [LOCAL.weights.name, LOCAL.checkpoints.name];
  return [
    [heading, "what is in it"],
    ...files.map(({ name, about }) => [code(folders.includes(name) ? `${name}/` : name), about]),
  ];
}

function columnRows(columns: Columns): Rows {
  return [
    ["column", "what is in it"],
    ...Object.entries(columns).map(([name, about]) => [code(name), about]),
  ];
}

function importsText({ values, types = [] }: MayImport): string {
  const parts = [...values, ...types.length === 0 ? [] : [`types of ${types.join(", ")}`]];
  return parts.join(", ") || "nothing";
}

/** Floors from the lowest to the highest; folders of one floor do not know each other. */
function innerText(folder: string): string {
  const floors = INNER_FOLDERS[`lib/${folder}`] ?? [];
  return floors.map((names) => names.map((name) => name === BESIDE ? "files beside" : name).join(" + ")).join(
    " → ",
  );
}

function code(text: string): string {
  return `\`${text}\``;
}
