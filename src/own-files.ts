import { fileURLToPath } from 'node:url'

/*
 * Where pipit's own files are: src when it runs unbuilt, dist/src where only the compiler ran, dist/bundle as users have
 * it. The bundle is one folder without others in it, so what looks for its neighbours has to stand in src itself.
 */

/** What `import … from 'pipit'` means in a plugin: this very pipit. */
export const PIPIT_URL = new URL(import.meta.url.endsWith('.ts') ? 'index.ts' : 'index.js', import.meta.url).href

const BUILT = fileURLToPath(new URL('.', import.meta.url))

/** As built, and as source maps name them. Each ends in a slash. */
export const OWN_FOLDERS: readonly string[] = [BUILT, BUILT.replace(/dist([/\\])(?:src|bundle)[/\\]$/, 'src$1')]
