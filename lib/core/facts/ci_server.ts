/** A server that runs the checks of a project: "github", "gitlab", or "none". */
export type CiServer = "github" | "gitlab" | "none";

/** Every {@link CiServer}. */
export const CI_SERVERS: readonly CiServer[] = ["github", "gitlab", "none"];
