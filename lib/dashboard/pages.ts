import { join } from "node:path";
import { exists } from "../files/exists.ts";
import { readFolder } from "../files/read_folder.ts";
import { readIfThere } from "../files/read_if_there.ts";
import { COMMITTED, LOCAL } from "../report/files/result_files.ts";
import pageStyle from "../report/page/page.css" with { type: "text" };
import { PAGE_SCRIPT } from "../report/page/page_script.ts";
import type { TrialFilter } from "../report/page/trials_table.ts";
import dashboardStyle from "./dashboard.css" with { type: "text" };
import dashboardScript from "./dashboard.js" with { type: "text" };
import { refuse, SECURITY_HEADERS } from "./http/guard.ts";
import { type LiveSource, liveStream } from "./http/live_stream.ts";
import { readComparedSide, revisionsOf } from "./views/compared_side.ts";
import { experimentPage } from "./views/experiment_page.ts";
import { drawnFragments, quickFragments } from "./views/experiment_view.ts";
import { indexFragments, indexPage } from "./views/index_page.ts";
import { readingFragments } from "./views/progress_panel.ts";
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

/** The pages of the dashboard, and the experiments that they show. */
export class Pages {
  readonly #options: PagesOptions;
  readonly #watched = new Map<string, WatchedExperiment>();

  constructor(options: PagesOptions) {
    this.#options = options;
  }

  /** Answers a request that passed the guard. */
  async answer(path: string, query: URLSearchParams): Promise<Response> {
    const [place, name, more, ...rest] = path.split("/");
    if (path === "") return await this.#index();
    if (path === "live") return this.#liveIndex();
    if (path === "compare") return await this.#compare(query);
    if (place === "assets" && more === undefined && Object.hasOwn(ASSETS, name)) return assetResponse(name);
    const isKnown = (more === undefined || more === "live") && rest.length === 0;
    const watched = isKnown ? await this.#find(name ?? "") : null;
    if (watched !== null && place === "experiment") {
      const filter = { text: query.get("text") ?? "", status: query.get("status") ?? "" };
      return more === "live" ? this.#live(watched, filter) : await this.#experiment(watched, filter);
    }
    if (watched !== null && place === "report" && more === undefined) return await this.#report(name);
    return refuse(404, "Cannot answer: there is no such page.");
  }

  async #index(): Promise<Response> {
    const { base } = this.#options;
    const fragments = indexFragments(await this.#outlines(), { base, nowMs: Date.now() });
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
        return indexFragments(watched, { base, nowMs: Date.now() });
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
    return pageResponse(experimentPage(watched, { base, filter, fragments, hasReport, revisions }));
  }

  #live(watched: WatchedExperiment, filter: TrialFilter): Response {
    const source: LiveSource = {
      refresh: () => watched.refresh(),
      quick: async ({ isReading }) =>
        isReading
          ? readingFragments(await watched.readShare())
          : quickFragments(watched, { filter, nowMs: Date.now() }),
      drawn: () => drawnFragments(watched, { filter }),
      version: () => watched.version,
    };
    return liveStream(source, this.#options);
  }

  async #compare(query: URLSearchParams): Promise<Response> {
    const { base, resultsDir } = this.#options;
    const sides = query.getAll("side");
    if (sides.length < 2) return refuse(400, "Cannot compare: choose two or more experiments.");
    const { comparePage } = await import("./views/compare_page.ts");
    const read = await Promise.all(sides.map((side) => readComparedSide(side, { resultsDir })));
    return pageResponse(await comparePage(read, { base }));
  }

  async #report(name: string): Promise<Response> {
    const path = join(this.#options.resultsDir, name, COMMITTED.page.name);
    const text = await readIfThere(path);
    if (text === null) return refuse(404, "Cannot answer: there is no report yet.");
    return pageResponse(text, { "content-security-policy": SANDBOX });
  }

  /** The experiments of the folder, ordered by name; only those that may be running are read completely. */
  async #outlines(): Promise<readonly WatchedExperiment[]> {
    const names: string[] = [];
    for await (const { name, isDirectory } of readFolder(this.#options.resultsDir)) {
      if (isDirectory) names.push(name);
    }
    const found = await Promise.all(names.sort().map((name) => this.#find(name)));
    const watched = found.filter((experiment) => experiment !== null);
    for (const experiment of watched) {
      await experiment.refreshOutline();
      if (experiment.liveness({ nowMs: Date.now() }) === "running") await experiment.refresh();
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

function pageResponse(text: string, headers: Readonly<Record<string, string>> = {}): Response {
  return new Response(text, {
    headers: { ...SECURITY_HEADERS, "content-type": "text/html; charset=utf-8", ...headers },
  });
}

function assetResponse(name: string): Response {
  const [type, text] = ASSETS[name];
  return new Response(text, { headers: { ...SECURITY_HEADERS, "content-type": `${type}; charset=utf-8` } });
}
