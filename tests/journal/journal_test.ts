import { assert, assertEquals, assertRejects, assertThrows } from "@std/assert";
import { BrokenPromiseError, InputError } from "../../lib/core/check/errors.ts";
import { Journal } from "../../lib/journal/journal.ts";
import { encodeRecord, type HeaderRecord } from "../../lib/journal/journal_record.ts";
import { readJournal } from "../../lib/journal/read_journal.ts";
import { setJournalAside } from "../../lib/journal/set_journal_aside.ts";
import { doneEvents } from "../report/fakes.ts";
import { HEADER, withJournal, writeJournal } from "./fakes.ts";
import { slowDisk } from "./slow_disk.ts";

async function open(path: string, header = HEADER): Promise<Pick<Journal, "log" | "tornBytes">> {
  await using journal = Journal.open(path, { header });
  return journal;
}

Deno.test(
  "Journal gives back what was appended when it is opened again",
  withJournal(async (path) => {
    await writeJournal(path, [...doneEvents("a", 0.5), ...doneEvents("b", 0.75)]);
    {
      await using journal = Journal.open(path, { header: HEADER });
      journal.append({ type: "test", trial: "b", testAccuracy: 0.625 });
    }
    const { log, tornBytes } = await open(path);
    assertEquals(log.endedEvents(), [...doneEvents("a", 0.5), ...doneEvents("b", 0.75)]);
    assertEquals(log.tests(), new Map([["b", { type: "test", trial: "b", testAccuracy: 0.625 }]]));
    assertEquals(tornBytes, 0);
  }),
);

Deno.test(
  "Journal.open() makes no file when nothing is appended",
  withJournal(async (path) => {
    await open(path);
    assertEquals(readJournal(path), null);
  }),
);

Deno.test(
  "Journal.open() cuts the tail off when the file was torn at any byte of its last record",
  withJournal(async (path) => {
    await writeJournal(path, doneEvents("a", 0.5));
    const whole = Deno.readFileSync(path);
    const last = whole.lastIndexOf(0x0a, whole.length - 2) + 1;
    for (let length = last + 1; length < whole.length; length++) {
      Deno.writeFileSync(path, whole.subarray(0, length));
      const { log, tornBytes } = await open(path);
      assertEquals([tornBytes, log.end("a")], [length - last, null]);
      assertEquals(Deno.statSync(path).size, last);
    }
    await writeJournal(path, doneEvents("a", 0.5));
    assertEquals(Deno.readFileSync(path), whole);
  }),
);

Deno.test(
  "Journal drops the epochs of a trial that has no end",
  withJournal(async (path) => {
    await writeJournal(path, [...doneEvents("a", 0.5), ...doneEvents("b", 0.5).slice(0, 2)]);
    const { log } = await open(path);
    assertEquals(log.endedEvents(), doneEvents("a", 0.5));
    assertEquals([log.hasResult("a"), log.hasResult("b")], [true, false]);
  }),
);

Deno.test(
  "Journal.open() names file and line when a record in the middle is damaged",
  withJournal(async (path) => {
    await writeJournal(path, doneEvents("a", 0.5));
    const text = Deno.readTextFileSync(path).replace('"epoch":1', '"epoch":2');
    Deno.writeTextFileSync(path, text);
    const line = text.split("\n")[2];
    const [, expected] = line.match(/"checksum":"([0-9a-f]+)"/)!;
    const error = await assertRejects(() => open(path), InputError);
    assertEquals(
      error.message.replace(/gives [0-9a-f]{16}/, "gives X"),
      `Cannot read ${path}: line 3 is damaged, its checksum is ${expected}, its text gives X; ` +
        "run --salvage keeps the undamaged trials, --fresh renames the file and starts a new one",
    );
  }),
);

Deno.test(
  "Journal.open() names both formats when the file has another",
  withJournal(async (path) => {
    await writeJournal(path, doneEvents("a", 0.5));
    Deno.writeTextFileSync(path, Deno.readTextFileSync(path).replaceAll('{"format":1', '{"format":2'));
    await assertRejects(
      () => open(path),
      InputError,
      `Cannot read ${path}: line 1 is damaged, its format is 2, this version of Seedbed reads 1`,
    );
  }),
);

Deno.test(
  "Journal.open() throws when the file belongs to another experiment",
  withJournal(async (path) => {
    await writeJournal(path, doneEvents("a", 0.5));
    await assertRejects(
      () => open(path, { ...HEADER, experiment: "other" }),
      InputError,
      `Cannot open ${path}: it must belong to the experiment "other", found "fake_question"`,
    );
  }),
);

Deno.test(
  "Journal.open() throws when another run has it open",
  withJournal(async (path) => {
    await using journal = Journal.open(path, { header: HEADER });
    journal.append(doneEvents("a", 0.5)[0]);
    await journal.sync();
    const message =
      `Cannot open ${path}: only one run at a time may write it, found process ${Deno.pid} on ` +
      `${Deno.hostname()} writing it`;
    await assertRejects(() => open(path), InputError, message);
    assertThrows(() => setJournalAside(path), InputError, message);
    Deno.removeSync(path.replace(".jsonl", ".lock"));
    await assertRejects(() => open(path), InputError, "found another run writing it");
  }),
);

Deno.test(
  "Journal leaves no lock behind, whatever it was opened for",
  withJournal(async (path) => {
    await writeJournal(path, doneEvents("a", 0.5));
    await assertRejects(() => open(path, { ...HEADER, experiment: "other" }), InputError);
    const folder = path.replace("/journal.jsonl", "");
    assertEquals([...Deno.readDirSync(folder)].map(({ name }) => name), ["journal.jsonl"]);
    setJournalAside(path);
    assertEquals([...Deno.readDirSync(folder)].map(({ name }) => name), ["journal.1.jsonl"]);
  }),
);

Deno.test("Journal.open() takes the lock of a process that was killed over", async () => {
  const folder = await Deno.makeTempDir();
  const path = `${folder}/journal.jsonl`;
  await writeJournal(path, doneEvents("a", 0.5));
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
    await assertRejects(
      () => open(path),
      InputError,
      `Cannot open ${path}: only one run at a time may write it, found process ${process.pid} on ${Deno.hostname()} writing it`,
    );
  } finally {
    process.kill("SIGKILL");
    await process.status;
  }
  assertEquals(JSON.parse(Deno.readTextFileSync(`${folder}/journal.lock`)).pid, process.pid);
  assertEquals((await open(path)).log.endedEvents(), doneEvents("a", 0.5));
  await Deno.remove(folder, { recursive: true });
});

Deno.test(
  "Journal.open() says what changed and what mends it when nothing can be reused",
  withJournal(async (path) => {
    await writeJournal(path, doneEvents("a", 0.5));
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
        (await assertRejects(() => open(path, { ...HEADER, ...change }), InputError)).message,
        `Cannot resume from ${path}: nothing in it can be reused, its trials ran ${text}; ` +
          "--fresh keeps the file under another name and starts over",
      );
    }
    assertEquals(Deno.readTextFileSync(path), before);
  }),
);

Deno.test(
  "Journal.open() cuts off, or refuses and names, a record of which any byte was changed",
  withJournal(async (path) => {
    await writeJournal(path, doneEvents("a", 0.5));
    const whole = Deno.readFileSync(path);
    const first = whole.indexOf(0x0a) + 1;
    for (let at = 0; at < whole.length; at++) {
      const changed = whole.with(at, whole[at] ^ 1);
      Deno.writeFileSync(path, changed);
      let log;
      try {
        ({ log } = await open(path));
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
  name: "Journal.sync() throws the path and the reason, and each time, when the disk is full",
  ignore: Deno.build.os !== "linux",
  fn: withJournal(async (path) => {
    Deno.mkdirSync(path.replace("/journal.jsonl", ""), { recursive: true });
    // A device that takes no byte stands for the disk.
    Deno.symlinkSync("/dev/full", path);
    await using journal = Journal.open(path, { header: HEADER });
    for (const event of doneEvents("a", 0.5)) {
      journal.append(event);
      assertEquals(
        (await assertRejects(() => journal.sync(), InputError)).message,
        `Cannot write ${path}: No space left on device (os error 28)`,
      );
    }
  }),
});

Deno.test(
  "Journal.sync() settles when the disk has what was appended before, and one write serves all that wait",
  withJournal(async (path) => {
    using disk = slowDisk();
    await using journal = Journal.open(path, { header: HEADER });
    const events = [...doneEvents("a", 0.5), ...doneEvents("b", 0.5), ...doneEvents("c", 0.5)];
    const sizes: number[] = [encodeRecord(HEADER).length];
    for (const event of events) sizes.push(sizes.at(-1)! + encodeRecord(event).length);
    await Promise.all(events.map(async (event, index) => {
      journal.append(event);
      await journal.sync();
      assert(disk.syncedBytes >= sizes[index + 1], `event ${index} at ${disk.syncedBytes} bytes`);
    }));
    assertEquals(disk.syncs, 1);
    journal.append({ type: "test", trial: "a", testAccuracy: 0.5 });
    const release = disk.hold();
    const first = journal.sync();
    await disk.busy();
    journal.append({ type: "test", trial: "b", testAccuracy: 0.5 });
    journal.append({ type: "test", trial: "c", testAccuracy: 0.5 });
    const others = [journal.sync(), journal.sync()];
    release();
    await Promise.all([first, ...others]);
    assertEquals(disk.syncs, 3);
    assertEquals(disk.syncedBytes, Deno.statSync(path).size);
    await journal.sync();
    assertEquals(disk.syncs, 3);
  }),
);

Deno.test(
  "Journal writes what nobody waited for when it is disposed of",
  withJournal(async (path) => {
    {
      await using journal = Journal.open(path, { header: HEADER });
      for (const event of doneEvents("a", 0.5)) journal.append(event);
      assertEquals(readJournal(path), null);
    }
    assertEquals(readJournal(path)?.log.endedEvents(), doneEvents("a", 0.5));
  }),
);

Deno.test(
  "Journal.append() writes the header anew when the experiment has changed",
  withJournal(async (path) => {
    const wider = { ...HEADER, experimentDigest: "e2" };
    await writeJournal(path, doneEvents("a", 0.5));
    await writeJournal(path, doneEvents("b", 0.5), wider);
    assertEquals(readJournal(path)?.header, wider);
    assertEquals((await open(path, wider)).log.endedEvents().length, 6);
  }),
);

Deno.test(
  "Journal.append() collapses an equal duplicate",
  withJournal(async (path) => {
    await using journal = Journal.open(path, { header: HEADER });
    const [event] = doneEvents("a", 0.5);
    assertEquals([journal.append(event), journal.append({ ...event })], [true, false]);
    await journal.sync();
    assertEquals(Deno.readTextFileSync(path), encodeRecord(HEADER) + encodeRecord(event));
  }),
);

Deno.test(
  "Journal.append() throws both values when a duplicate differs, and writes nothing",
  withJournal(async (path) => {
    await writeJournal(path, doneEvents("a", 0.5));
    const before = Deno.readTextFileSync(path);
    await using journal = Journal.open(path, { header: HEADER });
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
  withJournal(async (path) => {
    await writeJournal(path, [{ type: "failed", trial: "a", reason: "lost" }]);
    assertEquals((await open(path)).log.hasResult("a"), false);
    await writeJournal(path, [...doneEvents("a", 0.5), { type: "failed", trial: "a", reason: "lost" }]);
    assertEquals((await open(path)).log.endedEvents(), doneEvents("a", 0.5));
  }),
);
