import { sha256Hex } from "../../lib/core/numbers/digest.ts";
import { filesBelow } from "./files_below.ts";

/** A registry on this machine that speaks as much of JSR as `deno publish` and an import need. */
export interface LocalRegistry extends AsyncDisposable {
  /** What `JSR_URL` must be. */
  readonly url: string;
  /** Where the files of packages are, as `SCOPE/NAME/VERSION/PATH`. */
  readonly folder: string;
}

interface Config {
  readonly name: string;
  readonly version: string;
  readonly exports: string | Readonly<Record<string, string>>;
}

/**
 * Starts a registry.
 *
 * @param folders packages that are there from the beginning, each with its `deno.json`
 */
export async function startRegistry(folders: readonly string[]): Promise<LocalRegistry> {
  const folder = await Deno.makeTempDir();
  for (const from of folders) {
    const { name, version } = await readConfig(from);
    await run("mkdir", ["-p", `${folder}/${name}`]);
    await run("cp", ["-r", from, `${folder}/${name}/${version}`]);
  }
  const server = Deno.serve(
    { hostname: "127.0.0.1", port: 0, onListen() {} },
    (request) =>
      request.url.includes("/api/") ? answerPublisher(request, folder) : answerImport(request, folder),
  );
  return {
    url: `http://127.0.0.1:${server.addr.port}/`,
    folder,
    async [Symbol.asyncDispose]() {
      await server.shutdown();
      await Deno.remove(folder, { recursive: true });
    },
  };
}

/** Answers `deno publish`: no version is there yet, and each is taken at once. */
async function answerPublisher(request: Request, folder: string): Promise<Response> {
  const [, scope, name, version] =
    new URL(request.url).pathname.match(/^\/api\/scopes\/(.+?)\/packages\/(.+?)(?:\/versions\/(.+))?$/) ?? [];
  if (request.method === "GET" && version !== undefined) {
    return Response.json({ code: "packageVersionNotFound", message: "not found" }, { status: 404 });
  }
  if (request.method === "GET") return Response.json({ scope, name });
  const place = `${folder}/@${scope}/${name}/${version}`;
  await Deno.mkdir(place, { recursive: true });
  const archive = `${place}.tar.gz`;
  await Deno.writeFile(archive, request.body!);
  await run("tar", ["-xzf", archive, "-C", place]);
  return Response.json({ id: crypto.randomUUID(), status: "success", error: null });
}

/** Answers an import: a package's versions, a version's manifest or one of its files. */
async function answerImport(request: Request, folder: string): Promise<Response> {
  const { pathname } = new URL(request.url);
  const [, name, rest] = pathname.match(/^\/(@[^/]+\/[^/]+)\/(.+)$/) ?? ["", "", ""];
  try {
    if (rest === "meta.json") {
      const versions = [...Deno.readDirSync(`${folder}/${name}`)].filter(({ isDirectory }) => isDirectory);
      return Response.json({ versions: Object.fromEntries(versions.map(({ name }) => [name, {}])) });
    }
    const manifestOf = rest.match(/^([^/]+)_meta\.json$/)?.[1];
    if (manifestOf !== undefined) return Response.json(await manifest(`${folder}/${name}/${manifestOf}`));
    return new Response(await Deno.readFile(folder + pathname), {
      headers: { "content-type": contentType(pathname) },
    });
  } catch (error) {
    if (error instanceof Deno.errors.NotFound) return new Response("not found", { status: 404 });
    throw error;
  }
}

async function manifest(folder: string): Promise<object> {
  const files: Record<string, object> = {};
  for await (const path of filesBelow(folder)) {
    const bytes = await Deno.readFile(folder + path);
    files[path] = { size: bytes.length, checksum: `sha256-${sha256Hex(bytes)}` };
  }
  const { exports } = await readConfig(folder);
  return { manifest: files, exports: typeof exports === "string" ? { ".": exports } : exports };
}

function contentType(path: string): string {
  if (path.endsWith(".ts")) return "text/typescript";
  if (path.endsWith(".js")) return "text/javascript";
  return path.endsWith(".json") ? "application/json" : "text/plain";
}

async function readConfig(folder: string): Promise<Config> {
  return JSON.parse(await Deno.readTextFile(`${folder}/deno.json`));
}

async function run(command: string, args: readonly string[]): Promise<void> {
  const { code, stderr } = await new Deno.Command(command, { args: [...args] }).output();
  if (code !== 0) throw new Error(`Cannot ${command}: ${new TextDecoder().decode(stderr)}`);
}
