import { assert, assertEquals, assertThrows } from "@std/assert";
import { InputError } from "../../lib/core/check/errors.ts";
import type { TrialEvent } from "../../lib/experiment/trial/trial_event.ts";
import { Journal } from "../../lib/journal/journal.ts";
import { encodeRecord, type HeaderRecord } from "../../lib/journal/journal_record.ts";
import { replayJournal } from "../../lib/journal/replay_journal.ts";
import { readSalvaged, type Salvage, salvageJournal } from "../../lib/journal/salvage_journal.ts";
import { inFolder } from "../helpers/in_folder.ts";
import { doneEvents, fakeInspection } from "../report/fakes.ts";
import { HEADER, LINES, OPTIONS, RECORDS } from "./fakes.ts";

const withPath = (test: (path: string) => void | Promise<void>) =>
  inFolder((folder) => test(`${folder}/journal.jsonl`));

function write(path: string, content: string | Uint8Array): void {
  Deno.writeFileSync(path, typeof content === "string" ? new TextEncoder().encode(content) : content);
}

function eventsOf(path: string): readonly TrialEvent[] {
  return replayJournal(Deno.readFileSync(path), { path, epochsOf: OPTIONS.epochsOf }).log.endedEvents();
}

const DONE = ["a", "b"];
const INSPECTION = { type: "inspection", ...fakeInspection(), trial: "a" } as const;
const COMPLETED = { ...INSPECTION, predictions: { labels: [0], predicted: [1], probabilities: [0.5] } };

/** What is done to the lines, and what salvaging keeps of the trials with a result, drops and finds damaged. */
const DAMAGES: readonly (readonly [
  what: string,
  change: (lines: readonly string[]) => string | Uint8Array,
  found: Pick<Salvage, "kept" | "dropped" | "damagedLines">,
])[] = [
  ...LINES.slice(0, -1).map((line, index) => {
    const record = [HEADER, ...RECORDS][index];
    const trial = "trial" in record ? record.trial : null;
    const rest = trial === null
      ? []
      : [HEADER, ...RECORDS].filter((other) => other !== record && "trial" in other && other.trial === trial);
    const isDropped = rest.length > 0 &&
      !(record.type === "diverged" || (record.type === "done" && rest.every(({ type }) => type === "epoch")));
    return [
      `line ${index + 1} has another letter`,
      (lines: readonly string[]) => lines.with(index, line.replace('"record":{', '"record":{ ')).join(""),
      {
        kept: DONE.filter((id) => id !== trial),
        dropped: isDropped ? [trial!] : [],
        damagedLines: [index + 1],
      },
    ] as const;
  }),
  [
    "the marks of a merge conflict",
    (lines) =>
      [
        ...lines.slice(0, 3),
        "<<<<<<< ours\n",
        ...lines.slice(3, 5),
        "=======\n",
        ">>>>>>> theirs\n",
        ...lines.slice(5),
      ]
        .join(""),
    { kept: DONE, dropped: [], damagedLines: [4, 7, 8] },
  ],
  [
    "an inspection of version 0.1, completed later, and a torn line",
    (lines) => [...lines, encodeRecord(INSPECTION), "torn\n", encodeRecord(COMPLETED)].join(""),
    { kept: DONE, dropped: [], damagedLines: [LINES.length + 2] },
  ],
  ["an empty line", (lines) => lines.with(2, `${lines[2]}\n`).join(""), {
    kept: DONE,
    dropped: [],
    damagedLines: [4],
  }],
  [
    "a record before the header",
    (lines) => [lines[1], lines[0], ...lines.slice(2)].join(""),
    { kept: DONE, dropped: [], damagedLines: [] },
  ],
  ["no header", (lines) => lines.slice(1).join(""), { kept: DONE, dropped: [], damagedLines: [] }],
  ["no first epoch", (lines) => lines.toSpliced(2, 1).join(""), {
    kept: ["b"],
    dropped: ["a"],
    damagedLines: [],
  }],
  ["no last epoch", (lines) => lines.toSpliced(3, 1).join(""), {
    kept: ["b"],
    dropped: ["a"],
    damagedLines: [],
  }],
  [
    "a lost line end",
    (lines) => lines.with(3, lines[3].trimEnd()).join(""),
    { kept: DONE, dropped: [], damagedLines: [4] },
  ],
  [
    "bytes within a line",
    (lines) => lines.with(3, `\0\xff<<<${lines[3].trimEnd()}>>>\n`).join(""),
    { kept: DONE, dropped: [], damagedLines: [4] },
  ],
  [
    "a cut from the middle of one line to that of another",
    (lines) => lines[0] + lines[1] + lines[2].slice(0, 50) + lines[6].slice(20) + lines.slice(7).join(""),
    { kept: [], dropped: ["a"], damagedLines: [3] },
  ],
  [
    "a block of zeros over two lines",
    (lines) => {
      const start = lines.slice(0, 5).join("").length;
      return new TextEncoder().encode(lines.join("")).fill(0, start + 10, start + lines[5].length + 20);
    },
    { kept: ["a"], dropped: [], damagedLines: [6] },
  ],
  ["line ends of Windows", (lines) => lines.join("").replaceAll("\n", "\r\n"), {
    kept: DONE,
    dropped: [],
    damagedLines: [],
  }],
  [
    "another value of an epoch",
    (lines) =>
      lines.join("") + encodeRecord({ ...doneEvents("a", 0.5)[1], loss: 1 } as TrialEvent) + lines[0],
    { kept: ["b"], dropped: ["a"], damagedLines: [] },
  ],
];

for (const [what, change, found] of DAMAGES) {
  Deno.test(
    `salvageJournal() keeps what is whole when there is ${what}`,
    withPath(async (path) => {
      const damaged = change(LINES);
      write(path, damaged);
      const before = Deno.readFileSync(path);
      const looked = readSalvaged(path, OPTIONS);
      assertEquals(Deno.readFileSync(path), before);
      const salvage = salvageJournal(path, OPTIONS)!;
      const { kept, dropped, damagedLines, aside } = salvage;
      assertEquals({ kept, dropped, damagedLines }, found);
      assertEquals(aside, path.replace("journal.", "journal.1."));
      assertEquals(Deno.readFileSync(aside), before);
      const expected = RECORDS.filter((record): record is TrialEvent =>
        "trial" in record && (kept.includes(record.trial)) && record.type !== "test"
      );
      const left = eventsOf(path).filter(({ trial }) => trial !== "x");
      assertEquals(left, expected);
      assertEquals(looked?.log.endedEvents(), eventsOf(path));
      // What is whole needs no salvaging.
      assertEquals(salvageJournal(path, OPTIONS), null);
      await using journal = Journal.open(path, OPTIONS);
      for (const record of RECORDS) {
        if (!("trial" in record) || dropped.includes(record.trial)) journal.append(record);
      }
    }),
  );
}

Deno.test(
  "salvageJournal() leaves a journal alone that is whole, torn at its end, or not there",
  withPath((path) => {
    assertEquals(salvageJournal(path, OPTIONS), null);
    for (const text of ["", LINES.join(""), LINES.join("").slice(0, -9), [...LINES, ...LINES].join("")]) {
      write(path, text);
      assertEquals(salvageJournal(path, OPTIONS), null);
      assertEquals(Deno.readTextFileSync(path), text);
    }
    assertEquals([...Deno.readDirSync(path.replace("/journal.jsonl", ""))].map(({ name }) => name), [
      "journal.jsonl",
    ]);
  }),
);

Deno.test(
  "salvageJournal() takes the swapped lines of each pair for the same journal",
  withPath((path) => {
    const expected = replayJournal(new TextEncoder().encode(LINES.join("")), { path }).log;
    for (let first = 0; first < LINES.length; first++) {
      for (let second = first + 1; second < LINES.length; second++) {
        const swapped = LINES.with(first, LINES[second]).with(second, LINES[first]);
        write(path, swapped.join(""));
        const log = readSalvaged(path, OPTIONS)!.log;
        const byTrial = (event: { trial: string }, other: { trial: string }) =>
          event.trial < other.trial ? -1 : 1;
        assertEquals(log.endedEvents().toSorted(byTrial), expected.endedEvents().toSorted(byTrial));
        assertEquals([log.findings(), log.tests()], [
          expected.findings(),
          expected.tests(),
        ]);
      }
    }
  }),
);

Deno.test(
  "salvageJournal() keeps the ensembles of a whole trial, each once, and none of one that starts over",
  withPath((path) => {
    const two = { type: "ensemble", trial: "a", trials: ["a", "b"], testAccuracy: 0.5 } as const;
    const three = { ...two, trials: ["a", "b", "c"], testAccuracy: 0.75 };
    const lines = [...LINES, encodeRecord(two), encodeRecord(three), encodeRecord(two)];
    const ofB = lines.findLastIndex((line) => line.includes('"trial":"b"'));
    write(path, lines.with(ofB, "damaged\n").join(""));
    salvageJournal(path, OPTIONS);
    const text = Deno.readTextFileSync(path);
    assertEquals(text.split("\n").filter((line) => line.includes('"type":"ensemble"')), [
      encodeRecord(two).trim(),
      encodeRecord(three).trim(),
    ]);
    const other = { ...two, testAccuracy: 0.25 };
    write(path, [...lines, encodeRecord(other)].join(""));
    assertEquals(salvageJournal(path, OPTIONS)!.dropped, ["a"]);
    assertEquals(Deno.readTextFileSync(path).includes('"type":"ensemble"'), false);
  }),
);

Deno.test(
  "salvageJournal() throws and changes nothing when nothing could be reused, or a run has the journal open",
  withPath((path) => {
    const text = LINES.with(2, "damaged\n").join("");
    write(path, text);
    const cases: readonly (readonly [Partial<HeaderRecord>, string])[] = [
      [
        { experiment: "other" },
        `Cannot open ${path}: it must belong to the experiment "other", found "fake_question"`,
      ],
      [
        { dataDigest: "d2" },
        `Cannot resume from ${path}: nothing in it can be reused, its trials ran on data d1`,
      ],
      [
        { numericsVersion: 2 },
        `Cannot resume from ${path}: nothing in it can be reused, its trials ran with numerics`,
      ],
    ];
    for (const [fields, message] of cases) {
      const error = assertThrows(
        () => salvageJournal(path, { ...OPTIONS, header: { ...HEADER, ...fields } }),
        InputError,
      );
      assert(error.message.startsWith(message), error.message);
    }
    assertEquals(Deno.readTextFileSync(path), text);
    assertEquals([...Deno.readDirSync(path.replace("/journal.jsonl", ""))].map(({ name }) => name), [
      "journal.jsonl",
    ]);
  }),
);
