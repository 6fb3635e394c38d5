/**
 * Deadlines of bodies: many are set and nearly none is missed, so all of one length share a timer that looks after them now
 * and then, instead of one timer each.
 */

/** Something that has to be forgotten before its time is up. */
export interface Deadline {
  readonly at: number;
  readonly missed: () => void;
  readonly watch: Watch;
}

interface Watch {
  /** Milliseconds. */
  readonly timeout: number;
  readonly waiting: Set<Deadline>;
  timer: ReturnType<typeof setTimeout> | undefined;
}

/** One for each length that is in use: as many as there are different limits. */
const watches = new Map<number, Watch>();

/** Calls `missed` when `timeout` milliseconds have passed, or up to a tenth of that later, unless it is forgotten. */
export function expect(timeout: number, missed: () => void): Deadline {
  let watch = watches.get(timeout);
  if (watch === undefined) watches.set(timeout, (watch = { timeout, waiting: new Set(), timer: undefined }));
  const deadline = { at: performance.now() + timeout, missed, watch };
  watch.waiting.add(deadline);
  watch.timer ??= look(watch);
  return deadline;
}

/** It was kept. */
export function forget(deadline: Deadline): void {
  deadline.watch.waiting.delete(deadline);
}

/** The timer outlives what waits, so that the next to come finds it running; it holds no process up. */
function look(watch: Watch): ReturnType<typeof setTimeout> {
  return setTimeout(() => {
    const now = performance.now();
    // In the order in which they were set, which is that of their times.
    for (const deadline of watch.waiting) {
      if (deadline.at > now) break;
      forget(deadline);
      deadline.missed();
    }
    watch.timer = watch.waiting.size === 0 ? undefined : look(watch);
  }, watch.timeout / 10).unref();
}
