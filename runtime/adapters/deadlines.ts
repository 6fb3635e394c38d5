/**
 * Deadlines of bodies: many are set and nearly none is missed, so all of one length share a timer that looks after them now
 * and then, instead of one timer and one reading of the clock each.
 */

/** A link of a ring: something that has to be forgotten before its time is up. */
export interface Deadline {
  /** The turn of the timer in which it was set. */
  readonly turn: number;
  readonly missed: () => void;
  before: Deadline;
  after: Deadline;
}

interface Watch {
  /** Milliseconds. */
  readonly timeout: number;
  /** Nobody's: the oldest stands behind it, the newest before it. */
  readonly ring: Deadline;
  turn: number;
  timer: ReturnType<typeof setTimeout> | undefined;
}

/** Looks in the time of one deadline. */
const turns = 10;

/** One for each length that is in use: as many as there are different limits. */
const watches = new Map<number, Watch>();

/** Calls `missed` when `timeout` milliseconds have passed, or up to a tenth of that later, unless it is forgotten. */
export function expect(timeout: number, missed: () => void): Deadline {
  let watch = watches.get(timeout);
  if (watch === undefined) watches.set(timeout, (watch = newWatch(timeout)));
  const { ring, turn } = watch;
  const deadline = { turn, missed, before: ring.before, after: ring };
  ring.before.after = deadline;
  ring.before = deadline;
  watch.timer ??= look(watch);
  return deadline;
}

/** It was kept. Twice is as good as once. */
export function forget(deadline: Deadline): void {
  deadline.before.after = deadline.after;
  deadline.after.before = deadline.before;
  deadline.before = deadline.after = deadline;
}

function newWatch(timeout: number): Watch {
  // A ring of one cannot name itself before it is there.
  const ring = { turn: 0, missed: (): void => undefined } as Deadline;
  ring.before = ring.after = ring;
  return { timeout, ring, turn: 0, timer: undefined };
}

/** The timer outlives what waits, so that the next to come finds it running; it holds no process up. */
function look(watch: Watch): ReturnType<typeof setTimeout> {
  return setTimeout(() => {
    const { ring } = watch;
    watch.turn++;
    // In the order in which they were set. A turn that had begun counts for nothing: nobody is called too early.
    for (let oldest = ring.after; oldest !== ring; oldest = ring.after) {
      if (watch.turn - oldest.turn <= turns) break;
      forget(oldest);
      oldest.missed();
    }
    watch.timer = ring.after === ring ? undefined : look(watch);
  }, watch.timeout / turns).unref();
}
