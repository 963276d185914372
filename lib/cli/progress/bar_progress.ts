// @ts-types="@types/cli-progress"
import { MultiBar, type SingleBar } from "cli-progress";
import { plannedEpochs } from "../../experiment/trial/planned_epochs.ts";
import type { Trial } from "../../experiment/trial/trial.ts";
import type {
  EndedEvent,
  PlannedEvent,
  RunEvent,
  RungEvent,
  StartedEvent,
} from "../../runner/plan/run_event.ts";
import type { Terminal } from "../terminal/terminal.ts";
import { shortText, textWidth } from "../terminal/text_width.ts";
import { wrapText } from "../terminal/wrap_text.ts";
import { dataText, endedText, plannedText, rungText, trialText } from "../text/event_text.ts";
import type { Progress } from "./progress.ts";

const FORMAT = "{name} [{bar}] {value}/{total} {text}";
const USUAL_COLUMNS = 80;
const BAR_COLUMNS = 24;
const WORKER = "worker 000";
/** The most columns of the name of a machine. */
const MOST_NAME = 24;
const CLEAR_RIGHT = "\x1b[K";
const TOTAL_FORMAT = "{name} [{bar}] {percentage} %, {eta_formatted} left";

/** Returns a progress of moving lines: one a worker that shows its trial's epochs, and one for the whole run. */
export function barProgress(terminal: Terminal, { workers }: { readonly workers: number }): Progress {
  const bars = new Bars(terminal, workers);
  return { observe: (event) => bars.observe(event), [Symbol.dispose]: () => bars.stop() };
}

class Bars {
  readonly #terminal: Terminal;
  readonly #workers: number;
  readonly #trials = new Map<string, Trial>();
  readonly #seenEpochs = new Map<string, number>();
  readonly #workerBars: SingleBar[] = [];
  #multi: MultiBar | null = null;
  #total: SingleBar | null = null;
  /** Of all trials. */
  #epochs = 0;
  #isDataShown = false;

  constructor(terminal: Terminal, workers: number) {
    this.#terminal = terminal;
    this.#workers = workers;
  }

  observe(event: RunEvent): void {
    if (event.type === "planned") this.#plan(event);
    else if (event.type === "rung") this.#goOn(event);
    else if (event.type === "note") {
      this.#writeLine(`${this.#terminal.paintError("yellow", "note:")} ${event.message}`);
    } else if (event.type === "data") this.#showData(dataText(event));
    else if (event.type === "started") this.#start(event);
    else if (event.type === "epoch") this.#measure(event.event.trial, event.event.epoch, event.worker);
    else this.#end(event);
  }

  stop(): void {
    this.#endData();
    // Stopping alone would lose the lines that wait above the bars.
    this.#multi?.update();
    this.#multi?.stop();
  }

  #plan(event: PlannedEvent): void {
    for (const trial of event.toRun) this.#trials.set(trial.id, trial);
    this.#writeLine(plannedText(event).trimEnd());
  }

  /** The bar of the whole run grows by what a rung adds. */
  #goOn(event: RungEvent): void {
    let more = 0;
    for (const trial of event.toRun) {
      this.#trials.set(trial.id, trial);
      more += plannedEpochs(trial) - (this.#seenEpochs.get(trial.id) ?? 0);
    }
    this.#epochs += more;
    this.#total?.setTotal(this.#epochs);
    this.#writeLine(rungText(event));
  }

  #showData(text: string): void {
    // Bars would be drawn over the line about the data, so they begin with the first trial.
    if (this.#multi !== null) return;
    this.#isDataShown = true;
    this.#terminal.control(`\r${CLEAR_RIGHT}`);
    this.#terminal.writeError(text);
  }

  #endData(): void {
    if (this.#isDataShown) this.#terminal.control(`\r${CLEAR_RIGHT}`);
    this.#isDataShown = false;
  }

  #start({ trial: id, worker, machine }: StartedEvent): void {
    this.#multi ??= this.#createBars();
    const trial = this.#trials.get(id);
    if (trial === undefined) return;
    // Workers of other machines may join at any time.
    while (this.#workerBars.length <= worker) this.#workerBars.push(this.#createBar(this.#multi));
    const bar = this.#workerBars[worker];
    const epochs = plannedEpochs(trial);
    bar.setTotal(epochs);
    const { textError } = this.#terminal;
    const name = machine === undefined ? null : shortText(textError(machine), { columns: MOST_NAME });
    const columns = this.#columns - textWidth(name ?? WORKER) - `[] ${epochs}/${epochs}   `.length -
      BAR_COLUMNS;
    bar.update(0, {
      text: shortText(textError(trialText(trial)), { columns: Math.max(columns, 1) }),
      ...name === null ? {} : { name },
    });
  }

  #createBar(multi: MultiBar): SingleBar {
    return multi.create(1, 0, { name: `worker ${this.#workerBars.length}`, text: "" });
  }

  #createBars(): MultiBar {
    this.#endData();
    const multi = new MultiBar({
      format: FORMAT,
      barCompleteChar: "=",
      barIncompleteChar: " ",
      barsize: BAR_COLUMNS,
      hideCursor: true,
      // Seedbed listens for Ctrl-C itself.
      gracefulExit: false,
      etaBuffer: 100,
      // Lines logged above the bars move them down: those that did not change must be drawn again too.
      forceRedraw: true,
    });
    const count = Math.min(this.#workers, this.#trials.size);
    for (let worker = 0; worker < count; worker++) this.#workerBars.push(this.#createBar(multi));
    for (const trial of this.#trials.values()) this.#epochs += plannedEpochs(trial);
    this.#total = multi.create(this.#epochs, 0, { name: "all     " }, { format: TOTAL_FORMAT });
    return multi;
  }

  #measure(trial: string, epoch: number, worker: number): void {
    this.#workerBars[worker]?.update(epoch);
    const seen = this.#seenEpochs.get(trial) ?? 0;
    if (epoch <= seen) return;
    this.#seenEpochs.set(trial, epoch);
    this.#total?.increment(epoch - seen);
  }

  #end(event: EndedEvent): void {
    const trial = this.#trials.get(event.event.trial);
    if (trial === undefined) return;
    // A trial that ended early takes its remaining epochs with it.
    this.#measure(trial.id, plannedEpochs(trial), event.worker);
    const style = event.event.type === "done" || event.event.type === "stopped" ? "dim" : "red";
    const text = endedText(event, {
      name: trialText(trial),
      columns: this.#columns,
      metric: trial.solver.select,
    });
    this.#writeLine(this.#terminal.paintError(style, text));
  }

  /** One less than the terminal has: clearing behind a full line would clear its last column. */
  get #columns(): number {
    return (this.#terminal.columnsError ?? USUAL_COLUMNS) - 1;
  }

  #writeLine(text: string): void {
    this.#endData();
    const line = wrapText(text, { columns: this.#columns });
    if (this.#multi === null) this.#terminal.writeError(`${line}\n`);
    else {this.#multi.log(
        `${this.#terminal.textError(line).replaceAll("\n", `${CLEAR_RIGHT}\n`)}${CLEAR_RIGHT}\n`,
      );}
  }
}
