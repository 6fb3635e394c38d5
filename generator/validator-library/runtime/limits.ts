/** Limits of what validators follow. */

/** Deeper nesting than this is rejected: each level is a stack frame or two. */
export const maxDepth = 500;
