import { join } from "node:path";
import { InputError } from "../core/check/errors.ts";
import { exists } from "../files/exists.ts";
import { readFolder } from "../files/read_folder.ts";
import { readIfThere } from "../files/read_if_there.ts";
import { COMMITTED, LOCAL } from "../report/files/result_files.ts";
import pageStyle from "../report/page/page.css" with { type: "text" };
import { PAGE_SCRIPT } from "../report/page/page_script.ts";
import type { TrialFilter } from "../report/page/trials_table.ts";
import type { Story } from "../report/story/story.ts";
import dashboardStyle from "./dashboard.css" with { type: "text" };
import dashboardScript from "./dashboard.js" with { type: "text" };
import { DrawingThread } from "./drawing/drawing_thread.ts";
import { SECURITY_HEADERS } from "./http/guard.ts";
import { type LiveSource, liveStream } from "./http/live_stream.ts";
import { readComparedSide, revisionsOf } from "./views/compared_side.ts";
import { errorPage } from "./views/error_page.ts";
import { comparePage } from "./views/compare_page.ts";
import { experimentPage } from "./views/experiment_page.ts";
import { drawnFragments, quickFragments } from "./views/experiment_view.ts";
import { historyPage } from "./views/history_page.ts";
import { indexFragments, indexPage } from "./views/index_page.ts";
import { readingFragments } from "./views/progress_panel.ts";
import { readHistory } from "./views/read_history.ts";
import { type GitFactsOf, readGitFacts } from "./watch/git_facts.ts";
import { WatchedExperiment } from "./watch/watched_experiment.ts";

/** Options of {@link Pages}. */
export interface PagesOptions {
  readonly resultsDir: string;
  /** The first part of every address, `/TOKEN`. */
  readonly base: string;
  /** Ends every stream. */
  readonly signal: AbortSignal;
}

const ASSETS: Readonly<Record<string, readonly [type: string, text: string]>> = {
  "page.css": ["text/css", pageStyle],
  "page.js": ["text/javascript", PAGE_SCRIPT],
  "dashboard.css": ["text/css", dashboardStyle],
  "dashboard.js": ["text/javascript", dashboardScript],
};

// A report has its own script. The sandbox lets it run without access to anything, including the dashboard's pages.
const SANDBOX = "sandbox allow-scripts; default-src 'none'; img-src data:; style-src 'unsafe-inline'; " +
  "script-src 'unsafe-inline'";

/** A text that a person writes beside the results; the page shows it. */
const NOTES = "notes.md";

const GIT_PERIOD_MS = 5000;

/** The most time that the list reads an experiment's journal, at each look. */
const READING_MS = 100;

/** The pages of the dashboard, and the experiments that they show. */
export class Pages {
  readonly #options: PagesOptions;
  readonly #watched = new Map<string, WatchedExperiment>();
  readonly #drawing = new DrawingThread();
  #git: { readonly atMs: number; readonly facts: Promise<GitFactsOf> } | null = null;

  constructor(options: PagesOptions) {
    this.#options = options;
    options.signal.addEventListener("abort", () => this.#drawing[Symbol.dispose](), { once: true });
  }

  /** Answers a request that passed the guard; a problem is a page as well, with the way back. */
  async answer(path: string, query: URLSearchParams): Promise<Response> {
    try {
      return await this.#answer(path, query);
    } catch (error) {
      if (error instanceof InputError) return this.#problem(400, error.message);
      throw error;
    }
  }

  #problem(status: number, message: string): Response {
    return pageResponse(errorPage(message, this.#options), { status });
  }

  async #answer(path: string, query: URLSearchParams): Promise<Response> {
    const [place, name, more, ...rest] = path.split("/");
    if (path === "") return await this.#index();
    if (path === "live") return this.#liveIndex();
    if (path === "compare") return await this.#compare(query);
    if (place === "assets" && more === undefined && Object.hasOwn(ASSETS, name)) return assetResponse(name);
    const isKnown = (more === undefined || more === "live" || more === "history") && rest.length === 0;
    const watched = isKnown ? await this.#find(name ?? "") : null;
    if (watched !== null && place === "experiment") {
      const filter = { text: query.get("text") ?? "", status: query.get("status") ?? "" };
      if (more === "history") return await this.#history(name);
      return more === "live" ? this.#live(watched, filter) : await this.#experiment(watched, filter);
    }
    if (watched !== null && place === "report" && more === undefined) return await this.#report(name);
    return this.#problem(404, "Cannot answer: there is no such page.");
  }

  async #index(): Promise<Response> {
    const { base } = this.#options;
    const gitFacts = await this.#gitFacts();
    const fragments = indexFragments(await this.#outlines(), { base, nowMs: Date.now(), gitFacts });
    return pageResponse(indexPage({ base, fragments }));
  }

  #liveIndex(): Response {
    const { base, signal } = this.#options;
    let version = 0;
    return liveStream({
      refresh: () => Promise.resolve(false),
      quick: async () => {
        const watched = await this.#outlines();
        version = watched.reduce((sum, experiment) => sum + experiment.version, 0);
        return indexFragments(watched, { base, nowMs: Date.now(), gitFacts: await this.#gitFacts() });
      },
      drawn: () => Promise.resolve({}),
      version: () => version,
    }, { signal });
  }

  async #experiment(watched: WatchedExperiment, filter: TrialFilter): Promise<Response> {
    const { base, resultsDir } = this.#options;
    await watched.refreshOutline();
    const fragments = quickFragments(watched, { filter, nowMs: Date.now() });
    const hasReport = await mayExist(join(resultsDir, watched.name, COMMITTED.page.name));
    const revisions = await revisionsOf(watched.name, { resultsDir });
    const notes = await readIfThere(join(resultsDir, watched.name, NOTES)).catch(() => null);
    return pageResponse(experimentPage(watched, { base, filter, fragments, hasReport, revisions, notes }));
  }

  #live(watched: WatchedExperiment, filter: TrialFilter): Response {
    // It loads what it needs while the journal is read.
    this.#drawing.warm();
    const source: LiveSource = {
      refresh: () => watched.refresh(),
      quick: async ({ isReading }) =>
        isReading
          ? readingFragments(await watched.readShare())
          : quickFragments(watched, { filter, nowMs: Date.now() }),
      drawn: () => drawnFragments(watched, { filter, drawing: this.#drawing }),
      version: () => watched.version,
    };
    return liveStream(source, this.#options);
  }

  async #compare(query: URLSearchParams): Promise<Response> {
    const { base, resultsDir } = this.#options;
    const sides = query.getAll("side");
    if (sides.length < 2) return this.#problem(400, "Cannot compare: choose two or more experiments.");
    const storyOf = (name: string) => this.#unfinishedStory(name);
    const read = await Promise.all(sides.map((side) => readComparedSide(side, { resultsDir, storyOf })));
    return pageResponse(await comparePage(read, { base, drawing: this.#drawing }));
  }

  /** Returns what is known of an experiment without a report of its last run; null if it has one. */
  async #unfinishedStory(name: string): Promise<Story | null> {
    const watched = await this.#find(name);
    if (watched === null) return null;
    await watched.refreshOutline();
    const isRunning = watched.liveness({ nowMs: Date.now() }) === "running";
    const hasSummary = await mayExist(join(this.#options.resultsDir, name, COMMITTED.summary.name));
    if (!isRunning && hasSummary) return null;
    while (await watched.refresh());
    return watched.story();
  }

  async #history(name: string): Promise<Response> {
    const { base, resultsDir } = this.#options;
    const past = await readHistory(name, { resultsDir });
    return pageResponse(historyPage(name, { past, base }));
  }

  async #report(name: string): Promise<Response> {
    const path = join(this.#options.resultsDir, name, COMMITTED.page.name);
    const text = await readIfThere(path);
    if (text === null) return this.#problem(404, "Cannot answer: there is no report yet.");
    return pageResponse(text, { headers: { "content-security-policy": SANDBOX } });
  }

  /** Asks git again after a while only: a page that is open asks every second. */
  #gitFacts(): Promise<GitFactsOf> {
    const nowMs = Date.now();
    if (this.#git === null || nowMs - this.#git.atMs > GIT_PERIOD_MS) {
      this.#git = { atMs: nowMs, facts: readGitFacts(this.#options.resultsDir) };
    }
    return this.#git.facts;
  }

  /** The experiments of the folder, ordered by name; journals are read only of runs that were seen in progress. */
  async #outlines(): Promise<readonly WatchedExperiment[]> {
    const names: string[] = [];
    for await (const { name, isDirectory } of readFolder(this.#options.resultsDir)) {
      if (isDirectory) names.push(name);
    }
    const found = await Promise.all(names.sort().map((name) => this.#find(name)));
    const watched = found.filter((experiment) => experiment !== null);
    for (const experiment of watched) {
      await experiment.refreshOutline();
      const isRunning = experiment.liveness({ nowMs: Date.now() }) === "running";
      const untilMs = Date.now() + READING_MS;
      // A run that ends between two looks has written more since the last one.
      if (isRunning || experiment.isFollowed) { while (await experiment.refresh() && Date.now() < untilMs); }
    }
    return watched;
  }

  /** The experiment of a name, if its folder has anything to show. */
  async #find(name: string): Promise<WatchedExperiment | null> {
    const { resultsDir } = this.#options;
    if (!/^[a-z0-9_]+$/.test(name)) return null;
    const known = this.#watched.get(name);
    if (known !== undefined) return known;
    const files = [COMMITTED.summary.name, LOCAL.activity.name, LOCAL.journal.name];
    const there = await Promise.all(files.map((file) => mayExist(join(resultsDir, name, file))));
    if (!there.includes(true)) return null;
    const watched = new WatchedExperiment(name, { resultsDir });
    this.#watched.set(name, watched);
    return watched;
  }
}

/** Returns whether a file may exist; a file that cannot be accessed counts, since reading it reports why. */
async function mayExist(path: string): Promise<boolean> {
  return await exists(path).catch(() => true);
}

interface PageInit {
  /** Default: 200. */
  readonly status?: number;
  readonly headers?: Readonly<Record<string, string>>;
}

function pageResponse(text: string, { status = 200, headers = {} }: PageInit = {}): Response {
  return new Response(text, {
    status,
    headers: { ...SECURITY_HEADERS, "content-type": "text/html; charset=utf-8", ...headers },
  });
}

function assetResponse(name: string): Response {
  const [type, text] = ASSETS[name];
  return new Response(text, { headers: { ...SECURITY_HEADERS, "content-type": `${type}; charset=utf-8` } });
}
