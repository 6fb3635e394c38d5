/** Diagnostics of reading a document: files, syntax, references, structure. */
import type { DiagnosticEntry } from "./registry.ts";

export const readingEntries = {
  "lockstep/file-missing": {
    severity: "error",
    summary: "The document, or a file that it refers to, does not exist.",
    fix: "Correct the path; it is relative to the file it is written in.",
  },
  "lockstep/file-unreadable": {
    severity: "error",
    summary: "A file could not be read: it is a folder, or the permissions forbid it.",
    fix: "Name a file, and make it readable.",
  },
  "lockstep/file-not-text": {
    severity: "error",
    summary: "A file is not UTF-8 text.",
    fix: "Save the file as UTF-8.",
  },
  "lockstep/file-too-large": {
    severity: "error",
    summary: "A file, or the number of files, is beyond the size that Lockstep reads.",
    fix: "Split the document, or leave out what is generated.",
  },
  "lockstep/empty-document": {
    severity: "error",
    summary: "A file has no content.",
    fix: "Write an OpenAPI document into the file; it begins with `openapi: 3.1.1`.",
  },
  "lockstep/overlay-invalid": {
    severity: "error",
    summary: "An overlay does not have the shape that the Overlay Specification gives it.",
    fix: "Write `overlay: 1.0.0`, `info`, and `actions`, each with `target` and `update` or `remove: true`.",
  },
  "lockstep/overlay-action": {
    severity: "error",
    summary: "An action of an overlay cannot be applied to what its target selects.",
    fix: "Target an object or a list, and give `update` the shape of the target.",
  },
  "lockstep/overlay-unmatched": {
    severity: "warning",
    summary: "The target of an overlay's action matches nothing in the document.",
    fix: "Correct the JSONPath, or remove the action.",
  },
  "lockstep/syntax": {
    severity: "error",
    summary: "A file is neither valid YAML nor valid JSON.",
    fix: "Correct the syntax at this place.",
  },
  "lockstep/duplicate-key": {
    severity: "error",
    summary: "An object has two members of the same name.",
    fix: "Remove or rename one of the two.",
  },
  "lockstep/too-deep": {
    severity: "error",
    summary: "A document nests deeper than Lockstep follows.",
    fix: "Move inner schemas to `components.schemas` and refer to them with `$ref`.",
  },
  "lockstep/alias-expansion": {
    severity: "error",
    summary: "YAML aliases (`*name`) contain themselves, or expand to an enormous document.",
    fix: "Use `$ref` to `components` in place of YAML aliases.",
  },
  "lockstep/forbidden-name": {
    severity: "error",
    summary: "A member has a name that JavaScript gives a meaning of its own.",
    fix: "Rename the member.",
  },
  "lockstep/not-json": {
    severity: "error",
    summary:
      "A YAML value has no counterpart in JSON (not a number, infinity, binary data, sets, complex keys).",
    fix: "Write the value as JSON could: a string, a finite number, a boolean, null, a list or a mapping.",
  },
  "lockstep/inexact-number": {
    severity: "warning",
    summary:
      "A schema has a number that no JavaScript number is, so generated code works with the nearest one.",
    fix: "Write a number of at most 15 digits, or describe exact numbers as strings: `type: string` with a `pattern`.",
  },
  "lockstep/not-openapi": {
    severity: "error",
    summary: "A document is not an OpenAPI 3.0, 3.1 or 3.2 document.",
    fix: "Give an OpenAPI document whose `openapi` member is a version such as `3.1.1`.",
  },
  "lockstep/ref-unresolved": {
    severity: "assumption",
    unchecked: true,
    summary: "A `$ref` leads nowhere.",
    fix: "Correct the reference, or add what it refers to.",
  },
  "lockstep/ref-cycle": {
    severity: "assumption",
    unchecked: true,
    summary: "References lead only to one another and never to a value.",
    fix: "Let one of them refer to a real object, or write it in place.",
  },
  "lockstep/ref-outside": {
    severity: "error",
    summary: "A `$ref` leads to a file outside the folders that the document may read.",
    fix: "Move the file into the document's folder, or name its folder with `--allow-ref-folder DIR`.",
  },
  "lockstep/ref-remote": {
    severity: "error",
    summary: "A `$ref` leads to another host, and nothing is fetched unless you allow it.",
    fix: "Copy the file beside your document, or pass `--allow-remote-refs`.",
  },
  "lockstep/ref-misplaced": {
    severity: "assumption",
    summary: "A `$ref` stands where OpenAPI has no Reference Object.",
    fix: "Write the value in its place, or move it to a file of its own: what comes from another file is put in place.",
  },
  "lockstep/ref-not-data": {
    severity: "error",
    summary: "A `$ref` leads to a file that is neither JSON nor YAML.",
    fix: "Refer to a `.yaml`, `.yml` or `.json` file.",
  },
  "lockstep/remote-failed": {
    severity: "error",
    summary: "A remote file could not be fetched.",
    fix: "Check the address, or copy the file beside your document.",
  },
  "lockstep/redocly-config": {
    severity: "error",
    summary: "The project's redocly.yaml could not be used.",
    fix: "Correct redocly.yaml; `npx redocly check-config` says more.",
  },
  "lockstep/ref-spelling": {
    severity: "assumption",
    summary: "A `$ref` is misspelt in a way that leaves one meaning, and is read so.",
    fix: "Write the reference as a JSON Pointer, such as `#/components/schemas/Thing`.",
  },
} as const satisfies Record<`lockstep/${string}`, DiagnosticEntry>;
