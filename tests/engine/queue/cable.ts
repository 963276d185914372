/** A network cable that can be pulled: a port of this machine whose bytes go to another one. */
export interface Cable extends AsyncDisposable {
  readonly url: string;
  /** From now on nothing goes through, and nobody is told. */
  readonly pull: () => void;
  /** What was held up goes on. */
  readonly plug: () => void;
}

/** Lays a cable to a port of this machine. */
export function layCable({ port }: { readonly port: number }): Cable {
  const listener = Deno.listen({ hostname: "127.0.0.1", port: 0 });
  const sockets = new Set<Deno.Conn>();
  const pumps = new Set<Promise<void>>();
  let isPlugged = Promise.resolve();
  let plug = () => {};
  const pump = async (from: Deno.Conn, to: Deno.Conn) => {
    const buffer = new Uint8Array(1 << 16);
    try {
      for (let n = await from.read(buffer); n !== null; n = await from.read(buffer)) {
        await isPlugged;
        for (let sent = 0; sent < n;) sent += await to.write(buffer.subarray(sent, n));
      }
    } catch {
      // One of the ends is gone, and so is the connection.
    }
    close(from);
    close(to);
  };
  const close = (socket: Deno.Conn) => {
    if (sockets.delete(socket)) socket.close();
  };
  const accepting = (async () => {
    for await (const near of listener) {
      const far = await Deno.connect({ hostname: "127.0.0.1", port });
      sockets.add(near).add(far);
      pumps.add(pump(near, far)).add(pump(far, near));
    }
  })();
  return {
    url: `redis://127.0.0.1:${listener.addr.port}`,
    pull: () => isPlugged = new Promise((resolve) => plug = resolve),
    plug: () => plug(),
    async [Symbol.asyncDispose]() {
      plug();
      listener.close();
      for (const socket of sockets) close(socket);
      await Promise.all([accepting, ...pumps]);
    },
  };
}
