/** `lockstep-openapi-runtime/monitor`: classifies the responses of a running server against its contract. */
export { classifyResponse, classifyUnrouted } from "./classify.ts";
export type {
  MonitoredContract,
  MonitoredMedia,
  MonitoredOperation,
  MonitoredResponse,
  ObservedResponse,
  ResponseIssue,
} from "./contract.ts";
export {
  ContractBroken,
  contractExpectation,
  type ExpectOptions,
  type TestedResponse,
} from "./expect-contract.ts";
export { fastifyMonitor } from "./fastify.ts";
export { monitorFetch } from "./fetch.ts";
export { createMonitor, Monitor, type MonitorOptions, type MonitorReport } from "./monitor.ts";
export { expressMonitor, monitorNode } from "./node.ts";
export { OperationIndex, type FoundOperation } from "./operation-index.ts";
export {
  responseRules,
  type ClassifiedResponse,
  type ContractViolation,
  type ResponseRule,
} from "./violation.ts";
