/** The documents of the rule tests: one that every rule accepts, with a catalogue, and edits that break one rule each. */

/** Passes every rule. */
export const sound = `openapi: 3.1.1
info: { title: Things, version: 1.0.0 }
servers: [{ url: https://api.example.org }]
security: [{ apiKey: [things:read] }]
paths:
  /things/{id}:
    parameters:
      - { name: id, in: path, required: true, schema: { type: string } }
    get:
      operationId: getThing
      x-errors: [thing_locked]
      responses:
        "200":
          description: The thing.
          content:
            application/json:
              schema: { $ref: "#/components/schemas/Thing" }
        "404":
          description: No such thing.
          content:
            application/json:
              schema: { $ref: "#/components/schemas/ErrorEnvelope" }
              example: { error: not_found, message: There is no such thing. }
  /things:
    post:
      operationId: createThing
      x-idempotency-key: accepted
      requestBody:
        content:
          application/json:
            schema: { $ref: "#/components/schemas/Thing" }
      responses:
        "204": { description: Created. }
components:
  securitySchemes:
    apiKey:
      type: apiKey
      in: header
      name: x-api-key
      x-scopes:
        things:read: Read things.
  schemas:
    Thing:
      type: object
      properties:
        size: { type: integer, minimum: 1, default: 1 }
        name: { type: [string, "null"] }
    NotFoundDetails:
      type: object
      properties: { id: { type: string } }
      additionalProperties: false
    ErrorEnvelope:
      type: object
      required: [error, message]
      properties:
        error: { $ref: "#/components/schemas/ErrorCode" }
        message: { type: string }
        details: { type: object }
    ErrorCode:
      type: string
      enum: [not_found, thing_locked, internal_error]
      x-error-codes:
        not_found:
          status: 404
          title: No such thing
          meaning: There is no thing with this id.
          remediation: Check the id.
          message: There is no such thing.
          details: { $ref: "#/components/schemas/NotFoundDetails" }
          retry: never
          raised-by: resource-lookup
        thing_locked:
          status: 409
          title: The thing is locked
          meaning: Somebody else is changing the thing.
          remediation: Try again.
          message: The thing is locked.
          retry: after-delay
          raised-by: handler
          since: 1.0.0
        internal_error:
          status: 500
          title: A fault of ours
          meaning: Something broke.
          remediation: Report it.
          message: Something broke.
          retry: same-request
          raised-by: unhandled
        thing_broken:
          title: The thing is broken
          retired: 1.0.0
          replacedBy: thing_locked
`;

type Edit = readonly [find: string, replace: string];

/** What each rule is shown, as edits of `sound`: first what it must complain about. */
export const broken: Readonly<Record<string, readonly Edit[]>> = {
  "path-key": [["  /things:\n", "  things:\n"]],
  "status-key": [
    ['"200":', "2xx:"],
    ['"204":', '"604":'],
  ],
  "exclusive-bound": [["minimum: 1", "minimum: 0, exclusiveMinimum: true"]],
  nullable: [['type: [string, "null"]', "type: string, nullable: true"]],
  "missing-type": [["    Thing:\n      type: object\n", "    Thing:\n"]],
  "type-list": [["openapi: 3.1.1", "openapi: 3.0.4"]],
  "default-type": [["default: 1", 'default: "1"']],
  "enum-type": [["default: 1", 'enum: ["1", "2"]']],
  "name-case": [["    Thing:\n", "    thing: { type: string }\n    Thing:\n"]],
  "path-parameter": [["name: id, in: path, required: true", "name: ids, in: path"]],
  "duplicate-parameter": [
    [
      "      - { name: id, in: path, required: true, schema: { type: string } }\n",
      "      - { name: id, in: path, required: true, schema: { type: string } }\n      - { name: id, in: path, required: true, schema: { type: integer } }\n",
    ],
  ],
  "duplicate-operation-id": [["operationId: createThing", "operationId: getThing"]],
  "duplicate-path": [
    [
      "  /things:\n",
      "  /things/{name}:\n    get:\n      parameters: [{ name: name, in: path, required: true, schema: { type: string } }]\n      responses: { default: { description: Anything. } }\n  /things:\n",
    ],
  ],
  "security-scheme": [["[{ apiKey: [things:read] }]", "[{ apiKeys: [] }]"]],
  "security-scope": [["[{ apiKey: [things:read] }]", "[{ apiKey: [things:raed] }]"]],
  "error-code-entry": [
    ["          status: 409\n", "          status: 309\n"],
    ["retry: same-request", "retry: same-requset"],
    ["          since: 1.0.0\n", "          sinse: 1.0.0\n"],
    ["          remediation: Report it.\n", ""],
  ],
  "error-code-enum": [
    ["enum: [not_found, thing_locked, internal_error]", "enum: [not_found, thing_lokced, internal_error]"],
  ],
  "error-code-unreachable": [["x-errors: [thing_locked]", "x-errors: []"]],
  "error-tombstone": [
    ["internal_error]", "internal_error, thing_broken]"],
    ["x-errors: [thing_locked]", "x-errors: [thing_locked, thing_broken]"],
    ["replacedBy: thing_locked", "replacedBy: thing_broken"],
  ],
  "error-details": [["      additionalProperties: false\n", ""]],
  "operation-errors": [["x-errors: [thing_locked]", "x-errors: [thing_locked, thing_locked, not_fond]"]],
  "error-body": [
    [
      '              schema: { $ref: "#/components/schemas/ErrorEnvelope" }',
      "              schema: { type: object, properties: { code: { type: string } } }",
    ],
  ],
  "error-status": [['        "404":\n', '        "403": { description: Forbidden. }\n        "404":\n']],
  "error-example": [["example: { error: not_found,", "example: { error: thing_locked,"]],
  "error-envelope": [
    ["info:", "x-error-envelope: { code: /error/code, mediatype: application/json }\ninfo:"],
  ],
  "idempotency-key": [["x-idempotency-key: accepted", "x-idempotency-key: yes"]],
  "operation-name": [
    ["x-idempotency-key: accepted", "x-idempotency-key: accepted\n      x-lockstep-name: create-thing"],
  ],
  "vocabulary-place": [
    ["      x-errors: [thing_locked]\n", "      x-errors: [thing_locked]\n      x-scopes: {}\n"],
    ["x-idempotency-key: accepted", "x-idempotencyKey: accepted"],
  ],
};

/** Applies edits; each must fit exactly once, so that no test silently changes nothing. */
export function edited(edits: readonly Edit[]): string {
  return edits.reduce((text, [find, replace]) => {
    if (text.split(find).length !== 2) throw new Error(`the edit does not fit once: ${find}`);
    return text.replace(find, () => replace);
  }, sound);
}
