/** How deep values may be nested. */

/** Deeper nesting than this is rejected: each level is a stack frame or two. */
export const maxDepth = 500;
