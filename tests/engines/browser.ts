/** What {@link runInBrowser} starts. */
export interface BrowserOptions {
  readonly command: string;
  readonly kind: "chromium" | "firefox";
}

/** Opens a page with a script in a headless browser and returns what the script posts to `/result`. */
export async function runInBrowser(script: string, { command, kind }: BrowserOptions): Promise<string> {
  const posted = Promise.withResolvers<string>();
  await using server = Deno.serve({ hostname: "127.0.0.1", port: 0, onListen: () => {} }, async (request) => {
    const { pathname } = new URL(request.url);
    if (pathname === "/result") {
      posted.resolve(await request.text());
      return new Response();
    }
    if (pathname === "/program.js") {
      return new Response(script, { headers: { "content-type": "text/javascript" } });
    }
    const page = '<!doctype html><meta charset="utf-8"><script type="module" src="/program.js"></script>';
    return new Response(page, { headers: { "content-type": "text/html" } });
  });
  const profile = await Deno.makeTempDir();
  const url = `http://127.0.0.1:${server.addr.port}/`;
  const browser = new Deno.Command(command, { args: argumentsOf(kind, { profile, url }), ...SILENT }).spawn();
  const limit = setTimeout(
    () =>
      posted.reject(
        new Error(`Cannot run the program on ${command}: a result must come, found none in 120 s`),
      ),
    120_000,
  );
  try {
    return await Promise.race([posted.promise, browser.status.then(failed(command))]);
  } finally {
    clearTimeout(limit);
    try {
      browser.kill("SIGKILL");
    } catch {
      // It has ended by itself.
    }
    await browser.status;
    // Children of the browser may still write to the profile for a moment.
    await Deno.remove(profile, { recursive: true }).catch(() => {});
  }
}

const SILENT = { stdin: "null", stdout: "null", stderr: "null" } as const;

function failed(command: string): (status: Deno.CommandStatus) => never {
  return ({ code }) => {
    throw new Error(
      `Cannot run the program on ${command}: it must stay open, found that it ended with ${code}`,
    );
  };
}

function argumentsOf(
  kind: BrowserOptions["kind"],
  { profile, url }: { profile: string; url: string },
): string[] {
  if (kind === "firefox") return ["--headless", "--no-remote", "--profile", profile, url];
  return [
    ...["--headless", "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-sync"],
    ...["--disable-background-networking", "--disable-component-update", `--user-data-dir=${profile}`, url],
  ];
}
