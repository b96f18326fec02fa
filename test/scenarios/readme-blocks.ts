import { readFileSync } from 'node:fs'

/** A block of code in README.md under a mark `<!-- run: name -->`: some test runs it, word for word. */
export interface ReadmeBlock {
  readonly name: string
  readonly language: string
  readonly code: string
}

export function readmeBlocks(markdown = readFileSync('README.md', 'utf8')): ReadmeBlock[] {
  const found = markdown.matchAll(/^<!-- run: ([a-z0-9-]+) -->\n+```(\w+)\n(.*?)^```$/gms)
  return [...found].map(([, name = '', language = '', code = '']) => ({ name, language, code }))
}
