/** Says what is going on, once it takes longer than a second: a line that is rewritten on a terminal, plain lines else. */
import type { Printer } from "./terminal.ts";

/** Work shorter than this, in ms, is not worth a word. */
const silence = 1000;

export class Progress {
  readonly #printer: Printer;
  readonly #began = performance.now();
  #timer: NodeJS.Timeout | undefined;
  #shown = "";

  constructor(printer: Printer) {
    this.#printer = printer;
  }

  /** A new stage begins, such as `public: reading openapi.yaml`. */
  stage(text: string): void {
    clearTimeout(this.#timer);
    const elapsed = performance.now() - this.#began;
    if (elapsed >= silence) {
      this.#show(text);
      return;
    }
    // Parsing blocks the event loop, so the timer may come late; the next stage shows itself then.
    this.#timer = setTimeout(() => {
      this.#show(text);
    }, silence - elapsed).unref();
  }

  /** The work is over, or something else is to be printed: leaves an empty line behind. */
  clear(): void {
    clearTimeout(this.#timer);
    if (this.#shown !== "" && this.#printer.interactive) this.#printer.rewrite("");
    this.#shown = "";
  }

  #show(text: string): void {
    if (text === this.#shown) return;
    this.#shown = text;
    if (this.#printer.interactive) this.#printer.rewrite(this.#printer.style("dim", `${text} …`));
    else this.#printer.line(`${text} …`);
  }
}
