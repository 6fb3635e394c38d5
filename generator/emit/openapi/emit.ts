/** `openapi.yaml`: the expanded document, for every other tool. */
import { dump } from "js-yaml";
import { yamlHeader } from "../../print/header.ts";
import type { Emitter } from "../emitter.ts";

/** YAML without anchors: equal objects are written out, so that no reader needs to know aliases. */
export const emitOpenapi: Emitter = (model) => ({
  files: [
    { path: "openapi.yaml", content: yamlHeader + dump(model.document, { noRefs: true, lineWidth: -1 }) },
  ],
  findings: [],
});
