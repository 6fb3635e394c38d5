/** Runs the command line in this process, with streams that can be read and a folder of its own. */
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { runProgram } from "../../generator/cli/program.ts";
import { Printer, type Context, type Environment } from "../../generator/cli/report/terminal.ts";

export interface Ran {
  readonly code: number;
  readonly out: string;
  readonly err: string;
}

/** A stream that keeps what is written to it. */
export class Recorder {
  text = "";
  readonly isTTY: boolean;

  constructor(isTTY = false) {
    this.isTTY = isTTY;
  }

  write(text: string): void {
    this.text += text;
  }
}

/** A temporary project; its files are written as they are given. */
export class Project {
  readonly folder = mkdtempSync(join(tmpdir(), "lockstep-cli-"));

  write(files: Readonly<Record<string, string>>): void {
    for (const [path, content] of Object.entries(files)) {
      mkdirSync(dirname(this.path(path)), { recursive: true });
      writeFileSync(this.path(path), content);
    }
  }

  path(path: string): string {
    return join(this.folder, path);
  }

  context(environment: Environment = {}, out = new Recorder(), err = new Recorder()): Context {
    return {
      cwd: this.folder,
      environment,
      out: new Printer(out, environment),
      err: new Printer(err, environment),
    };
  }

  async run(args: readonly string[], environment: Environment = {}, isTTY = false): Promise<Ran> {
    const [out, err] = [new Recorder(isTTY), new Recorder(isTTY)];
    const code = await runProgram(args, this.context(environment, out, err));
    return { code, out: out.text, err: err.text };
  }

  remove(): void {
    rmSync(this.folder, { recursive: true, force: true });
  }
}

/** A small document whose operation is called `operationId`. */
export function smallDocument(operationId: string, pathItem = ""): string {
  return `openapi: 3.1.0
info: { title: Small, version: 1.0.0, license: { name: MIT, url: "https://example.com" } }
servers: [{ url: "https://example.com" }]
security: []
paths:
  /things:
    get:
      operationId: ${operationId}
      summary: List things
      responses:
        "200": { description: All things }
        4XX: { description: Not this time }
${pathItem}`;
}
