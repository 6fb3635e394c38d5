/** What ends a call before it is answered: its caller's signal, the limit of an attempt, the deadline of the call. */
import type { AbortedError, TimeoutError } from "./failures.ts";

export type Interrupted =
  | Omit<AbortedError, "requestId" | "attempts" | "message">
  | Omit<TimeoutError, "requestId" | "attempts" | "message">;

export class Interruption {
  readonly #caller: AbortSignal | undefined;
  readonly #end: number;

  /** @param deadline milliseconds from now */
  constructor(caller: AbortSignal | undefined, deadline: number) {
    this.#caller = caller;
    this.#end = Date.now() + deadline;
  }

  /** Is there this much time left? */
  leaves(milliseconds: number): boolean {
    return Date.now() + milliseconds < this.#end;
  }

  /** Waits, unless the caller aborts. */
  async wait(milliseconds: number): Promise<Interrupted | undefined> {
    return (await this.run(() => undefined, milliseconds)).interrupted?.kind === "aborted"
      ? this.#aborted()
      : undefined;
  }

  /**
   * Runs `task` for at most `timeout` milliseconds. It ends then even if the task (somebody's own `fetch`) ignores its
   * signal; what it answers later is dropped.
   */
  async run<Value>(
    task: (signal: AbortSignal) => Promise<Value> | undefined,
    timeout: number,
  ): Promise<
    { readonly value: Value; readonly interrupted?: undefined } | { readonly interrupted: Interrupted }
  > {
    const controller = new AbortController();
    const left = Math.max(0, this.#end - Date.now());
    const limit = left < timeout ? "deadline" : "timeout";
    return new Promise((resolve) => {
      const interrupt = (interrupted: Interrupted): void => {
        resolve({ interrupted });
        controller.abort();
        release();
      };
      const onAbort = (): void => {
        interrupt(this.#aborted());
      };
      const timer = setTimeout(
        () => {
          interrupt({ kind: "timeout", error: "timeout_error", status: undefined, limit });
        },
        Math.min(timeout, left),
      );
      const release = (): void => {
        clearTimeout(timer);
        this.#caller?.removeEventListener("abort", onAbort);
      };
      this.#caller?.addEventListener("abort", onAbort);
      if (this.#caller?.aborted === true) onAbort();
      else
        void task(controller.signal)?.then((value) => {
          resolve({ value });
          release();
        });
    });
  }

  #aborted(): Interrupted {
    return { kind: "aborted", error: "aborted_error", status: undefined, cause: this.#caller?.reason };
  }
}
