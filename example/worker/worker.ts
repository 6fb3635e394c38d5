/** Does what goes on after a response: repeats steps, each of them a transaction, for as long as there is work. */

/** Does one piece of work. False: there was none. */
export type Step = () => Promise<boolean>;

export interface WorkerOptions {
  /** Milliseconds between two looks for the work of other processes. */
  readonly pollMs: number;
  /** Told when a step fails. It is tried again after the pause: its transaction has left nothing half done. */
  readonly onError: (error: unknown) => void;
}

/**
 * Any number of workers may run in any number of processes: steps claim their rows with `FOR UPDATE SKIP LOCKED`, and the
 * database frees the claims of a process that dies.
 */
export class Worker {
  readonly #steps: readonly Step[];
  readonly #options: WorkerOptions;
  #stopped = false;
  #wake: () => void = () => undefined;
  #running: Promise<void> | undefined;

  constructor(steps: readonly Step[], options: WorkerOptions) {
    this.#steps = steps;
    this.#options = options;
  }

  start(): void {
    this.#running ??= this.#run();
  }

  /** There is work: do not wait for the next look. */
  wake(): void {
    this.#wake();
  }

  /** Resolves when the step that runs now has ended. */
  async stop(): Promise<void> {
    this.#stopped = true;
    this.#wake();
    await this.#running;
  }

  async #run(): Promise<void> {
    while (!this.#stopped) {
      const pause = this.#pause();
      if (await this.#round()) this.#wake();
      await pause;
    }
  }

  async #round(): Promise<boolean> {
    let worked = false;
    for (const step of this.#steps) {
      if (this.#stopped) return worked;
      try {
        if (await step()) worked = true;
      } catch (error) {
        this.#options.onError(error);
      }
    }
    return worked;
  }

  /** Begins before the round, so that no call of `wake` goes unheard. */
  #pause(): Promise<void> {
    return new Promise((resolve) => {
      const timer = setTimeout(resolve, this.#options.pollMs);
      this.#wake = () => {
        clearTimeout(timer);
        resolve();
      };
    });
  }
}
