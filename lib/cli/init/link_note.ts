/** Returns the comment of a file for a server that cannot check a project which links a checkout; else nothing. */
export function linkNote(checkout: string | null, { server }: { readonly server: string }): string {
  if (checkout === null) return "";
  return `# deno.json links a checkout of Seedbed at ${checkout}, which ${server} does not have: remove "links" to use the\n` +
    "# version of JSR.\n";
}
