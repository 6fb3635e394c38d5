/** The child process of one subject: starts it, then tells on demand how much processor time has gone by. */
import { peerSubjects } from "./peers.ts";
import { subjects, type Subject } from "./subjects.ts";

const [, , name = "", peers] = process.argv;
const all: Readonly<Record<string, Subject>> = {
  ...subjects,
  ...(peers === undefined ? {} : peerSubjects(peers)),
};
const start = all[name];
if (start === undefined) throw new Error("No such subject.");
const port = await start();
process.on("message", () => {
  const { user, system } = process.cpuUsage();
  process.send?.({ microseconds: user + system });
});
process.on("SIGINT", () => process.exit());
process.send?.({ port });
