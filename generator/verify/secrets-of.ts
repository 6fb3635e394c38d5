/** The credentials of all actors, and what is made of them for probes. */
import type { Actors } from "./actors.ts";
import { altered } from "./probes/authentication.ts";
import { Secrets } from "./secrets.ts";

export function secretsOf({ actors }: Actors): Secrets {
  const secrets = new Secrets();
  for (const { name, credentials } of actors) {
    for (const [scheme, value] of Object.entries(credentials)) {
      const variable = `$${`${name}_${scheme}`.toUpperCase().replace(/[^A-Z0-9]+/g, "_")}`;
      secrets.add(value, variable);
      secrets.add(altered(value), `${variable}_ALTERED`);
    }
  }
  return secrets;
}
