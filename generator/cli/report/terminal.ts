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
  /** True if escape sequences may be written. */
  readonly color: boolean;
  /** True if somebody watches, who sees a line being rewritten. */
  readonly interactive: boolean;
  readonly #stream: Stream;

  constructor(stream: Stream, environment: Environment) {
    this.#stream = stream;
    this.color = wantsColor(stream, environment);
    this.interactive = stream.isTTY === true && isUnset(environment["CI"]) && environment["TERM"] !== "dumb";
  }

  /** Everything but workflow commands is printed by this. */
  line(text = ""): void {
    this.#stream.write(`${withoutCommands(withoutControls(text, this.color))}\n`);
  }

  /** Workflow commands of GitHub Actions, whose values are escaped already. */
  commands(text: string): void {
    this.#stream.write(`${withoutControls(text, false)}\n`);
  }

  /** Rewrites the current line; `""` clears it. */
  rewrite(text: string): void {
    this.#stream.write(`\r\u001b[2K${withoutControls(text, this.color)}`);
  }

  style(style: Style, text: string): string {
    const [on, off] = codes[style];
    return this.color ? `\u001b[${on}m${text}\u001b[${off}m` : text;
  }
}

/** C0 without tab and line feed, DEL, C1: what terminals obey. Colours come first, so that they are found whole. */
const controls = /\u001b\[\d{1,2}m|[\u0000-\u0008\u000b-\u001f\u007f-\u009f]/g;

/** Names of files, options and documents are not trusted. As escapes they are seen, and JSON means the same. */
function withoutControls(text: string, allowsColor: boolean): string {
  return text.replace(controls, (found) =>
    found.length > 1 && allowsColor
      ? found
      : `\\u${found.charCodeAt(0).toString(16).padStart(4, "0")}${found.slice(1)}`,
  );
}

/** GitHub Actions obeys lines that begin like this, whoever has written them. */
function withoutCommands(text: string): string {
  return text.replace(/^(?=\s*(?:::|##\[))/gm, "·");
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
