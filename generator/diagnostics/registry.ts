/** Every diagnostic that Lockstep can give: its stable code, its severity, and how to fix it. */
import type { RegisteredSeverity } from "./diagnostic.ts";
import { contractEntries } from "./registry-contract.ts";
import { documentEntries } from "./registry-document.ts";
import { messageEntries } from "./registry-messages.ts";
import { guardEntries } from "./registry-guard.ts";
import { readingEntries } from "./registry-reading.ts";
import { schemaEntries } from "./registry-schema.ts";
import { structureEntries } from "./registry-structure.ts";

export interface DiagnosticEntry {
  readonly severity: RegisteredSeverity;
  /** Something is accepted at that place whatever it is. */
  readonly unchecked?: true;
  /** One line: what the diagnostic reports. */
  readonly summary: string;
  /** What to do about it, in the imperative; printed where the diagnostic brings no advice of its own. */
  readonly fix: string;
}

/** Typed registry: the key is the code as printed (`lockstep/<kebab-case>`) and never changes meaning. */
export const registry = {
  ...readingEntries,
  ...documentEntries,
  ...contractEntries,
  ...structureEntries,
  ...schemaEntries,
  ...guardEntries,
  ...messageEntries,
  "lockstep/name-taken": {
    severity: "error",
    summary: "A component that Lockstep has to generate already exists with another meaning.",
    fix: "Rename your component; Lockstep derives the name from the error code.",
  },
  "lockstep/envelope-missing": {
    severity: "error",
    summary: "The document has a catalogue of error codes, but no envelope that could carry them.",
    fix: "Add `components.schemas.ErrorEnvelope`, or say with `x-error-envelope` which schema it is and where the code sits.",
  },
  "lockstep/method-unsupported": {
    severity: "warning",
    summary:
      "An operation uses a method that the generated types cannot express (3.2's `query`, `additionalOperations`).",
    fix: "Nothing to do if callers do not need it; otherwise describe it as `POST`.",
  },
  "lockstep/parameter-place": {
    severity: "warning",
    summary: "A parameter stands for the whole query string (3.2's `querystring`), which nothing reads.",
    fix: "Describe what is in the query as parameters of their own, in `query`.",
  },
  "lockstep/response-not-covered": {
    severity: "error",
    summary: "A declared status or error code of an operation was never returned while the tests ran.",
    fix: "Write a test that provokes it over HTTP; take it out of the document if nothing can; or exempt the code with --except.",
  },
  "lockstep/config-syntax": {
    severity: "error",
    summary: "The configuration file is not valid YAML.",
    fix: "Correct the YAML at this place.",
  },
  "lockstep/config-unknown-key": {
    severity: "error",
    summary: "The configuration file has a key that Lockstep does not know.",
    fix: "Remove the key, or correct its spelling; schemas/lockstep.json describes every key.",
  },
  "lockstep/config-value": {
    severity: "error",
    summary: "A value in the configuration file is missing or of the wrong kind.",
    fix: "Give the value that schemas/lockstep.json describes.",
  },
  "lockstep/config-shared-folder": {
    severity: "error",
    summary: "Two APIs would write into the same folder, or one into a folder inside the other's.",
    fix: "Give every API an output folder of its own.",
  },
  "lockstep/config-outside": {
    severity: "error",
    summary: "The configuration file leads out of its repository, or to the network.",
    fix: "Keep to the repository and outside of .git, or allow it on the command line with --trust-config.",
  },
  "lockstep/output-path": {
    severity: "error",
    summary:
      "A generated file would have a path that is not safe on every file system, or that another one has.",
    fix: "Rename the part of the document that the file is named after.",
  },
  "lockstep/output-foreign": {
    severity: "error",
    summary: "A file that Lockstep did not generate stands where a generated file belongs.",
    fix: "Move the file away, or write to another folder with --out.",
  },
  "lockstep/output-link": {
    severity: "error",
    summary:
      "A symbolic link stands where a generated file or folder belongs, so writing could leave the output folder.",
    fix: "Replace the link with a plain file or folder, or write to another folder with --out.",
  },
  "lockstep/output-failed": {
    severity: "error",
    summary: "The output folder could not be written; it is as it was before.",
    fix: "Make the folder writable and see that the disk has room, then run the command again.",
  },
  "lockstep/output-busy": {
    severity: "error",
    summary: "Another run is writing to the same output folder.",
    fix: "Wait for the other run to end, then run the command again.",
  },
  "lockstep/output-edited": {
    severity: "warning",
    summary: "A file that is no longer generated was edited by hand, so it stays.",
    fix: "Delete the file, or keep it: Lockstep no longer counts it as its own.",
  },
  "lockstep/manifest-unreadable": {
    severity: "error",
    summary:
      "manifest.json in the output folder is damaged or not Lockstep's, so nobody knows which files are generated.",
    fix: "Restore it from version control, or delete the generated files and run `lockstep generate` again.",
  },
  "lockstep/docs-template": {
    severity: "error",
    summary: "A template of the documentation site cannot be read, or fails on a page.",
    fix: "Correct the template; docs/docs-site.md lists the templates and what each is given.",
  },
  "lockstep/docs-redoc": {
    severity: "error",
    summary:
      "Redoc, which shows the reference, is not installed, or is of a version that Lockstep does not know.",
    fix: "Install it beside Lockstep: npm install --save-dev @redocly/cli@2.",
  },
  "lockstep/docs-file": {
    severity: "error",
    summary: "A file that the `docs` section of the configuration names cannot be read.",
    fix: "Correct the path; it is relative to the configuration file.",
  },
} as const satisfies Record<`lockstep/${string}`, DiagnosticEntry>;

export type DiagnosticCode = keyof typeof registry;
