/** The worker's side of `YamlThread`: prints one document. */
import { parentPort } from "node:worker_threads";
import { decode, encode, printYaml, type PrintRequest } from "./yaml-messages.ts";

const port = parentPort;
port?.once("message", ({ bytes, numbers }: PrintRequest) => {
  const result = encode(printYaml(decode(bytes), numbers));
  port.postMessage(result, [result.buffer]);
});
