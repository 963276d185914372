import { assertEquals } from "@std/assert";
import { permissionFlags } from "../../../lib/cli/launch/permissions.ts";
import { inLaunchSandbox } from "./fakes.ts";

Deno.test(
  "permissionFlags() names thousands of files in flags that are short enough for the system",
  inLaunchSandbox(({ plan }) => {
    const files = Array.from({ length: 5000 }, (_, i) => `/pictures/${i}.png`);
    const { permissions } = plan(`predict a.safetensors ${files.join(" ")}`);
    const flags = permissionFlags(permissions).filter((flag) => flag.startsWith("--allow-read="));
    const named = flags.flatMap((flag) => flag.slice("--allow-read=".length).split(","));
    assertEquals(named.slice(2).map((path) => path.slice(path.lastIndexOf("/pictures"))), files);
    assertEquals(flags.filter((flag) => flag.length > 1 << 16), []);
  }),
);
