import type { Terminal } from "../terminal/terminal.ts";

/** Listens for Ctrl-C until it is disposed of. */
export interface Interrupt extends Disposable {
  /** Aborts at the first Ctrl-C, or when the process is asked to end. */
  readonly signal: AbortSignal;
}

const EXIT_CODE = 130;
// A terminal sends Ctrl-C to `deno task` and to this process, and the former passes it on: one press arrives twice.
const SAME_PRESS_MS = 300;
const SHOW_CURSOR = "\x1b[?25h";

/** Starts to listen for Ctrl-C and SIGTERM: the first stops the run cleanly, the second ends the process at once. */
export function listenForInterrupt(terminal: Terminal): Interrupt {
  const controller = new AbortController();
  let firstMs = 0;
  const onSignal = () => {
    if (controller.signal.aborted) {
      if (performance.now() - firstMs < SAME_PRESS_MS) return;
      if (terminal.isInteractive) terminal.control(SHOW_CURSOR);
      Deno.exit(EXIT_CODE);
    }
    firstMs = performance.now();
    controller.abort();
  };
  const signals: readonly Deno.Signal[] = Deno.build.os === "windows" ? ["SIGINT"] : ["SIGINT", "SIGTERM"];
  for (const signal of signals) Deno.addSignalListener(signal, onSignal);
  return {
    signal: controller.signal,
    [Symbol.dispose]() {
      for (const signal of signals) Deno.removeSignalListener(signal, onSignal);
    },
  };
}
