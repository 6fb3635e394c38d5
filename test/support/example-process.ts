/** The example as a process of its own, to be ended gently or not. */
import { spawn } from "node:child_process";
import { once } from "node:events";
import { createInterface } from "node:readline";
import { join } from "node:path";
import type { SeededOrganization } from "../../example/seed/seed.ts";

export interface ExampleProcess {
  readonly url: string;
  readonly organizations: readonly SeededOrganization[];
  /** `kill -9`. */
  readonly kill: () => Promise<void>;
  /** As an operator would. Returns the exit code. */
  readonly stop: () => Promise<number | null>;
}

const root = join(import.meta.dirname, "../..");

/** @param environment beside the variables of this process */
export async function startExampleProcess(environment: Record<string, string>): Promise<ExampleProcess> {
  const child = spawn(
    process.execPath,
    ["--conditions=lockstep-source", "--import", "tsx", "example/main.ts", "--json"],
    { cwd: root, env: { ...process.env, PORT: "0", ...environment }, stdio: ["ignore", "pipe", "inherit"] },
  );
  const exited: Promise<unknown[]> = once(child, "exit");
  const line: Promise<unknown[]> = once(createInterface(child.stdout), "line");
  const [said] = await Promise.race([line, exited]);
  if (typeof said !== "string")
    throw new Error(`The example ended with ${String(said)} before it was ready.`);
  // What `announceAsJson` wrote.
  const { url, organizations } = JSON.parse(said) as Pick<ExampleProcess, "url" | "organizations">;
  const end = async (signal: "SIGKILL" | "SIGTERM"): Promise<number | null> => {
    child.kill(signal);
    const [code] = await exited;
    return typeof code === "number" ? code : null;
  };
  return {
    url,
    organizations,
    kill: async () => {
      await end("SIGKILL");
    },
    stop: () => end("SIGTERM"),
  };
}
