import type { Fragments } from "./fragments.ts";
import { SECURITY_HEADERS } from "./guard.ts";

/** The source of a page's content, polled while the page is open. */
export interface LiveSource {
  /** Reads a piece of new data; returns whether there is more to read at once. */
  readonly refresh: () => Promise<boolean>;
  /** Fragments that are cheap; `isReading` is true while there is more to read. */
  readonly quick: (options: { readonly isReading: boolean }) => Fragments | Promise<Fragments>;
  /** Fragments that are slow to draw. */
  readonly drawn: () => Promise<Fragments>;
  /** Changes when the page must be drawn again. */
  readonly version: () => number;
}

const PERIOD_MS = 1000;
const READING_PERIOD_MS = 500;
// Drawing takes at most a quarter of the dashboard's time.
const REST_FACTOR = 3;

/** Answers with server-sent events: each has the fragments that changed, by id, as JSON. */
export function liveStream(source: LiveSource, { signal }: { readonly signal: AbortSignal }): Response {
  const closed = new AbortController();
  const ended = AbortSignal.any([signal, closed.signal]);
  const body = new ReadableStream<string>({
    async start(controller) {
      try {
        for await (const changes of changedFragments(source, ended)) {
          controller.enqueue(`data: ${JSON.stringify(changes)}\n\n`);
        }
        controller.close();
      } catch (error) {
        if (!ended.aborted) controller.error(error);
      }
    },
    cancel: () => closed.abort(),
  });
  return new Response(body.pipeThrough(new TextEncoderStream()), {
    headers: { ...SECURITY_HEADERS, "content-type": "text/event-stream" },
  });
}

async function* changedFragments(
  source: LiveSource,
  signal: AbortSignal,
): AsyncGenerator<Readonly<Record<string, string>>> {
  const sent = new Map<string, string>();
  let drawnVersion: number | null = null;
  let drawing: Drawing | null = null;
  let wasReading = false;
  let [nextQuickMs, nextDrawMs] = [0, 0];
  while (!signal.aborted) {
    const isReading = await source.refresh();
    const now = performance.now();
    // The table is shown before the charts, which take longer.
    if (now >= nextQuickMs || wasReading && !isReading) {
      nextQuickMs = now + (isReading ? READING_PERIOD_MS : PERIOD_MS);
      yield* newOnes(await source.quick({ isReading }), sent);
    }
    wasReading = isReading;
    if (isReading) continue;
    const version = source.version();
    if (drawing === null && version !== drawnVersion && performance.now() >= nextDrawMs) {
      drawing = draw(source);
      drawnVersion = version;
    }
    await Promise.race([
      sleep(Math.max(0, nextQuickMs - performance.now()), signal),
      ...drawing === null ? [] : [drawing.settled],
    ]);
    if (drawing?.outcome == null) continue;
    const { outcome, startMs } = drawing;
    drawing = null;
    if ("error" in outcome) throw outcome.error;
    yield* newOnes(outcome.fragments, sent);
    nextDrawMs = performance.now() + Math.max(PERIOD_MS, REST_FACTOR * (performance.now() - startMs));
  }
}

/** Fragments that are being drawn, while cheap ones are sent. */
interface Drawing {
  readonly startMs: number;
  readonly settled: Promise<void>;
  /** Null until it is settled. */
  outcome: { readonly fragments: Fragments } | { readonly error: unknown } | null;
}

function draw(source: LiveSource): Drawing {
  const drawing: { -readonly [K in keyof Drawing]: Drawing[K] } = {
    startMs: performance.now(),
    settled: Promise.resolve(),
    outcome: null,
  };
  drawing.settled = source.drawn().then(
    (fragments) => void (drawing.outcome = { fragments }),
    (error) => void (drawing.outcome = { error }),
  );
  return drawing;
}

/** Yields the fragments that differ from the sent ones, if any do. */
function* newOnes(
  fragments: Fragments,
  sent: Map<string, string>,
): Generator<Readonly<Record<string, string>>> {
  const changes: Record<string, string> = {};
  for (const [id, { markup }] of Object.entries(fragments)) {
    if (sent.get(id) === markup) continue;
    sent.set(id, markup);
    changes[id] = markup;
  }
  if (Object.keys(changes).length > 0) yield changes;
}

function sleep(timeMs: number, signal: AbortSignal): Promise<void> {
  return new Promise((resolve) => {
    const wake = () => {
      clearTimeout(timer);
      signal.removeEventListener("abort", wake);
      resolve();
    };
    const timer = setTimeout(wake, timeMs);
    signal.addEventListener("abort", wake);
  });
}
