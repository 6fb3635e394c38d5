/** Keeps signals from ending the process in the middle of something that must be whole. */

const signals = ["SIGINT", "SIGTERM", "SIGHUP"] as const;

/** Runs `act`; a signal that arrives meanwhile takes its usual effect as soon as `act` is done. */
export async function uninterrupted<Result>(act: () => Promise<Result>): Promise<Result> {
  let received: NodeJS.Signals | undefined;
  const remember = (signal: NodeJS.Signals): void => {
    received = signal;
  };
  for (const signal of signals) process.on(signal, remember);
  try {
    return await act();
  } finally {
    for (const signal of signals) process.off(signal, remember);
    if (received !== undefined) process.kill(process.pid, received);
  }
}
