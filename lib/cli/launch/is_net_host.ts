const LABEL = "[A-Za-z0-9_-]{1,63}";
const NAME = new RegExp(`^(?:\\*\\.)?${LABEL}(?:\\.${LABEL})*\\.?$`);
const LONGEST_NAME = 253;

/**
 * Returns whether Deno takes a text for a host that a process may connect to: a name or an address, which may have a
 * port. Deno itself ends with a fault at others, before any command runs.
 */
export function isNetHost(text: string): boolean {
  const [, host, port = "0"] = /^(.*?)(?::(\d{1,5}))?$/s.exec(text)!;
  if (Number(port) > 65_535) return false;
  const [, address] = /^\[([0-9A-Fa-f:.]+)\]$/.exec(host) ?? [];
  if (address !== undefined) return URL.canParse(`http://[${address}]`);
  // A range of addresses.
  const [name, bits] = host.split("/", 2);
  if (bits !== undefined) return /^\d{1,2}$/.test(bits) && Number(bits) <= 32 && isAddress(name);
  return host.length <= LONGEST_NAME && NAME.test(host);
}

function isAddress(text: string): boolean {
  return /^\d{1,3}(?:\.\d{1,3}){3}$/.test(text) && text.split(".").every((part) => Number(part) <= 255);
}
