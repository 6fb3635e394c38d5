/** What README and the guides show is what happens: the mistake, its diagnostic, every command, every flag. */
import { cpSync, existsSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it, test } from "vitest";
import { Project, smallDocument } from "./cli-run.ts";

const root = join(import.meta.dirname, "../..");
const guides = ["README.md", ...readdirSync(join(root, "docs")).map((name) => `docs/${name}`)].filter(
  (path) => path.endsWith(".md"),
);
const scripts = scriptsOf(readFileSync(join(root, "package.json"), "utf8"));

interface Shown {
  readonly guide: string;
  readonly command: string;
}

/** Every line of every `sh` block, comments left out; `a && b` is two commands. */
const shown: readonly Shown[] = guides.flatMap((guide) =>
  codeBlocks(readFileSync(join(root, guide), "utf8"), "sh").flatMap((block) =>
    block
      .split(/\n|&&/)
      .map((line) => line.replace(/#.*$/, "").trim())
      .filter((command) => command !== "")
      .map((command) => ({ guide, command })),
  ),
);

function codeBlocks(markdown: string, language: string): string[] {
  const blocks = markdown.matchAll(new RegExp(`^\`\`\`${language}\\n([\\s\\S]*?)^\`\`\`$`, "gm"));
  return Array.from(blocks, ([, block]) => block ?? "");
}

function scriptsOf(packageJson: string): ReadonlySet<string> {
  // package.json of this repository.
  const { scripts: declared } = JSON.parse(packageJson) as { scripts: Record<string, string> };
  return new Set(Object.keys(declared));
}

describe("README", () => {
  const readme = readFileSync(join(root, "README.md"), "utf8");
  const project = new Project();
  afterAll(() => {
    project.remove();
  });

  it("shows the diagnostic that the mistake gets, and nothing is written", async () => {
    cpSync(join(root, "openapi"), project.path("openapi"), { recursive: true });
    const file = project.path("openapi/paths/broadcasts.yaml");
    const [code, typo] = ["- concurrent_redeem\n", "- concurrent_redem\n"];
    writeFileSync(file, readFileSync(file, "utf8").replace(code, typo));
    const { code: exitCode, err } = await project.run([
      "generate",
      "openapi/openapi.yaml",
      "--out",
      "generated",
    ]);
    const [diagnostic] = codeBlocks(readme, "text");
    expect(err).toContain(diagnostic);
    expect(exitCode).toBe(1);
    expect(existsSync(project.path("generated"))).toBe(false);
  });

  test("its commands for your own document, in their order", async () => {
    project.write({ "api.yaml": smallDocument("listThings") });
    const commands = shown.filter(
      ({ guide, command }) => guide === "README.md" && command.startsWith("npx lockstep"),
    );
    expect(commands.length).toBeGreaterThan(1);
    for (const { command } of commands) {
      const { code, err } = await project.run(command.split(" ").slice(2));
      expect(code, `${command}\n${err}`).toBe(0);
    }
  });
});

describe("commands in README and docs", () => {
  const project = new Project();
  const help = new Map<string, string>();
  const lockstep = shown.filter(({ command }) => /^(?:npx )?lockstep /.test(command));

  beforeAll(async () => {
    for (const name of new Set(lockstep.map(({ command }) => commandName(command)))) {
      const { code, out } = await project.run([name, "--help"]);
      if (code === 0) help.set(name, out);
    }
  });
  afterAll(() => {
    project.remove();
  });

  it.each(lockstep)("$guide: $command", ({ command }) => {
    const text = help.get(commandName(command));
    expect(text, "no such command").toBeDefined();
    for (const [flag] of command.matchAll(/(?<= )--[a-z-]+/g)) expect(text).toContain(flag);
  });

  const npm = shown.filter(({ command }) => /^npm (?:run|test)/.test(command));
  it.each(npm)("$guide: $command", ({ command }) => {
    const [, verb, name] = command.split(" ");
    expect(scripts).toContain(verb === "run" ? name : verb);
  });
});

function commandName(command: string): string {
  return command.replace(/^npx /, "").split(" ")[1] ?? "";
}
