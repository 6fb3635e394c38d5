/** The child process of one subject: starts it, then tells on demand how much processor time has gone by. */
import { subjects } from "./subjects.ts";

const start = subjects[process.argv[2] ?? ""];
if (start === undefined) throw new Error("No such subject.");
const port = await start();
process.on("message", () => {
  const { user, system } = process.cpuUsage();
  process.send?.({ microseconds: user + system });
});
process.on("SIGINT", () => process.exit());
process.send?.({ port });
