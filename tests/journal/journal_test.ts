import { assertEquals, assertThrows } from "@std/assert";
import { BrokenPromiseError, InputError } from "../../lib/core/errors.ts";
import type { TrialEvent } from "../../lib/experiment/trial_event.ts";
import { Journal } from "../../lib/journal/journal.ts";
import { encodeRecord, type HeaderRecord } from "../../lib/journal/journal_record.ts";
import { readJournal } from "../../lib/journal/read_journal.ts";
import { setJournalAside } from "../../lib/journal/set_journal_aside.ts";
import { doneEvents } from "../report/fakes.ts";

const HEADER: HeaderRecord = {
  type: "header",
  experiment: "fake_question",
  experimentDigest: "e1",
  dataDigest: "d1",
  numericsVersion: 1,
};

/** Runs a test with the path of a journal that is not there yet. */
function withPath(test: (path: string) => void): () => void {
  return () => {
    const folder = Deno.makeTempDirSync();
    try {
      test(`${folder}/results/journal.jsonl`);
    } finally {
      Deno.removeSync(folder, { recursive: true });
    }
  };
}

function write(path: string, events: readonly TrialEvent[], header = HEADER): void {
  using journal = Journal.open(path, { header });
  for (const event of events) journal.append(event);
}

function open(path: string, header = HEADER): Pick<Journal, "log" | "tornBytes"> {
  using journal = Journal.open(path, { header });
  return journal;
}

Deno.test(
  "Journal gives back what was appended when it is opened again",
  withPath((path) => {
    write(path, [...doneEvents("a", 0.5), ...doneEvents("b", 0.75)]);
    {
      using journal = Journal.open(path, { header: HEADER });
      journal.append({ type: "test", trial: "b", testAccuracy: 0.625 });
    }
    const { log, tornBytes } = open(path);
    assertEquals(log.endedEvents(), [...doneEvents("a", 0.5), ...doneEvents("b", 0.75)]);
    assertEquals([...log.testAccuracies()], [["b", 0.625]]);
    assertEquals(tornBytes, 0);
  }),
);

Deno.test(
  "Journal.open() makes no file when nothing is appended",
  withPath((path) => {
    open(path);
    assertEquals(readJournal(path), null);
  }),
);

Deno.test(
  "Journal.open() cuts the tail off when the file was torn at any byte of its last record",
  withPath((path) => {
    write(path, doneEvents("a", 0.5));
    const whole = Deno.readFileSync(path);
    const last = whole.lastIndexOf(0x0a, whole.length - 2) + 1;
    for (let length = last + 1; length < whole.length; length++) {
      Deno.writeFileSync(path, whole.subarray(0, length));
      const { log, tornBytes } = open(path);
      assertEquals([tornBytes, log.end("a")], [length - last, null]);
      assertEquals(Deno.statSync(path).size, last);
    }
    write(path, doneEvents("a", 0.5));
    assertEquals(Deno.readFileSync(path), whole);
  }),
);

Deno.test(
  "Journal drops the epochs of a trial that has no end",
  withPath((path) => {
    write(path, [...doneEvents("a", 0.5), ...doneEvents("b", 0.5).slice(0, 2)]);
    const { log } = open(path);
    assertEquals(log.endedEvents(), doneEvents("a", 0.5));
    assertEquals([log.hasResult("a"), log.hasResult("b")], [true, false]);
  }),
);

Deno.test(
  "Journal.open() names file and line when a record in the middle is damaged",
  withPath((path) => {
    write(path, doneEvents("a", 0.5));
    const text = Deno.readTextFileSync(path).replace('"epoch":1', '"epoch":2');
    Deno.writeTextFileSync(path, text);
    const line = text.split("\n")[2];
    const [, expected] = line.match(/"checksum":"([0-9a-f]+)"/)!;
    const error = assertThrows(() => open(path), InputError);
    assertEquals(
      error.message.replace(/gives [0-9a-f]{16}/, "gives X"),
      `Cannot read ${path}: line 3 is damaged, its checksum is ${expected}, its text gives X; ` +
        "run --salvage keeps what is whole, --fresh sets the file aside and starts a new one",
    );
  }),
);

Deno.test(
  "Journal.open() names both formats when the file has another",
  withPath((path) => {
    write(path, doneEvents("a", 0.5));
    Deno.writeTextFileSync(path, Deno.readTextFileSync(path).replaceAll('{"format":1', '{"format":2'));
    assertThrows(
      () => open(path),
      InputError,
      `Cannot read ${path}: line 1 is damaged, its format is 2, this version of Seedbed reads 1`,
    );
  }),
);

Deno.test(
  "Journal.open() throws when the file belongs to another experiment",
  withPath((path) => {
    write(path, doneEvents("a", 0.5));
    assertThrows(
      () => open(path, { ...HEADER, experiment: "other" }),
      InputError,
      `Cannot open ${path}: it must belong to the experiment "other", found "fake_question"`,
    );
  }),
);

Deno.test(
  "Journal.open() throws when another run has it open",
  withPath((path) => {
    using journal = Journal.open(path, { header: HEADER });
    journal.append(doneEvents("a", 0.5)[0]);
    const message = `Cannot open ${path}: one run at a time may write it, found process ${Deno.pid} on ` +
      `${Deno.hostname()} at work`;
    assertThrows(() => open(path), InputError, message);
    assertThrows(() => setJournalAside(path), InputError, message);
    Deno.removeSync(path.replace(".jsonl", ".lock"));
    assertThrows(() => open(path), InputError, "found another one at work");
  }),
);

Deno.test(
  "Journal leaves no lock behind, whatever it was opened for",
  withPath((path) => {
    write(path, doneEvents("a", 0.5));
    assertThrows(() => open(path, { ...HEADER, experiment: "other" }), InputError);
    const folder = path.replace("/journal.jsonl", "");
    assertEquals([...Deno.readDirSync(folder)].map(({ name }) => name), ["journal.jsonl"]);
    setJournalAside(path);
    assertEquals([...Deno.readDirSync(folder)].map(({ name }) => name), ["journal.1.jsonl"]);
  }),
);

Deno.test("Journal.open() takes the lock of a process that was killed over", async () => {
  const folder = await Deno.makeTempDir();
  const path = `${folder}/journal.jsonl`;
  write(path, doneEvents("a", 0.5));
  const lock = new URL("../../lib/journal/journal_lock.ts", import.meta.url).href;
  const process = new Deno.Command(Deno.execPath(), {
    args: [
      "eval",
      `import { lockJournal } from "${lock}";
       lockJournal(Deno.openSync("${path}", { read: true, write: true }), "${path}");
       console.log("locked");
       setInterval(() => {}, 1000);`,
    ],
    stdout: "piped",
  }).spawn();
  try {
    const output = process.stdout.getReader();
    await output.read();
    await output.cancel();
    assertThrows(
      () => open(path),
      InputError,
      `Cannot open ${path}: one run at a time may write it, found process ${process.pid} on ${Deno.hostname()} at work`,
    );
  } finally {
    process.kill("SIGKILL");
    await process.status;
  }
  assertEquals(JSON.parse(Deno.readTextFileSync(`${folder}/journal.lock`)).pid, process.pid);
  assertEquals(open(path).log.endedEvents(), doneEvents("a", 0.5));
  await Deno.remove(folder, { recursive: true });
});

Deno.test(
  "Journal.open() says what changed and what mends it when nothing can be reused",
  withPath((path) => {
    write(path, doneEvents("a", 0.5));
    const before = Deno.readTextFileSync(path);
    const cases: readonly (readonly [Partial<HeaderRecord>, string])[] = [
      [{ dataDigest: "d2" }, "on data d1, which are now d2"],
      [{ numericsVersion: 2 }, "with numerics version 1, which is now 2"],
      [
        { dataDigest: "d2", numericsVersion: 2 },
        "on data d1, which are now d2 and with numerics version 1, which is now 2",
      ],
    ];
    for (const [change, text] of cases) {
      assertEquals(
        assertThrows(() => open(path, { ...HEADER, ...change }), InputError).message,
        `Cannot go on with ${path}: nothing in it can be reused, its trials ran ${text}; ` +
          "--fresh keeps the file under another name and starts over",
      );
    }
    assertEquals(Deno.readTextFileSync(path), before);
  }),
);

Deno.test("readJournal() reads a journal of format 1", () => {
  const replay = readJournal(new URL("fixtures/format_1.jsonl", import.meta.url).pathname)!;
  assertEquals(replay.tornBytes, 0);
  assertEquals(replay.header, { ...HEADER, experimentDigest: "e2" });
  const { log } = replay;
  assertEquals(log.endedEvents(), [
    ...doneEvents("a", 0.5),
    { type: "diverged", trial: "b", epoch: 1, reason: "loss is NaN at step 2 of epoch 1" },
    ...doneEvents("c", 0.75),
  ]);
  assertEquals(log.epoch("d", 0), doneEvents("d", 0.25)[0]);
  assertEquals([...log.testAccuracies()], [["c", 0.625]]);
});

Deno.test(
  "Journal.open() cuts off, or refuses and names, a record of which any byte was changed",
  withPath((path) => {
    write(path, doneEvents("a", 0.5));
    const whole = Deno.readFileSync(path);
    const first = whole.indexOf(0x0a) + 1;
    for (let at = 0; at < whole.length; at++) {
      const changed = whole.with(at, whole[at] ^ 1);
      Deno.writeFileSync(path, changed);
      let log;
      try {
        ({ log } = open(path));
      } catch (error) {
        if (!(error instanceof InputError)) throw error;
        assertEquals(error.message.startsWith(`Cannot read ${path}: line `), true, error.message);
        continue;
      }
      // What was cut off is missing; nothing that is there is another.
      assertEquals(at >= first, true);
      assertEquals(log.hasResult("a"), false);
      for (const event of doneEvents("a", 0.5)) {
        if (event.type !== "epoch") continue;
        const found = log.epoch("a", event.epoch);
        if (found !== null) assertEquals(found, event);
      }
    }
  }),
);

Deno.test({
  name: "Journal.append() throws the path and the reason when the disk is full",
  ignore: Deno.build.os !== "linux",
  fn: withPath((path) => {
    Deno.mkdirSync(path.replace("/journal.jsonl", ""), { recursive: true });
    // A device that takes no byte stands for the disk.
    Deno.symlinkSync("/dev/full", path);
    using journal = Journal.open(path, { header: HEADER });
    assertEquals(
      assertThrows(() => journal.append(doneEvents("a", 0.5)[0]), InputError).message,
      `Cannot write ${path}: No space left on device (os error 28)`,
    );
  }),
});

Deno.test(
  "Journal.append() writes the header anew when the experiment has changed",
  withPath((path) => {
    const wider = { ...HEADER, experimentDigest: "e2" };
    write(path, doneEvents("a", 0.5));
    write(path, doneEvents("b", 0.5), wider);
    assertEquals(readJournal(path)?.header, wider);
    assertEquals(open(path, wider).log.endedEvents().length, 6);
  }),
);

Deno.test(
  "Journal.append() collapses an equal duplicate",
  withPath((path) => {
    using journal = Journal.open(path, { header: HEADER });
    const [event] = doneEvents("a", 0.5);
    assertEquals([journal.append(event), journal.append({ ...event })], [true, false]);
    assertEquals(Deno.readTextFileSync(path), encodeRecord(HEADER) + encodeRecord(event));
  }),
);

Deno.test(
  "Journal.append() throws both values when a duplicate differs, and writes nothing",
  withPath((path) => {
    write(path, doneEvents("a", 0.5));
    const before = Deno.readTextFileSync(path);
    using journal = Journal.open(path, { header: HEADER });
    const other = doneEvents("a", 0.75)[2];
    assertThrows(
      () => journal.append(other),
      BrokenPromiseError,
      "Cannot accept an event of trial a: the same trial gave another value before, found " +
        '{"bestEpoch":1,"bestValidationAccuracy":0.75,"trial":"a","type":"done","weightsSha256":"sha-a"} after ' +
        '{"bestEpoch":1,"bestValidationAccuracy":0.5,"trial":"a","type":"done","weightsSha256":"sha-a"}',
    );
    assertEquals(Deno.readTextFileSync(path), before);
  }),
);

Deno.test(
  "Journal lets a result take the place of a failure, and never a failure that of a result",
  withPath((path) => {
    write(path, [{ type: "failed", trial: "a", reason: "lost" }]);
    assertEquals(open(path).log.hasResult("a"), false);
    write(path, [...doneEvents("a", 0.5), { type: "failed", trial: "a", reason: "lost" }]);
    assertEquals(open(path).log.endedEvents(), doneEvents("a", 0.5));
  }),
);

Deno.test(
  "setJournalAside() takes the first free number and deletes nothing",
  withPath((path) => {
    assertEquals(setJournalAside(path), null);
    for (const number of [1, 2]) {
      write(path, doneEvents(`trial ${number}`, 0.5));
      const text = Deno.readTextFileSync(path);
      const aside = path.replace(".jsonl", `.${number}.jsonl`);
      assertEquals(setJournalAside(path), aside);
      assertEquals(Deno.readTextFileSync(aside), text);
    }
  }),
);
