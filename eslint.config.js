import tseslint from "typescript-eslint";

export default tseslint.config(
  {
    ignores: [
      "**/dist/",
      "generator/emit/docs/assets/*.js",
      "coverage/",
      "tmp/",
      "generated/",
      "test/golden/*/",
      "node_modules/",
      "**/*.mjs",
      "eslint.config.js",
    ],
  },
  ...tseslint.configs.strictTypeChecked,
  {
    languageOptions: { parserOptions: { projectService: true } },
    rules: {
      // Templates print numbers and booleans on purpose; objects stay forbidden.
      "@typescript-eslint/restrict-template-expressions": [
        "error",
        { allowNumber: true, allowBoolean: true },
      ],
      "@typescript-eslint/consistent-type-imports": "error",
      "@typescript-eslint/no-non-null-assertion": "error",
      "@typescript-eslint/switch-exhaustiveness-check": [
        "error",
        { considerDefaultExhaustiveForUnions: true },
      ],
      "@typescript-eslint/no-unused-vars": [
        "error",
        { argsIgnorePattern: "^_", varsIgnorePattern: "^_", ignoreRestSiblings: true },
      ],
    },
  },
  {
    // Whoever declares a guard names its type; `guard` itself takes the name of it.
    files: ["generator/validator-library/runtime/guards.ts"],
    rules: { "@typescript-eslint/no-unnecessary-type-parameters": "off" },
  },
  {
    files: ["generator/**/*.ts", "runtime/**/*.ts"],
    rules: {
      // As arguments, a hundred thousand items overflow the stack.
      "no-restricted-syntax": [
        "error",
        {
          selector:
            "CallExpression[callee.property.name=/^(?:push|unshift|fromCharCode|fromCodePoint)$/] > SpreadElement",
          message:
            "A long list overflows the stack: use a loop, or append() from generator/json/append.ts in the generator.",
        },
        {
          selector: "CallExpression[callee.object.name='Math'] > SpreadElement",
          message:
            "A long list overflows the stack: use reduce(), or generator/json/extremes.ts in the generator.",
        },
      ],
    },
  },
);
