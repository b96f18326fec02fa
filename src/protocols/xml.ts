import { createRequire } from 'node:module'
import type { XMLBuilder } from 'fast-xml-parser'

/** A document of one root element in a namespace. Arrays are repeated elements, empty objects and strings `<Name/>`. */
export function toXml(root: string, namespace: string, elements: Readonly<Record<string, unknown>>): string {
  builder ??= createBuilder()
  return `<?xml version="1.0"?>${builder.build({ [root]: { '@xmlns': namespace, ...elements } })}`
}

/** `entities` is an option of the library that its types leave out; a list replaces the default one. */
const OPTIONS = {
  ignoreAttributes: false,
  attributeNamePrefix: '@',
  suppressEmptyNode: true,
  entities: [
    // No reference can name these: XML cannot carry them at all (lone surrogates are among them).
    { regex: /[^\t\n\r\x20-\uD7FF\uE000-\uFFFD\u{10000}-\u{10FFFF}]/gu, val: '\uFFFD' },
    { regex: /&/g, val: '&amp;' },
    { regex: /</g, val: '&lt;' },
    { regex: />/g, val: '&gt;' },
    { regex: /"/g, val: '&quot;' },
    // A parser reads a raw CR as LF, and the client's MD5 of the body no longer fits.
    { regex: /\r/g, val: '&#xD;' },
  ],
}

let builder: XMLBuilder | undefined

/** The library is loaded at the first XML answer: most clients speak JSON, and starting must be quick. */
function createBuilder(): XMLBuilder {
  const library = createRequire(import.meta.url)('fast-xml-parser') as typeof import('fast-xml-parser')
  return new library.XMLBuilder(OPTIONS)
}
