/** What a rule is: a pure function from a bundled document to findings, each at a node of the document. */
import type { Catalogue } from "../contract/vocabulary.ts";
import type { EnvelopeDeclaration } from "../contract/envelope.ts";
import type { OperationFacts } from "../contract/derive.ts";
import type { OperationError } from "../contract/vocabulary.ts";
import type { JsonObject } from "../json/json.ts";
import type { Reading } from "../openapi/reading.ts";
import type { FindingText } from "./problem.ts";

export interface Subject {
  /** Bundled: every `$ref` that rules follow is local. */
  readonly document: JsonObject;
  readonly version: "3.0" | "3.1" | "3.2";
  readonly reading: Reading;
  readonly operations: readonly OperationSubject[];
  /** Absent where the document declares no codes; then the rules of the error contract have nothing to say. */
  readonly catalogue?: Catalogue;
  readonly envelope?: EnvelopeDeclaration;
}

export interface OperationSubject {
  /** `POST /broadcasts`, for messages. */
  readonly name: string;
  readonly method: string;
  readonly path: string;
  readonly pointer: string;
  readonly pathItem: JsonObject;
  readonly pathItemPointer: string;
  readonly value: JsonObject;
  readonly facts: OperationFacts;
  /** Every code that it may return; empty without a catalogue. */
  readonly errors: readonly OperationError[];
}

export interface RuleFinding extends FindingText {
  /** RFC 6901, into the bundled document. */
  readonly pointer: string;
}

export type Rule = (subject: Subject) => Iterable<RuleFinding>;
