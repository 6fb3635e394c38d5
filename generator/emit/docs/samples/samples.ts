/** The code samples of an error's page: one a language, each a whole program. */
import type { ApiModel, ErrorCode, Operation } from "../../../model/api-model.ts";
import type { Language } from "../highlight.ts";
import { curlSample } from "./curl.ts";
import { goSample } from "./go.ts";
import { pythonSample } from "./python.ts";
import { sampleRequest } from "./request.ts";
import { adviceFor, type SampleSubject } from "./subject.ts";
import { typescriptSample } from "./typescript.ts";

export interface Sample {
  readonly id: string;
  readonly name: string;
  /** What it uses, for the line above the code. */
  readonly uses: string;
  readonly language: Language;
  readonly code: string;
}

/** Samples for `code`; none where no request of the document can show it. */
export function samplesFor(model: ApiModel, code: ErrorCode, operations: readonly Operation[]): Sample[] {
  const { envelope } = model.errors;
  const candidates = operations.length > 0 ? operations : model.operations.slice(0, 1);
  for (const operation of candidates.slice(0, 5)) {
    const request = sampleRequest(model, operation);
    if (request === undefined || envelope === undefined) continue;
    const retry = code.retry ?? "never";
    return languages({ request, code, envelope, retry, advice: adviceFor(retry) });
  }
  return [];
}

function languages(subject: SampleSubject): Sample[] {
  const all: (Omit<Sample, "code"> & { code: string | undefined })[] = [
    {
      id: "typescript",
      name: "TypeScript",
      uses: "the generated client",
      language: "typescript",
      code: typescriptSample(subject),
    },
    { id: "curl", name: "curl", uses: "Bash, curl and jq", language: "shell", code: curlSample(subject) },
    { id: "python", name: "Python", uses: "Requests", language: "python", code: pythonSample(subject) },
    { id: "go", name: "Go", uses: "net/http", language: "go", code: goSample(subject) },
  ];
  return all.flatMap((sample) => (sample.code === undefined ? [] : [{ ...sample, code: sample.code }]));
}
