import { readRedisUrl } from "../../../lib/engine/queue/redis/redis_address.ts";
import { type ServeOptions, serveQueue } from "../../../lib/engine/queue/worker/serve_queue.ts";

/** A worker in a process of its own: the URL of its Redis, its name, and options as JSON; it says when it can be stopped. */
const [url, name, options] = Deno.args;
const stop = new AbortController();
Deno.addSignalListener("SIGTERM", () => stop.abort());
await serveQueue({
  redis: readRedisUrl(url, { source: "--redis" }),
  workers: 1,
  name,
  cacheDir: "/nowhere",
  ...JSON.parse(options) as Partial<ServeOptions>,
  signal: stop.signal,
  onReady: () => console.log("here"),
  observe: () => {},
});
Deno.exit(0);
