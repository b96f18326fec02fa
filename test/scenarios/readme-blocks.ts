import { readFileSync } from 'node:fs'

/** A block of code in README.md under a mark `<!-- run: name -->`: some test runs it, word for word. */
export interface ReadmeBlock {
  readonly name: string
  readonly language: string
  readonly code: string
}

/** Those of the chapter about plugins need some: extending.test.ts runs them, and nobody else does. */
export const EXTENDING = 'extend-'

/**
 * Those that build on each other in a folder of their own, and so are run there only: the chapter about plugins, that about
 * replays (python/test_readme.py, from top to bottom), and suites in containers (compose.sh).
 */
const STORIES = [EXTENDING, 'replay-', 'compose-']

/** It runs as it stands, wherever it stands. */
export function isAlone({ name }: ReadmeBlock): boolean {
  return !STORIES.some((story) => name.startsWith(story))
}

export function readmeBlocks(markdown = readFileSync('README.md', 'utf8')): ReadmeBlock[] {
  const found = markdown.matchAll(/^<!-- run: ([a-z0-9-]+) -->\n+```(\w+)\n(.*?)^```$/gms)
  return [...found].map(([, name = '', language = '', code = '']) => ({ name, language, code }))
}

/** A block that is a file names it in its first line, as a comment: its path, and what is in it. */
export function fileOf({
  code,
  language,
}: ReadmeBlock): { readonly path: string; readonly content: string } | undefined {
  const [first = '', ...rest] = code.split('\n')
  const path = /^(?:\/\/|#) (\S+\.\w+)$/.exec(first)?.[1]
  // JSON has no comments.
  return path === undefined ? undefined : { path, content: language === 'json' ? rest.join('\n') : code }
}
