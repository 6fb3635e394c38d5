/** Where the command prints: results to stdout, diagnostics and progress to stderr, colours where they are wanted. */

export interface Stream {
  write(text: string): unknown;
  readonly isTTY?: boolean;
}

export interface Environment {
  readonly [name: string]: string | undefined;
}

export type Style = "red" | "green" | "yellow" | "cyan" | "dim" | "bold";

const codes: Record<Style, readonly [number, number]> = {
  red: [31, 39],
  green: [32, 39],
  yellow: [33, 39],
  cyan: [36, 39],
  dim: [2, 22],
  bold: [1, 22],
};

/** One output stream with its colours. */
export class Printer {
  /** May escape sequences be written? */
  readonly color: boolean;
  /** Is somebody watching who sees a line being rewritten? */
  readonly interactive: boolean;
  readonly #stream: Stream;

  constructor(stream: Stream, environment: Environment) {
    this.#stream = stream;
    this.color = wantsColor(stream, environment);
    this.interactive = stream.isTTY === true && isUnset(environment["CI"]) && environment["TERM"] !== "dumb";
  }

  line(text = ""): void {
    this.#stream.write(`${text}\n`);
  }

  /** Rewrites the current line; `""` clears it. */
  rewrite(text: string): void {
    this.#stream.write(`\r\u001b[2K${text}`);
  }

  style(style: Style, text: string): string {
    const [on, off] = codes[style];
    return this.color ? `\u001b[${on}m${text}\u001b[${off}m` : text;
  }
}

/** NO_COLOR (https://no-color.org: set and not empty) first, then FORCE_COLOR, then whether it is a terminal. */
function wantsColor(stream: Stream, environment: Environment): boolean {
  if (!isUnset(environment["NO_COLOR"])) return false;
  const forced = environment["FORCE_COLOR"];
  if (forced !== undefined) return forced !== "0" && forced !== "false";
  return stream.isTTY === true && environment["TERM"] !== "dumb";
}

function isUnset(value: string | undefined): boolean {
  return value === undefined || value === "";
}

/** Everything a command knows of the world outside; tests give their own. */
export interface Context {
  /** Absolute. */
  readonly cwd: string;
  readonly environment: Environment;
  readonly out: Printer;
  readonly err: Printer;
}
